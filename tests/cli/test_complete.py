"""What TAB looks up: `subctl __complete KIND [PREFIX [WORD …]]`, for the completion files alone."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from subctl.cli import complete
from subctl.view import language
from tests.support import pseudo
from tests.support.callers import ACCOUNT
from tests.support.cli import LIVE
from tests.support.stores import NO_RIGHTS

KINDS = ("plans", "licences", "spaces", "quotes", "orders", "shown", "invoices")
HEAVY = (
    "typer",
    "rich",
    "sqlite_utils",
    "subctl.store.state",
    "zoneinfo",
    "subctl.cli.app",
    "subctl.results.lists",
    "subctl.service.issue",
    "subctl.store.write",
)
"""What a TAB doesn't load, so that no key press waits."""


def asked(cli, *words, **extra):
    """Return the candidates as pairs of a word and its description."""
    return [tuple(line.split("\t")) for line in cli("__complete", *words, **extra).text.splitlines()]


def words(cli, *words_, **extra):
    """Return the candidates alone."""
    return [word for word, _ in asked(cli, *words_, **extra)]


@pytest.fixture
def busy(cli):
    """A store with a quote and an order in each space, one of them invoiced, and a cancellation."""
    return cli.prepare(
        ("init", "--demo"),
        ("upgrade", "--users", "12", "--yes"),
        ("upgrade", "--users", "12", "--yes", "--space", "atelier"),
        ("cancel", "--yes", "--space", "atelier"),
        ("quote", "--plan", "pro", "--users", "20"),
        ("quote", "--users", "30", "--zoom", "0", "--space", "atelier", "--as-support"),
    )


@pytest.fixture
def stranger(busy):
    """A store in which this account may see atelier only."""
    busy.sql("UPDATE administrators SET space = 'atelier'")
    return busy


def test_plans_have_their_prices(demo):
    """The plans of the catalog in force, and which of them support changes."""
    assert asked(demo, "plans") == [
        ("starter", "Starter: 10.00 EUR a month, 100.00 a year per user"),
        ("pro", "Pro: 18.00 EUR a month, 180.00 a year per user"),
        ("business", "Business: 27.95 EUR a month, 279.50 a year per user"),
        ("enterprise", "Enterprise: 40.00 EUR a month, 400.00 a year per user; changed by support only"),
    ]
    assert words(demo, "plans", "p") == ["pro"]


def test_plans_follow_the_day(demo, catalog_file):
    """Another day has another catalog: --today, then SUBCTL_TODAY, then the sandbox's own."""
    path = catalog_file()
    Path(path).write_text(
        Path(path)
        .read_text()
        .replace("2026-01-01", "2027-01-01")
        .replace("[plans.s", "[plans.x]\ntitle = 'X'\nmonthly = '1.00'\nannual = '9.00'\n[plans.s")
    )
    assert demo("catalog", "import", path, "--yes").code == 0
    assert words(demo, "plans", "x") == []
    assert words(demo, "plans", "x", "--today", "2027-01-01") == ["x"]
    assert words(demo, "plans", "x", SUBCTL_TODAY="2027-01-01") == ["x"]
    assert words(demo, "plans", "x", "--today=2026-03-15", SUBCTL_TODAY="2027-01-01") == []
    assert words(demo, "plans", "", "--today", "2020-01-01") == words(demo, "plans")


def test_a_live_store_has_the_day_of_the_machine(cli):
    """A live store stands on no day of its own."""
    assert words(cli.prepare(LIVE), "plans", "pr") == ["pro"]


def test_spaces_have_their_customers(demo):
    """The spaces by their IDs."""
    assert asked(demo, "spaces") == [("acme", "Acme"), ("atelier", "Atelier")]
    assert words(demo, "spaces", "at") == ["atelier"]
    assert words(demo, "spaces", "b") == []


def test_open_quotes_say_what_they_change(busy):
    """Those that can be ordered, newest first, with their changes and what is due now."""
    assert asked(busy, "quotes") == [
        ("Q-2026-0002", "atelier: users 12 → 30, zoom 2 → 0, nothing due now"),
        ("Q-2026-0001", "acme: plan starter → pro, users 12 → 20, 726.00 EUR"),
    ]
    assert words(busy, "quotes", "Q-2026-0001") == ["Q-2026-0001"]
    assert words(busy, "quotes", "Q-2025") == []


