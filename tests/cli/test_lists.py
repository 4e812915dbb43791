"""Lists: whole for scripts, narrowed by options, and as the files that an accountant takes."""

import os
from datetime import UTC, datetime

import pytest

from subctl.service import history
from subctl.service.caller import Caller
from subctl.service.paging import Wanted
from subctl.view.texts import wording
from tests.support.callers import right_of
from tests.support.cli import DEMO
from tests.support.screen import screen

USAGE = "usage"

LIVED = (
    DEMO,
    ("upgrade", "--users", "20", "--yes"),
    ("withdraw", "O-2026-0001", "--yes"),
    ("bill", "--today", "2026-04-01"),
    ("quote", "--users", "12"),
    ("cancel", "--space", "atelier", "--yes", "--today", "2026-04-02"),
)


@pytest.fixture
def lived(cli):
    """The demo with an upgrade, its credit note, a bill run, an open quote and a cancellation."""
    return cli.prepare(*LIVED)


@pytest.fixture
def many(cli):
    """A sandbox with 2,100 spaces, more than two pages, each with an invoice."""
    cli.sandbox("2026-03-15")
    rows = "".join(f"s{place:04},Kunde {place},pro,2\n" for place in range(2100))
    (cli.home / "spaces.csv").write_text("id,name,plan,users\n" + rows)
    assert cli("space", "import", str(cli.home / "spaces.csv")).code == 0
    assert cli("bill", "-q", "--today", "2026-04-01").code == 0
    return cli


def numbers(cli, what, *words):
    """Return what a list names, newest first."""
    return [item["number"] for item in cli("list", what, *words, "--json").json["items"]]


def test_a_list_is_whole_in_json_and_csv(many):
    """Page after page, each thing once, newest first; nothing is said of a limit that wasn't given."""
    spaces = many("list", "spaces", "--json").json
    assert [item["id"] for item in spaces["items"]] == [f"s{place:04}" for place in reversed(range(2100))]
    assert "more" not in spaces
    invoices = [f"INV-2026-{place:04}" for place in range(2100, 0, -1)]
    assert numbers(many, "invoices") == invoices
    lines = many("list", "invoices", "--format", "csv", "--fields", "number").text.splitlines()
    assert lines == ["number", *invoices]
    assert len(many("history", "--json").json["items"]) == 3


@pytest.mark.parametrize(("limit", "more"), [("2099", True), ("2100", False), ("1", True)])
def test_a_limit_says_whether_there_is_more(many, limit, more):
    """`more`, where --limit was given."""
    for words in (("list", "spaces"), ("list", "invoices")):
        listed = many(*words, "--limit", limit, "--json").json
        assert (len(listed["items"]), listed["more"]) == (int(limit), more)


def test_a_writer_does_not_wait_for_the_reader_of_a_whole_list(demo):
    """Between two pages the store is free: a list that nobody reads on keeps no writer waiting."""
    now = datetime(2026, 3, 15, tzinfo=UTC)
    caller = Caller(demo.store, os.getuid(), "tester", now, "history", right_of("history"), wording)
    entries = iter(history.show_history(caller, Wanted()).items)
    newest = next(entries)
    assert demo("upgrade", "--users", "20", "--yes").code == 0
    assert [newest.id, *(entry.id for entry in entries)] == [3, 2, 1]


