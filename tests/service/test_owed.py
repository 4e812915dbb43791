"""What is open, how late, and who has credit: payments.md 9.2, 9.4 and 10, from the store to the screen."""

from __future__ import annotations

import json
from datetime import date

import pytest

from subctl.domain.payment import REFUND, RETURN
from subctl.service.session import reading
from subctl.store import balances
from tests.support.callers import caller
from tests.support.cli import DEMO, Cli
from tests.support.money import enter, money

LIVED = (
    DEMO,
    ("upgrade", "--users", "20", "--yes"),
    ("bill", "--today", "2026-04-01"),
    ("bill", "--today", "2026-05-01"),
    ("bill", "--today", "2026-06-01"),
)
"""INV-1 of acme: 302.50, due on 14 April; atelier's 2, 3 and 4 of 181.50 each, due 30 days after the first."""


@pytest.fixture
def lived(cli):
    """The demo on 1 June: acme paid 400.00, atelier one invoice and a part of the next."""
    cli.prepare(*LIVED)
    enter(cli, money("acme", "2026-04-10", 40_000, (1, 30_250)))
    enter(cli, money("atelier", "2026-04-20", 18_150, (2, 18_150)), money("atelier", "2026-05-29", 5_000, (3, 5_000)))
    return cli


def test_nothing_is_open(demo):
    """payments.md 10: no invoice yet."""
    assert demo("owed").text == "Owed on 15 March 2026\n\nNothing is open.\n"
    assert demo("owed", "--late").text == "Overdue on 15 March 2026\n\nNothing is late.\n"
    assert demo("owed", "--json").json == {
        "schema": "owed/1",
        "date": "2026-03-15",
        "currency": "EUR",
        "late": False,
        "items": [],
        "ages": {"not_due": "0.00", "1-30": "0.00", "31-60": "0.00", "61-90": "0.00", "over_90": "0.00"},
        "credits": [],
        "open": "0.00",
        "credit": "0.00",
    }


PART_PAID = {
    "number": "INV-2026-0003",
    "space": "atelier",
    "due_date": "2026-05-31",
    "total": "181.50",
    "paid": "50.00",
    "open": "131.50",
    "days_late": 1,
}
NEW = {
    "number": "INV-2026-0004",
    "space": "atelier",
    "due_date": "2026-07-01",
    "total": "181.50",
    "paid": "0.00",
    "open": "181.50",
    "days_late": 0,
}


def test_all_that_is_owed(lived):
    """payments.md 9.2, 9.4: what is open of whom, how late; and the credit of another."""
    assert lived("owed", "--json").json == {
        "schema": "owed/1",
        "date": "2026-06-01",
        "currency": "EUR",
        "late": False,
        "items": [PART_PAID, NEW],
        "ages": {"not_due": "181.50", "1-30": "131.50", "31-60": "0.00", "61-90": "0.00", "over_90": "0.00"},
        "credits": [{"space": "acme", "credit": "97.50"}],
        "open": "313.00",
        "credit": "97.50",
    }
    assert lived("owed").text == (
        "Owed on 1 June 2026\n"
        "\n"
        "Due          Number          Space     Days late    Total    Paid   Open EUR\n"
        "────────────────────────────────────────────────────────────────────────────\n"
        "2026-05-31   INV-2026-0003   atelier           1   181.50   50.00     131.50\n"
        "2026-07-01   INV-2026-0004   atelier           –   181.50    0.00     181.50\n"
        "\n"
        "Sum                                                                   313.00\n"
        "\n"
        "By age                 EUR\n"
        "──────────────────────────\n"
        "Not due yet         181.50\n"
        "1 to 30 days late   131.50\n"
        "\n"
        "Credit of     EUR\n"
        "─────────────────\n"
        "acme        97.50\n"
        "\n"
        "Sum         97.50\n"
    )


def test_only_what_is_late(lived):
    """payments.md 10: sums and ages are those of what is late, and credits are left out."""
    found = lived("owed", "--late", "--json").json
    assert found["items"] == [PART_PAID]
    assert (found["open"], found["credits"], found["credit"], found["late"]) == ("131.50", [], "0.00", True)
    assert found["ages"]["not_due"] == "0.00"
    assert lived("owed", "--late", "--space", "atelier").text.startswith("Overdue from atelier on 1 June 2026\n")