def test_quotes_that_are_ordered_stale_or_expired_are_not_offered(busy):
    """Just as `show` lists them: TAB and the contract page agree on what is open."""
    open_now = (
        busy("show", "--json").json["open_quotes"] + busy("show", "--space", "atelier", "--json").json["open_quotes"]
    )
    assert sorted(words(busy, "quotes")) == sorted(open_now)
    assert words(busy, "quotes", "", "--today", "2026-04-15") == []
    assert busy("order", "Q-2026-0001").code == 0
    assert "Q-2026-0001" not in words(busy, "quotes")


def test_orders_that_can_be_withdrawn_are_offered(busy):
    """The latest change of each space while it can be taken back, and a cancellation that waits."""
    assert asked(busy, "orders") == [
        ("O-2026-0003", "atelier: cancelled on 2026-03-15, ends on 2026-04-30"),
        ("O-2026-0002", "atelier: users 10 → 12, nothing due now (upgrade of 2026-03-15)"),
        ("O-2026-0001", "acme: users 10 → 12, 60.50 EUR (upgrade of 2026-03-15)"),
    ]
    assert words(busy, "orders", "O-2026-0001") == ["O-2026-0001"]


def test_a_contract_that_never_starts_has_no_last_day(busy):
    """pricing.md 4.10: cancelled before its start, there is no day of use to name."""
    details = ("--name", "Soon", "--plan", "pro", "--users", "3", "--start", "2026-08-15")
    busy("space", "add", "soon", *details)
    assert busy("cancel", "--space", "soon", "--yes", "--json").json["last_day"] is None
    assert asked(busy, "shown", "O-2026-0004") == [("O-2026-0004", "soon: cancelled on 2026-03-15, never starts")]


@pytest.mark.parametrize("day", ["2026-03-15", "2026-03-31", "2026-04-01", "2026-05-01", "2027-01-01"])
@pytest.mark.parametrize("space", ["acme", "atelier"])
def test_the_offered_changes_are_those_that_the_contract_page_calls_withdrawable(busy, space, day):
    """On every day the same answer."""
    page = busy("show", "--space", space, "--today", day, "--json").json
    offered = words(busy, "orders", "", "--space", space, "--today", day)
    assert [number for number in offered if number != "O-2026-0003"] == list(filter(None, [page["withdrawable"]]))


def test_a_withdrawn_order_is_not_offered_again(busy):
    """Neither the change nor the cancellation; then the change before it is the latest."""
    assert busy("withdraw", "O-2026-0003", "--yes").code == 0
    assert words(busy, "orders", "", "--space", "atelier") == ["O-2026-0002"]
    assert busy("withdraw", "O-2026-0002", "--yes").code == 0
    assert words(busy, "orders", "", "--space", "atelier") == []


def test_spaces_and_documents_are_all_that_show_shows(busy):
    """Spaces, then quotes, orders and invoices, each newest first."""
    assert words(busy, "shown") == [
        "acme", "atelier", "Q-2026-0002", "Q-2026-0001", "O-2026-0003", "O-2026-0002", "O-2026-0001", "INV-2026-0001",
    ]  # fmt: skip
    assert asked(busy, "shown", "INV-") == [("INV-2026-0001", "acme: upgrade invoice of 2026-03-15, 60.50 EUR")]
    assert busy("bill", "--today", "2026-04-01").code == 0
    assert busy("withdraw", "O-2026-0001", "--yes").code in (0, 4)
    for number in words(busy, "shown"):
        assert busy("show", number, "--json").code == 0


def test_numbers_are_found_by_how_they_begin(demo):
    """Of hundreds of thousands too: the newest first, and the oldest that fits, so that no shell types too much."""
    row = (
        "SELECT space, date, valid_until, version, catalog, buyer, boundary, vat_category, vat_rate, rules, before,"
        " document, words"
    )
    assert demo("quote", "--users", "20").code == 0
    for place in (2, 99, 100, 999, 1000, 1234, 9999, 10000, 12345, 123456, 99999999):
        demo.sql(f"INSERT INTO quotes {row.replace('SELECT', 'SELECT ?,')} FROM quotes LIMIT 1", 20260000000000 + place)
    demo.sql(f"INSERT INTO quotes {row.replace('SELECT', 'SELECT ?,')} FROM quotes LIMIT 1", 20250000000012)
    every = words(demo, "quotes")
    assert len(every) == 13
    prefixes = (
        "Q",
        "Q-",
        "Q-2",
        "Q-20",
        "Q-2025",
        "Q-2026",
        "Q-2026-",
        "Q-2025-0",
        "Q-2026-00",
        "Q-2026-1",
        "Q-2026-12",
    )
    for prefix in (*prefixes, "Q-2026-01", "Q-2026-1234", "Q-2026-12345", "Q-2026-9999", "Q-2026-0002", "Q-2026-00002"):
        fitting = [word for word in every if word.startswith(prefix)]
        assert words(demo, "quotes", prefix) == words(demo, "shown", prefix) == fitting, prefix
    for prefix in (
        "q",
        "X-",
        "Q-202x",
        "Q-20267",
        "Q-2026-0x",
        "Q-²",
        "Q--",
        "Q-2026-0001-",
        "Q-2026-1234567890",
        "Q2",
    ):
        assert words(demo, "quotes", prefix) == [], prefix