@pytest.mark.parametrize(
    ("what", "words", "expected"),
    [
        ("invoices", (), ["INV-2026-0003", "INV-2026-0002", "INV-2026-0001"]),
        ("invoices", ("--until", "2026-03-15"), ["INV-2026-0002", "INV-2026-0001"]),
        ("invoices", ("--since", "2026-03-16", "--until", "2026-04-01"), ["INV-2026-0003"]),
        ("invoices", ("--kind", "credit"), ["INV-2026-0002"]),
        ("invoices", ("--kind", "recurring"), ["INV-2026-0003"]),
        ("invoices", ("--kind", "upgrade", "--space", "atelier"), []),
        ("orders", ("--kind", "cancel"), ["O-2026-0002"]),
        ("orders", ("--kind", "upgrade"), ["O-2026-0001"]),
        ("quotes", ("--status", "open"), ["Q-2026-0001"]),
        ("quotes", ("--status", "expired"), []),
        ("quotes", ("--kind", "downgrade"), []),
        ("quotes", ("--kind", "upgrade", "--status", "open", "--limit", "1"), ["Q-2026-0001"]),
    ],
)
def test_a_list_is_narrowed(lived, what, words, expected):
    """By its days, its kind and its status."""
    assert numbers(lived, what, *words) == expected


def test_spaces_by_their_status(lived):
    """`--status` of a space is its contract's."""
    found = {
        status: [item["id"] for item in lived("list", "spaces", "--status", status, "--json").json["items"]]
        for status in ("upcoming", "active", "ending", "ended")
    }
    assert found == {"upcoming": [], "active": ["acme"], "ending": ["atelier"], "ended": []}


def test_the_history_up_to_a_day(lived):
    """`history --until`, as the lists have it."""
    days = [item["date"] for item in lived("history", "--until", "2026-03-31", "--json").json["items"]]
    assert days == ["2026-03-15"] * 5


@pytest.mark.parametrize(
    ("words", "code", "message", "hint"),
    [
        (("plans", "--since", "2026-01-01"), USAGE, "list plans has no --since.", "Leave it out."),
        (("plans", "--space", "acme"), USAGE, "list plans has no --space.", "Leave it out."),
        (
            ("spaces", "--kind", "upgrade"),
            USAGE,
            "list spaces has no --kind.",
            "It has --space, --since, --until, --status.",
        ),
        (
            ("invoices", "--status", "unpaid"),
            "bad_input",
            "--status can't be 'unpaid'.",
            "Choose open, part-paid, paid, credited, settled or overdue.",
        ),
        (
            ("quotes", "--status", "new"),
            "bad_input",
            "--status can't be 'new'.",
            "Choose open, ordered, expired or stale.",
        ),
        (
            ("invoices", "--kind", "cancel"),
            "bad_input",
            "--kind can't be 'cancel'.",
            "Choose recurring, upgrade or credit.",
        ),
    ],
)
def test_what_a_list_can_not_be_narrowed_by_is_refused(demo, words, code, message, hint):
    """An option that would be ignored is wrong usage, and a value is one of those there are."""
    assert demo("list", *words, "--json").refusal == (2, code, message, hint)


def test_the_accountants_file(cli):
    """Buyer, VAT number, category and rate, and the period's first and last day: a column each."""
    add = ("space", "add", "gmbh", "--name", "Muster GmbH", "--country", "DE", "--vat-id", "DE136695976")
    cli.sandbox("2026-03-15", (*add, "--plan", "pro", "--users", "2"), ("bill", "--today", "2026-04-01"))
    assert cli("list", "invoices", "--format", "csv").text == (
        "number,space,date,kind,buyer_name,buyer_country,buyer_vat_id,period_start,period_last_day,"
        "net,vat_category,vat_rate,vat,total,due_date,credits,credited_by,paid,open,status,overdue,currency\n"
        "INV-2026-0001,gmbh,2026-04-01,recurring,Muster GmbH,DE,DE136695976,2026-04-01,2026-04-30,"
        "36.00,AE,0,0.00,36.00,2026-05-01,,,0.00,36.00,open,false,EUR\n"
    )