def test_one_space(lived):
    """payments.md 10: of a space there is what is open, or its credit."""
    assert lived("owed", "--space", "acme").text == (
        "Owed by acme on 1 June 2026\n\nNothing is open.\n\n"
        "Credit of     EUR\n─────────────────\nacme        97.50\n\nSum         97.50\n"
    )
    found = lived("owed", "--space", "atelier", "--json").json
    assert ([item["number"] for item in found["items"]], found["credits"]) == (["INV-2026-0003", "INV-2026-0004"], [])


def test_the_environment_does_not_narrow_it(lived):
    """Like a list, it means all that one may see, whatever SUBCTL_SPACE says."""
    assert lived("owed", "--json", SUBCTL_SPACE="acme").json["open"] == "313.00"


def test_rows_are_what_csv_has(lived):
    """docs/scripting.md: the items, one a line."""
    assert lived("owed", "--format", "csv").text == (
        "number,space,due_date,total,paid,open,days_late\n"
        "INV-2026-0003,atelier,2026-05-31,181.50,50.00,131.50,1\n"
        "INV-2026-0004,atelier,2026-07-01,181.50,0.00,181.50,0\n"
    )
    assert json.loads(lived("owed", "--json", "--fields", "open,credit").out) == {"open": "313.00", "credit": "97.50"}


@pytest.mark.parametrize(("limit", "items", "richer", "more"), [("1", 1, 1, True), ("2", 2, 1, False)])
def test_a_limit_leaves_items_out_but_of_no_sum(lived, limit, items, richer, more):
    """docs/scripting.md: `more` tells that something was left out."""
    found = lived("owed", "--limit", limit, "--json").json
    assert (len(found["items"]), len(found["credits"]), found["more"]) == (items, richer, more)
    assert (found["open"], found["credit"]) == ("313.00", "97.50")


def test_a_limit_is_for_credits_too(lived):
    """Of many that have credit a terminal shows no more than of what is open."""
    enter(lived, money("atelier", "2026-06-01", 40_000))
    found = lived("owed", "--limit", "1", "--json").json
    assert (found["credits"], found["more"]) == ([{"space": "acme", "credit": "97.50"}], True)
    shown = lived("owed", "--limit", "1")
    assert "Sum         184.50\n" in shown.out
    assert shown.err == "Only the first is shown; --limit N shows more.\n"


def test_an_earlier_day_is_told_as_it_was_then(lived):
    """payments.md 9.2: up to any day; what came later doesn't count."""
    found = lived("owed", "--today", "2026-04-15", "--json").json
    assert [(item["number"], item["paid"], item["days_late"]) for item in found["items"]] == [
        ("INV-2026-0002", "0.00", 0)
    ]
    assert found["credits"] == [{"space": "acme", "credit": "97.50"}]


def test_money_that_went_is_open_where_no_credit_covers_it(lived):
    """payments.md 9.2: it is an item of its own, due on its day."""
    enter(lived, money("acme", "2026-05-20", -9_750, kind=REFUND))
    assert lived("owed", "--space", "acme", "--json").json["credits"] == []
    enter(lived, money("acme", "2026-05-25", -40_000, (1, -30_250), kind=RETURN, of=1))
    found = lived("owed", "--space", "acme", "--json").json
    assert [
        (item["number"], item["due_date"], item["total"], item["open"], item["days_late"]) for item in found["items"]
    ] == [
        ("INV-2026-0001", "2026-04-14", "302.50", "302.50", 48),
        ("P-2026-0004", "2026-05-20", "97.50", "97.50", 12),
    ]


def test_many_spaces_are_sorted_as_one(cli):
    """payments.md 10: oldest due day first over all spaces, more than are read at once."""
    cli.sandbox("2026-03-15")
    rows = "".join(f"s{place:04},Kunde {place},pro,2,2026-0{1 + place % 3}-01\n" for place in range(1100))
    (cli.home / "spaces.csv").write_text("id,name,plan,users,start\n" + rows)
    assert cli("space", "import", str(cli.home / "spaces.csv")).code == 0
    assert cli("bill", "-q", "--today", "2026-04-01").code == 0
    assert cli("bill", "-q", "--today", "2026-05-01").code == 0
    enter(cli, *(money(f"s{place:04}", "2026-05-01", 100) for place in range(3)))
    items = cli("owed", "--json").json["items"]
    assert len(items) == 2200
    assert items == sorted(items, key=lambda item: (item["due_date"], item["number"]))
    assert [item["paid"] for item in items if item["paid"] != "0.00"] == ["1.00"] * 3