def test_a_space_on_the_line_narrows_the_documents(busy):
    """--space in both its forms, also where bash has cut the word at the sign."""
    for line in (["--space", "acme"], ["--space=acme"], ["--space", "=", "acme"], ["--space", "'acme'"]):
        assert words(busy, "quotes", "", "order", *line) == ["Q-2026-0001"]
    assert words(busy, "quotes", "", "--space", "nobody") == []
    assert len(words(busy, "quotes", "", "--", "--space", "acme")) == 2
    assert len(words(busy, "quotes", "", "--space")) == 2
    assert len(words(busy, "quotes", SUBCTL_SPACE="acme")) == 2
    assert words(busy, "shown", "", "show", "--space", "acme") == ["Q-2026-0001", "O-2026-0001", "INV-2026-0001"]


def test_a_space_is_offered_by_how_it_begins(busy):
    """`show at` and TAB: the one space, with its customer's name, and no document."""
    assert asked(busy, "shown", "at") == [("atelier", "Atelier")] == asked(busy, "spaces", "at")


def test_only_what_the_account_may_see_is_offered(stranger):
    """An administrator of one space learns nothing of the others."""
    assert words(stranger, "spaces") == ["atelier"]
    assert words(stranger, "quotes") == ["Q-2026-0002"]
    assert words(stranger, "orders") == ["O-2026-0003", "O-2026-0002"]
    assert words(stranger, "shown") == ["atelier", "Q-2026-0002", "O-2026-0003", "O-2026-0002"]
    assert words(stranger, "quotes", "", "--space", "acme") == []
    assert words(stranger, "quotes", "", "--space", "atelier") == ["Q-2026-0002"]


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_right_nothing_is_offered(busy, kind):
    """Not even the plans."""
    busy.sql(NO_RIGHTS)
    assert words(busy, kind) == []


def test_a_long_list_ends_with_its_last_word(demo):
    """A shell types what all words begin with: that must hold for those that are not listed too."""
    more = ", ".join(f"('a{place:03}', 1, 0, 0)" for place in range(300))
    demo.sql(f"INSERT INTO spaces (id, buyer, active_users, locked) VALUES {more}")
    offered = words(demo, "spaces")
    assert (len(offered), offered[0], offered[-1]) == (201, "a000", "atelier")
    assert words(demo, "spaces", "a29") == [f"a29{digit}" for digit in range(10)]


def test_a_long_list_of_open_quotes_ends_with_the_oldest(demo):
    """The fifty newest that can be ordered, and the oldest that can; what can't be ordered takes nobody's place."""
    assert demo("quote", "--users", "20").code == 0
    columns = (
        "space, date, valid_until, version, catalog, buyer, boundary, vat_category, vat_rate, rules, before, document,"
        " words"
    )
    demo.sql(
        "WITH RECURSIVE upto(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM upto WHERE n < 99) "
        f"INSERT INTO quotes (id, {columns}) SELECT 20260000000000 + n,"
        f" {columns.replace('version', 'CASE WHEN n > 90 THEN version + 1 ELSE version END')}"
        " FROM upto, quotes"
    )
    newest = [f"Q-2026-{place:04d}" for place in range(90, 40, -1)]
    assert words(demo, "quotes") == [*newest, "Q-2026-0001"]
    assert words(demo, "shown", "Q-") == [f"Q-2026-{place:04d}" for place in range(99, 49, -1)] + ["Q-2026-0001"]