@pytest.mark.parametrize(
    ("words", "fields", "expected"),
    [
        ("bill --today 2026-05-01", "number,period_last_day,total", "INV-2026-0001,2026-04-30,181.50"),
        ("bill --today 2026-05-01", "space,period", "atelier,2026-04-01,2026-04-30"),
        ("forecast", "date,total", "2026-07-01,1815.00"),
        ("compare --plan pro --users 20", "plan,users,zoom", "pro,20,2"),
        ("list spaces", "id,zoom", "atelier,2"),
        ("list invoices", "buyer,vat_rate", "buyer_name,buyer_country,buyer_vat_id,vat_rate"),
        ("config show", "key,from", "store,environment"),
        ("show", "date,currency", "2026-03-15,EUR"),
    ],
)
def test_fields_choose_the_columns_of_any_csv(demo, words, fields, expected):
    """By their headings, or by the keys they come from."""
    if "invoices" in words:
        demo("upgrade", "--users", "20", "--yes")
    text = demo(*words.split(), "--format", "csv", "--fields", fields).text
    assert expected in text.splitlines()[:2]


def test_fields_of_the_document_itself_are_one_row(demo):
    """What is a key of the document and not of its rows."""
    text = demo("bill", "--today", "2026-03-16", "--format", "csv", "--fields", "date,failed").text
    assert text == "date,failed\n2026-03-16,[]\n"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("list", "invoices"), "The fields are number, space, date, kind, buyer, "),
        (("bill", "--today", "2026-05-01"), "The fields are schema, date, issued, failed, "),
        (("forecast",), "The columns are space, kind, date, period_start, period_last_day, "),
    ],
)
def test_a_column_that_there_is_not(demo, words, hint):
    """It is refused before anything is written, and the columns there are are named."""
    before = demo.bytes
    refused = demo(*words, "--format", "csv", "--fields", "number,nonsense")
    assert (refused.code, refused.out) == (2, "")
    assert hint in refused.err
    assert demo.bytes == before


def test_one_thing_is_listed_as_many(demo):
    """`list invoice` is `list invoices`."""
    assert demo("list", "space").text == demo("list", "spaces").text


def test_the_history_says_each_licence_once(demo):
    """INTERFACE 3: a state holds `zoom` beside `licences`, a line of the screen doesn't."""
    demo("upgrade", "--users", "12", "--zoom", "5", "--yes")
    (said,) = [line for line in demo("history").text.splitlines() if " upgrade " in line]
    assert "users 10 → 12, Zoom licences 2 → 5, fee 1500.00 → 2450.00 a year" in said
    assert said.lower().count("zoom") == 1


QUOTES = """\
Quote        Date        Space  Due now EUR  Valid until  Status
────────────────────────────────────────────────────────────────
Q-2026-0001  2026-03-15  acme        786.50  2026-04-14   stale
  plan starter → pro, users 10 → 20
"""
ORDERS = """\
Order        Date        Space    Price from  Invoice        Status
────────────────────────────────────────────────────────────────────
O-2026-0002  2026-03-15  atelier  –           –              waiting
  ends on 2026-04-30
O-2026-0001  2026-03-15  acme     2026-04-01  INV-2026-0001  waiting
  plan starter → pro, users 10 → 25, zoom 2 → 12
"""


def test_a_change_stands_in_one_line(demo):
    """Beside its quote or order if it has room there, else below: it is never folded into a narrow column."""
    demo("quote", "--plan", "pro", "--users", "20")
    demo("upgrade", "--plan", "pro", "--users", "25", "--zoom", "12", "--yes")
    demo("cancel", "--space", "atelier", "--yes")
    assert screen(demo, "list", "quotes", columns=80) == QUOTES
    assert screen(demo, "list", "orders", columns=80) == ORDERS
    (said,) = [line for line in screen(demo, "list", "quotes", columns=120).splitlines() if "Q-" in line]
    assert said.split("   ")[3].strip() == "plan starter → pro, users 10 → 20"


def test_many_users_are_counted_as_a_language_does(demo):
    """What a change is in a few words: codes stay, numbers are the reader's."""
    assert demo("quote", "--plan", "pro", "--users", "1500").code == 0
    assert "gebruikers 10 → 1.500" in demo("list", "quotes", SUBCTL_LANG="nl").text
    assert "users 10 → 1500" in demo("list", "quotes").text