@pytest.mark.parametrize(
    ("on", "found"), [("2026-03-14", []), ("2026-03-15", ["acme"]), ("2026-06-01", ["acme", "atelier"])]
)
def test_which_spaces_are_not_even(lived, on, found):
    """payments.md 9.3: no other can have anything open, or credit, so no other is looked at."""
    with reading(caller(lived, "owed")) as session:
        assert list(balances.uneven(session.connection, date.fromisoformat(on))) == found


def test_a_space_that_paid_all_is_even(lived):
    """payments.md 9.3."""
    enter(lived, money("atelier", "2026-06-01", 31_300))
    with reading(caller(lived, "owed")) as session:
        assert list(balances.uneven(session.connection, date(2026, 6, 1))) == ["acme"]


def test_a_space_that_is_not_there(lived: Cli):
    """docs/scripting.md: refused as everywhere."""
    refused = lived("owed", "--space", "nowhere", "--json")
    assert (refused.code, json.loads(refused.err)["error"]["code"]) == (3, "not_found")


# --- what single invoices, lists and the contract page say ---------------------------------------------------


@pytest.fixture
def several(cli):
    """The demo on 1 June: acme's invoices 1 paid and 2 credited, atelier's 3 overdue in part, 4 overdue, 5 open."""
    bills = [("bill", "--today", f"2026-0{month}-01") for month in (4, 5, 6)]
    changes = (("upgrade", "--users", "20", "--yes"), ("upgrade", "--users", "25", "--yes"))
    cli.prepare(DEMO, *changes, ("withdraw", "O-2026-0002", "--yes"), *bills)
    enter(cli, money("acme", "2026-03-15", 30_250, (1, 30_250)), money("atelier", "2026-05-03", 5_000, (4, 5_000)))
    return cli


SAID = {
    "INV-2026-0001": ("302.50", "0.00", "paid", False),
    "INV-2026-0002": ("0.00", "0.00", "credited", False),
    "INV-2026-0003": ("0.00", "0.00", "settled", False),
    "INV-2026-0004": ("50.00", "131.50", "part-paid", True),
    "INV-2026-0005": ("0.00", "181.50", "open", True),
    "INV-2026-0006": ("0.00", "181.50", "open", False),
}
"""What is said of each of them: paid, open, status, overdue."""


def said(document):
    return tuple(document[key] for key in ("paid", "open", "status", "overdue"))


def test_each_invoice_says_what_became_of_it(several):
    """payments.md 9.4: by its number, and in the list."""
    assert {number: said(several("show", number, "--json").json) for number in SAID} == SAID
    items = several("list", "invoices", "--json").json["items"]
    assert {item["number"]: said(item) for item in items} == SAID


@pytest.mark.parametrize(
    ("number", "claim", "asks"),
    [
        ("INV-2026-0001", "302.50 EUR, paid", None),
        ("INV-2026-0004", "181.50 EUR, of which 131.50 EUR are overdue since 1 May 2026", "131.50 EUR by 1 May 2026"),
        ("INV-2026-0005", "181.50 EUR, overdue since 31 May 2026", "181.50 EUR by 31 May 2026"),
        ("INV-2026-0006", "181.50 EUR, payable by 1 July 2026", "181.50 EUR by 1 July 2026"),
    ],
)
def test_a_page_asks_for_what_is_open(several, number, claim, asks):
    """payments.md 9.4: its head says what became of it; what is paid asks for nothing."""
    lines = several("show", number).text.splitlines()
    assert lines[1] == claim
    pay = f"Please pay {asks} to NL91ABNA0417164300, naming {number}."
    assert [line for line in lines if line.startswith("Please pay")] == ([pay] if asks else [])


def test_a_page_of_what_is_paid_in_part_and_not_late(several):
    """payments.md 9.4."""
    enter(several, money("atelier", "2026-06-01", 10_000, (6, 10_000)))
    page = several("show", "INV-2026-0006").text.splitlines()
    assert page[1] == "181.50 EUR, of which 81.50 EUR are open, payable by 1 July 2026"