def test_what_could_move_a_terminal_or_a_shell_is_not_printed(demo):
    """Names are shown with their signs written out and cut; words that a shell would take apart are left out."""
    for space, name in (("good", "A\x1b[31m\tB\nC"), ("long", "x" * 200), ("$(id)", "X"), ("-rf", "X"), ("a b", "X")):
        ((buyer,),) = demo.sql("SELECT max(id) + 1 FROM buyers")
        demo.sql("INSERT INTO buyers (id, name, country) VALUES (?, ?, 'NL')", buyer, name)
        demo.sql("INSERT INTO spaces VALUES (?, ?, 0, 0)", space, buyer)
    assert asked(demo, "spaces")[2:] == [("good", r"A\u{1b}[31m\u{9}B\u{a}C"), ("long", "x" * 79 + "…")]


@pytest.mark.parametrize(
    "line", [[], ["plans", "", "--today", "tomorrow"], ["nonsense"], ["plans", "'"], ["plans", "", "--store", "'x"]]
)
def test_what_makes_no_sense_is_answered_with_silence(demo, line):
    """Exit 0 and nothing on either stream."""
    assert demo("__complete", *line).text == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_store_that_cannot_be_read_is_answered_with_silence(demo, kind):
    """Missing, damaged, another program's, locked: no word, no error."""
    assert words(demo, kind, SUBCTL_STORE="/nowhere/at-all.db") == []
    whole = demo.bytes
    for content in (b"", whole[:50], whole[:4096], b"x" * 8192, whole[:100] + b"\xff" * (len(whole) - 100)):
        demo.store.write_bytes(content)
        assert words(demo, kind) == []
    demo.store.write_bytes(whole)
    demo.store.chmod(0o666)
    assert words(demo, kind) == []


def test_an_older_store_is_answered_with_silence(cli, tmp_path):
    """To read it is to copy and migrate it, which takes as long as the store is large: the first write does that."""
    older = tmp_path / "older.db"
    shutil.copy(Path(__file__).parents[1] / "store" / "schema_1.db", older)
    older.chmod(0o600)
    assert cli("list", "plans", SUBCTL_STORE=str(older)).code == 0
    for kind in KINDS:
        assert words(cli, kind, SUBCTL_STORE=str(older)) == []
    assert [each.name for each in tmp_path.glob("older*")] == ["older.db"]


def test_a_tab_leaves_the_store_as_it_was(busy):
    """It writes nothing to the file, and leaves nothing beside it."""
    before, files = busy.bytes, sorted(busy.home.iterdir())
    for kind in KINDS:
        words(busy, kind)
    assert (busy.bytes, sorted(busy.home.iterdir())) == (before, files)