@pytest.mark.parametrize(
    ("status", "numbers"),
    [
        ("open", [6, 5]),
        ("part-paid", [4]),
        ("paid", [1]),
        ("credited", [2]),
        ("settled", [3]),
        ("overdue", [5, 4]),
    ],
)
def test_a_list_of_one_status(several, status, numbers):
    """payments.md 9.4: being overdue stands beside the status."""
    items = several("list", "invoices", "--status", status, "--json").json["items"]
    assert [item["number"] for item in items] == [f"INV-2026-{number:04}" for number in numbers]


def test_the_list_has_what_is_open_where_something_is_paid_in_part(several):
    """A column only where it says what no other does."""
    assert several("list", "invoices", "--space", "atelier").text == (
        "Invoice         Date         Space     Kind        Period             Net     VAT   Total EUR   Due"
        "            Open   Status\n"
        "────────────────────────────────────────────────────────────────────────────────────────────────────"
        "─────────────────────────\n"
        "INV-2026-0006   2026-06-01   atelier   recurring   1–30 Jun 2026   150.00   31.50      181.50   2026-07-01"
        "   181.50   open\n"
        "INV-2026-0005   2026-05-01   atelier   recurring   1–31 May 2026   150.00   31.50      181.50   2026-05-31"
        "   181.50   overdue\n"
        "INV-2026-0004   2026-04-01   atelier   recurring   1–30 Apr 2026   150.00   31.50      181.50   2026-05-01"
        "   131.50   overdue\n"
    )
    assert "Open" not in several("list", "invoices", "--status", "open").text
    assert "–   credited by INV-2026-0003" in several("list", "invoices").text


@pytest.mark.parametrize(("number", "found"), [(1, ("0.00", "302.50", "open", False)), (6, SAID["INV-2026-0006"])])
def test_before_its_own_day_an_invoice_is_told_of_as_on_that(several, number, found):
    """payments.md 9.2: an earlier day knows no later payment; an invoice that it doesn't know either is new."""
    name = f"INV-2026-{number:04}"
    enter(several, money("atelier", "2026-06-01", 1, (6, 1)), day="2026-06-02")
    on = ("--today", "2026-03-14", "--json")
    items = {item["number"]: said(item) for item in several("list", "invoices", *on).json["items"]}
    assert (said(several("show", name, *on).json), items[name]) == (said_then(number, found), said_then(number, found))


def said_then(number, found):
    """What was paid on its very day counts: the first one was, and of the sixth a cent."""
    return {1: SAID["INV-2026-0001"], 6: ("0.01", "181.49", "part-paid", False)}.get(number, found)


@pytest.mark.parametrize(
    ("space", "payments", "sums", "line"),
    [
        ("atelier", [], ("313.00", "131.50", "0.00"), "Open           313.00 EUR, 131.50 EUR of it overdue"),
        ("atelier", [13_150], ("181.50", "0.00", "0.00"), "Open           181.50 EUR"),
        ("atelier", [31_300], ("0.00", "0.00", "0.00"), None),
        ("acme", [], ("0.00", "0.00", "97.50"), "Credit         97.50 EUR"),
    ],
)
def test_the_contract_page_says_what_is_open_and_late(lived, space, payments, sums, line):
    """payments.md 9.4, 10."""
    enter(lived, *(money(space, "2026-06-01", amount) for amount in payments))
    document = lived("show", "--space", space, "--json").json
    assert (document["open"], document["overdue"], document["credit"]) == sums
    shown = [
        each for each in lived("show", "--space", space).text.splitlines() if each.startswith(("Open ", "Credit "))
    ]
    assert shown == ([line] if line else [])


def test_a_contract_of_which_all_is_late(lived):
    """payments.md 9.4: then it is said so."""
    page = lived("show", "--space", "atelier", "--today", "2026-08-01").text
    assert "Open           313.00 EUR, all of it overdue\n" in page


def test_what_is_paid_is_no_deadline(lived):
    """payments.md 9.4: a calendar has what is still to be paid, and how much of it."""
    items = lived("list", "deadlines", "--kind", "invoice", "--since", "2026-03-01", "--json").json["items"]
    assert [(item["number"], item["date"], item["amount"]) for item in items] == [
        ("INV-2026-0003", "2026-05-31", "131.50"),
        ("INV-2026-0004", "2026-07-01", "181.50"),
    ]
    enter(lived, money("acme", "2026-05-31", -20_000, kind=REFUND))
    shown = lived("list", "deadlines", "--kind", "invoice", "--space", "acme", "--since", "2026-03-01", "--json").json
    assert shown["items"] == []


def test_papers_are_as_on_the_day_of_issue(several):
    """payments.md 9.4: that it was paid since doesn't change them."""
    for form in ("ubl", "eml"):
        before = several("show", "INV-2026-0006", "--format", form).out
        enter(several, money("atelier", "2026-06-01", 100, (6, 100)))
        assert several("show", "INV-2026-0006", "--format", form).out == before


@pytest.mark.parametrize(
    ("space", "sums", "said_last"),
    [
        ("atelier", ("313.00", "0.00"), "Earlier invoices: 313.00 EUR is open."),
        ("acme", ("0.00", "97.50"), "A credit of 97.50 EUR pays the first of what comes."),
    ],
)
def test_a_forecast_says_what_was_before(lived, space, sums, said_last):
    """payments.md 9.4: what comes is paid by credit first, or comes on top of what is open."""
    document = lived("forecast", "--space", space, "--json").json
    assert (document["open"], document["credit"]) == sums
    assert lived("forecast", "--space", space).text.splitlines()[-2:] == ["", said_last]


def test_a_forecast_of_what_is_even_says_nothing(demo):
    """payments.md 9.4."""
    assert demo("forecast", "--months", "1").text.splitlines()[-1] == "None."


# --- lives, by the commands ----------------------------------------------------------------------------------


def standing(cli, space="acme"):
    """Return what is open of a space, by number, and its credit."""
    found = cli("owed", "--space", space, "--json").json
    return {item["number"]: item["open"] for item in found["items"]}, found["credit"]


def done(cli, *words):
    assert cli(*words, "--yes").code == 0


def test_a_paid_upgrade_that_is_withdrawn_becomes_credit(demo):
    """payments.md 9.8: and pays the next upgrade; the rest is refunded."""
    done(demo, "upgrade", "--users", "20")
    done(demo, "pay", "INV-2026-0001")
    assert standing(demo) == ({}, "0.00")
    done(demo, "withdraw", "O-2026-0001")
    assert standing(demo) == ({}, "302.50")
    assert said(demo("show", "INV-2026-0001", "--json").json) == ("0.00", "0.00", "credited", False)
    done(demo, "upgrade", "--users", "15")
    assert standing(demo) == ({}, "151.25")
    assert said(demo("show", "INV-2026-0003", "--json").json) == ("151.25", "0.00", "paid", False)
    done(demo, "pay", "--refund", "--amount", "100", "--space", "acme")
    assert standing(demo) == ({}, "51.25")


def test_what_is_undone_is_open_again_and_what_was_refunded_is_not_undone(demo):
    """payments.md 9.2: all is derived anew; credit that is gone can't be taken away."""
    done(demo, "upgrade", "--users", "20")
    done(demo, "pay", "INV-2026-0001", "--amount", "400")
    done(demo, "pay", "--refund", "--space", "acme")
    refused = demo("pay", "--undo", "P-2026-0001", "--yes", "--json")
    assert refused.refusal[:2] == (4, "too_late")
    done(demo, "pay", "--undo", "P-2026-0002")
    assert standing(demo) == ({}, "97.50")
    done(demo, "pay", "--undo", "P-2026-0001")
    assert standing(demo) == ({"INV-2026-0001": "302.50"}, "0.00")


def test_a_debit_that_comes_back_after_the_credit_note_takes_the_credit(demo):
    """payments.md 9.2: what was credited stays so, and owes nothing."""
    done(demo, "upgrade", "--users", "20")
    done(demo, "pay", "INV-2026-0001")
    done(demo, "withdraw", "O-2026-0001")
    enter(demo, money("acme", "2026-03-15", -30_250, (1, -30_250), kind=RETURN, of=1))
    assert standing(demo) == ({}, "0.00")
    assert said(demo("show", "INV-2026-0001", "--json").json) == ("0.00", "0.00", "credited", False)


def test_a_cancellation_changes_nothing_that_is_owed(lived):
    """payments.md 9.8."""
    before = lived("owed", "--json").json
    done(lived, "cancel", "--space", "atelier")
    assert lived("owed", "--json").json == before