def test_a_tab_does_not_wait_for_a_writer(demo):
    """While the file is locked, nothing is offered, at once."""
    import sqlite3
    import time
    from contextlib import closing

    with closing(sqlite3.connect(demo.store, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        started = time.monotonic()
        assert words(demo, "spaces") == []
        assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "where",
    [
        {"SUBCTL_STORE": "/a/b.db"},
        {"SUBCTL_STORE": "~/b.db"},
        {"SUBCTL_STORE": "", "config": "store = '/c/d.db'"},
        {"SUBCTL_STORE": ""},
        {"SUBCTL_STORE": "", "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""},
        {"SUBCTL_STORE": "/a/b.db", "config": "store = '/c/d.db'"},
    ],
    ids=str,
)
@pytest.mark.parametrize("line", [[], ["--store", "/x/y z.db"], ["--store", "~/q.db"]])
def test_the_store_is_the_one_that_commands_use(cli, monkeypatch, where, line):
    """Option, environment, config file, default: what `config show` finds."""
    config = cli.home / "XDG_CONFIG_HOME" / "subctl" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(where.pop("config", ""))
    shown = cli("config", "show", *line, "--json", **where).json["settings"]
    for name, value in cli.environment(where).items():
        monkeypatch.setenv(name, value)
    assert str(complete.settings_of(line).store) == next(item["value"] for item in shown if item["key"] == "store")


def test_words_come_from_bash_as_they_were_typed(demo, tmp_path):
    """Quotes and backslashes of the line are taken off before the store is looked for."""
    folder = tmp_path / "my books"
    folder.mkdir()
    (folder / "it's.db").write_bytes(demo.bytes)
    (folder / "it's.db").chmod(0o600)
    quoted = shlex.quote(str(folder / "it's.db"))
    assert words(demo, "spaces", "", "--store", quoted, SUBCTL_STORE="") == ["acme", "atelier"]


@pytest.mark.parametrize(
    ("line", "store"),
    [
        (["--store", "=", "x.db", "show"], "x.db"),
        (["--store", "service", "=", "book", "show"], "service=book"),
        (["--store", "service", "=", "book"], "service=book"),
        (
            ["--store", "postgresql", ":", "//mary", "@", "db/book?sslmode", "=", "verify-full", "-q"],
            "postgresql://db/book",
        ),
        (["--store", "'postgresql://mary@db/book?sslmode=verify-full'", "show"], "postgresql://db/book"),
        (["show", "--store=postgresql://mary@db/book?sslmode=verify-full"], "postgresql://db/book"),
        (["--store", "x.db", "show", "=", "y"], "x.db"),
    ],
)
def test_an_address_comes_from_bash_in_pieces(cli, monkeypatch, line, store):
    """It cuts words at some signs, unless they are quoted: they are put together again."""
    for name, value in cli.environment().items():
        monkeypatch.setenv(name, value)
    assert str(complete.settings_of(line).store) == store


@pytest.mark.parametrize("kind", KINDS)
def test_a_tab_imports_nothing_heavy(busy, kind):
    """It is answered before the commands are loaded, by services that load what writes only when they write."""
    script = (
        "import sys; from subctl.cli.complete import answer; answer([sys.argv[1]]);"
        " print(*[name for name in sys.argv[2:] if name in sys.modules])"
    )
    *offered, heavy = busy.python("-c", script, kind, *HEAVY).text.split("\n")[:-1]
    assert (offered != [], heavy) == (True, "")


def test_the_program_hands_over_to_the_commands(demo):
    """Whatever is not a TAB is a command, with its exit code."""
    script = "from subctl.__main__ import run; run()"
    assert demo.python("-c", script, "__complete", "spaces", "ac").text == "acme\tAcme\n"
    assert demo.process("__complete", "spaces", "ac").text == "acme\tAcme\n"
    assert demo.python("-c", script, "whoami", "--json").json["store"] == str(demo.store)
    assert demo.python("-c", script, "show", "--space", "nobody").code == 3


def test_a_stream_that_takes_nothing_is_no_error(demo):
    """Nobody reads what isn't there: exit 0, no message."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "subctl", "__complete", "plans"],
            env=demo.environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_look_up_is_no_command_of_its_own(demo):
    """It is not in the help, and only the first word makes it one."""
    assert "__complete" not in demo("--help").text
    assert demo("--json", "__complete", "plans").code == 2
    assert demo("whoami", "--json").json["account"] == ACCOUNT


# --- languages -----------------------------------------------------------------------------------------------


def test_words_are_described_in_the_readers_language(busy):
    """Names and numbers are nobody's language; what is said of them is the reader's."""
    with pseudo.spoken():
        lines = [asked(busy, kind, SUBCTL_LANG="fr") for kind in KINDS]
    described = " ".join(what for kind in lines for _, what in kind)
    known = "Acme Atelier acme atelier Starter Pro Business Enterprise Licence Zoom EUR INV- starter pro zoom"
    assert pseudo.plain(described, known) == set()
    assert "Licence Zoom: " in described
    assert [[word for word, _ in kind] for kind in lines] == [words(busy, kind) for kind in KINDS]


def test_a_language_that_can_not_be_spoken_is_no_reason_to_say_nothing(demo, monkeypatch, tmp_path):
    """Somebody is typing there: it is English, without a word about it."""
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    monkeypatch.setattr(language, "_catalogues", {})
    assert asked(demo, "plans", SUBCTL_LANG="fr") == asked(demo, "plans")


def test_invoices_that_can_be_corrected(demo):
    """Those that aren't credited, newest first."""
    demo("upgrade", "--plan", "pro", "--users", "20", "--yes")
    demo("space", "set", "acme", "--name", "Acme B.V.")
    demo("correct", "INV-2026-0001", "--yes")
    assert asked(demo, "correctable") == [("INV-2026-0003", "acme: upgrade invoice of 2026-03-15, 786.50 EUR")]
    assert words(demo, "correctable", "INV-2025") == []


def test_reminders_are_shown(demo):
    """With what was open, to who may see them."""
    demo("upgrade", "--plan", "pro", "--users", "20", "--yes")
    demo("remind", "--yes", "--today", "2026-04-30")
    assert asked(demo, "shown", "R-") == [("R-2026-0001", "acme: reminder of 2026-04-30, 786.50 EUR")]
    demo.sql("UPDATE administrators SET space = 'atelier'")
    assert words(demo, "shown", "R-") == []
