"""The store's file: what is opened, what is refused and left as it is, and what can never be changed in it."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from subctl.store.sqlite.connection import connect
from tests.support.cli import LIVE
from tests.support.stores import RESTORE, folder

READ = ("show", "--json")
WRITE = ("upgrade", "--users", "20", "--yes", "--json")
TRIED = [
    READ,
    WRITE,
    ("whoami", "--json"),
    ("list", "spaces", "--json"),
    ("quote", "--users", "20", "--json"),
    ("quote", "--users", "20", "--dry-run", "--json"),
    ("order", "Q-2026-0001", "--json"),
    ("space", "add", "new", "--name", "New", "--plan", "pro", "--users", "1", "--json"),
]


# --- what is refused ---------------------------------------------------------------------------------------


def nothing(path):
    assert not path.exists()


def a_directory(path):
    path.mkdir()


def a_text(path):
    path.write_text("This is a text, and long enough to be as long as the head of a database is. " * 3)


def a_short_text(path):
    path.write_text("text")


def a_fifo(path):
    os.mkfifo(path)


def a_foreign_database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE contracts (space TEXT)")


def an_empty_file(path):
    path.touch()


def a_stub(path):
    path.write_bytes(b"SQLite format 3\x00 and no more")


def a_file_in_the_way(path):
    path.parent.rmdir()
    path.parent.write_text("a file where a folder should be")


ELSE = "Name another file with --store."


def malformed(store):
    return (8, "store_damaged", f"The store {store} is damaged: database disk image is malformed.", RESTORE)


UNOPENED = [
    (
        nothing,
        (
            3,
            "store_missing",
            "There is no store at {}.",
            "Make one with subctl init, try it with subctl init --demo, or name another with --store.",
        ),
    ),
    (a_directory, (8, "store_foreign", "{} is a directory, not a store.", "Name a store's file with --store.")),
    (a_fifo, (8, "store_foreign", "{} is no regular file, not a store.", "Name a store's file with --store.")),
    (a_text, (8, "store_foreign", "{} is not a store of subctl.", ELSE)),
    (a_short_text, (8, "store_foreign", "{} is not a store of subctl.", ELSE)),
    (a_foreign_database, (8, "store_foreign", "{} is a database of another program.", ELSE)),
    (an_empty_file, (8, "store_damaged", "The store {} is empty.", RESTORE)),
    (a_stub, (8, "store_damaged", "The store {} is cut off.", RESTORE)),
    (a_file_in_the_way, (7, "store_denied", "The store {} can't be reached: Not a directory.", "")),
]


@pytest.mark.parametrize("words", TRIED, ids=" ".join)
@pytest.mark.parametrize(("make", "refusal"), UNOPENED, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_not_a_store_is_refused_and_left_as_it_is(cli, make, refusal, words):
    """safety.md: each case has its own words; nothing is created and nothing is changed, by no command."""
    cli.store = cli.home / "place" / "contracts.db"
    cli.store.parent.mkdir()
    make(cli.store)
    before = folder(cli)
    exit_code, code, message, hint = refusal
    assert cli(*words).refusal == (exit_code, code, message.format(cli.store), hint)
    assert folder(cli) == before


@pytest.mark.parametrize("words", TRIED, ids=" ".join)
def test_a_store_of_a_newer_version_is_left_to_it(demo, words):
    """safety.md: an older program never touches a store that a newer one wrote."""
    demo.sql("PRAGMA user_version = 99")
    before = folder(demo)
    assert demo(*words).refusal == (
        8,
        "store_newer",
        f"The store {demo.store} was written by a newer subctl (version 99, this one knows 6).",
        "Install the newer subctl.",
    )
    assert folder(demo) == before


@pytest.mark.parametrize("length", [100, 4096, 20_000, 50_000], ids="{} bytes".format)
@pytest.mark.parametrize("words", [READ, WRITE], ids=["read", "write"])
def test_a_store_that_is_cut_off_is_damaged(demo, words, length):
    """safety.md: a store that lost its end is refused as damaged and left as it is."""
    demo.store.write_bytes(demo.bytes[:length])
    before = folder(demo)
    assert demo(*words).refusal == (8, "store_damaged", f"The store {demo.store} is cut off.", RESTORE)
    assert folder(demo) == before


def test_a_store_with_garbage_inside_is_damaged(demo):
    """safety.md: a page that is no page is refused as damaged and left as it is."""
    content = demo.bytes
    demo.store.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    before = folder(demo)
    assert demo(*READ).refusal == malformed(demo.store)
    assert folder(demo) == before


@pytest.mark.parametrize("words", TRIED, ids=" ".join)
@pytest.mark.parametrize("goal", ["real.db", "gone.db"])
def test_a_link_is_refused(demo, words, goal):
    """safety.md: somebody could have put a link there; it is followed nowhere."""
    demo.store.rename(demo.home / "real.db")
    demo.store.symlink_to(demo.home / goal)
    before = folder(demo)
    refusal = (7, "store_denied", f"{demo.store} is a link.", "Name the file itself with --store.")
    assert demo(*words).refusal == refusal
    assert folder(demo) == before


@pytest.mark.parametrize("words", TRIED, ids=" ".join)
def test_a_store_that_everyone_may_write_is_refused(demo, words):
    """safety.md: what anybody could have written is no book."""
    demo.store.chmod(0o602)
    before = folder(demo)
    assert demo(*words).refusal == (
        7,
        "store_denied",
        f"Everyone may write to {demo.store}: it can't be trusted.",
        f"Run chmod o-w {demo.store}.",
    )
    assert folder(demo) == before


@pytest.mark.parametrize(
    "make", [a_directory, a_text, a_foreign_database, an_empty_file, a_stub], ids=lambda make: make.__name__
)
@pytest.mark.parametrize("yes", [(), ("--yes",)], ids=["", "--yes"])
def test_init_replaces_nothing_but_a_sandbox(cli, make, yes):
    """safety.md: whatever stands at the store's place stays there, --yes or not."""
    make(cli.store)
    before = folder(cli)
    refused = cli("init", "--demo", *yes, "--json").refusal
    assert refused[0] in (5, 8)
    assert folder(cli) == before


def test_init_leaves_nothing_behind(cli):
    """A new store is one file; after a catalog that can't be used there is none."""
    assert cli("init", "--catalog", str(cli.home / "none.toml"), "--json").refusal[1] == "bad_input"
    assert folder(cli) == {}
    assert cli(*LIVE).code == 0
    assert list(folder(cli)) == [cli.store.relative_to(cli.home)]


# --- what looking leaves -----------------------------------------------------------------------------------

LOOKING = [
    ("show",),
    ("show", "--json"),
    ("show", "O-2026-0001"),
    ("show", "INV-2026-0001", "--json"),
    ("show", "Q-2026-0001"),
    ("list", "spaces"),
    ("list", "plans"),
    ("list", "quotes", "--json"),
    ("list", "orders"),
    ("list", "invoices", "--json"),
    ("whoami",),
    ("quote", "--users", "30", "--dry-run"),
    ("upgrade", "--users", "30", "--dry-run", "--json"),
    ("upgrade", "--users", "30", "--dry-run", "--yes", "--expect", "0.01"),
    ("downgrade", "--users", "8", "--dry-run"),
    ("downgrade", "--users", "3", "--dry-run"),
    ("order", "Q-2026-0001", "--dry-run"),
    ("order", "Q-2026-0002", "--dry-run"),
    ("space", "add", "new", "--name", "New", "--plan", "pro", "--users", "1", "--dry-run"),
    ("upgrade", "--users", "30"),
    ("upgrade", "--users", "10", "--zoom", "5", "--yes"),
]


@pytest.fixture
def used(cli):
    """A store with an order, an invoice, a quote that is stale and one that is open."""
    return cli.prepare(
        ("init", "--demo"),
        ("quote", "--users", "20"),
        ("quote", "--users", "20", "--space", "atelier"),
        ("upgrade", "--users", "10", "--zoom", "5", "--yes"),
    )


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
@pytest.mark.parametrize("today", [(), ("--today", "2026-09-09")], ids=["today", "later"])
def test_looking_and_previewing_write_nothing(used, words, today):
    """pricing.md 6.1: not one byte of the store differs after a look or a preview, refused or not."""
    before = folder(used)
    used(*words, *today)
    assert folder(used) == before


# --- what stays for ever -----------------------------------------------------------------------------------

FOR_EVER = ("catalogs", "buyers", "quotes", "orders", "invoices", "withdrawals", "history")


@pytest.fixture
def kept(cli):
    """A store with rows in every table that is kept for ever."""
    cli.prepare(
        ("init", "--demo"),
        ("quote", "--users", "20"),
        ("upgrade", "--users", "10", "--zoom", "5", "--yes"),
        ("withdraw", "O-2026-0001", "--yes"),
    )
    assert [table for table in FOR_EVER if not cli.sql(f"SELECT * FROM {table}")] == []
    return cli


@pytest.mark.parametrize("table", FOR_EVER)
def test_the_database_itself_refuses_to_change_a_document(kept, table):
    """pricing.md 7.1: UPDATE and DELETE are refused, with the plain sqlite3 module too."""
    rows = kept.sql(f"SELECT * FROM {table}")
    (column, *_), *_ = kept.sql(f"SELECT name FROM pragma_table_info('{table}') WHERE pk = 0")
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match=f"^{table} are never changed$"):
            kept.sql(statement)
    assert kept.sql(f"SELECT * FROM {table}") == rows


@pytest.mark.parametrize("table", FOR_EVER)
@pytest.mark.parametrize("verb", ["REPLACE INTO", "INSERT OR REPLACE INTO"])
def test_a_document_can_not_be_replaced_through_the_store(kept, table, verb):
    """pricing.md 7.1: the way the store itself is opened, REPLACE is refused."""
    rows = kept.sql(f"SELECT * FROM {table}")
    refused = pytest.raises(sqlite3.IntegrityError, match=f"^{table} are never changed$")
    with closing(connect(kept.store)) as connection, refused:
        connection.execute(f"{verb} {table} SELECT * FROM {table}")
    assert kept.sql(f"SELECT * FROM {table}") == rows


@pytest.mark.parametrize("table", FOR_EVER)
@pytest.mark.parametrize("verb", ["REPLACE INTO", "INSERT OR REPLACE INTO"])
@pytest.mark.parametrize("pragma", ["ON", "OFF"])
def test_a_document_can_not_be_replaced_with_the_plain_module(kept, table, verb, pragma):
    """pricing.md 7.1: a program that sets no pragma is refused as well; REPLACE itself fires no trigger on DELETE."""
    rows = kept.sql(f"SELECT * FROM {table}")
    with closing(sqlite3.connect(kept.store)) as connection, connection:
        connection.execute(f"PRAGMA recursive_triggers = {pragma}")
        with pytest.raises(sqlite3.IntegrityError, match=f"^{table} are never changed$"):
            connection.execute(f"{verb} {table} SELECT * FROM {table} LIMIT 1")
    assert kept.sql(f"SELECT * FROM {table}") == rows


def test_every_pragma_the_store_relies_on_is_set(used):
    """safety.md: foreign keys, triggers on REPLACE, no trusted schema, and a commit that outlives a power cut."""
    pragmas = ("foreign_keys", "recursive_triggers", "trusted_schema", "journal_mode", "synchronous")
    with closing(connect(used.store)) as connection:
        values = [connection.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in pragmas]
    assert values == [1, 1, 0, "delete", 3]


def test_connect_creates_no_file(tmp_path):
    """Only `init` makes a store."""
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a?b.db", "a%20b.db", "a#b.db", "a b ü.db", "-x.db", "file:x.db", "~", "\udcff.db"])
def test_a_store_may_have_any_name(cli, name):
    """The signs that mean something in an address of SQLite mean nothing in a path."""
    cli.store = cli.home / name
    assert cli("init", "--demo").code == 0
    assert [path.name for path in cli.home.iterdir()] == [name]
    assert cli("show", "--json").json["space"]["id"] == "acme"


@pytest.mark.parametrize("named", ["./~x.db", "./~/x.db", "sub/../~x.db"])
def test_a_tilde_that_is_no_home(cli, monkeypatch, named):
    """`./~x.db` is a file of that name: as an option, a variable, a setting, and behind TAB."""
    cli.home.joinpath("~").mkdir(parents=True)
    cli.home.joinpath("sub").mkdir()
    monkeypatch.chdir(cli.home)
    assert cli("init", "--demo", "--store", named).code == 0
    assert Path(named).is_file()
    assert cli("show", "--json", SUBCTL_STORE=named).json["space"]["id"] == "acme"
    assert cli("__complete", "spaces", "ac", SUBCTL_STORE=named).out == "acme\tAcme\n"
    assert cli("config", "set", "store", named, "--json").json["changed"] is True
    assert cli("show", "--json", SUBCTL_STORE="").json["space"]["id"] == "acme"


@pytest.mark.parametrize("number", ["INV-2026-0001", "O-2026-0001", "Q-2026-0001"])
def test_a_document_shows_the_same_after_its_surroundings_changed(used, number):
    """pricing.md 7.2: a later catalog, or new details of the buyer, change no old document but its status."""
    before = used("show", number, "--json").json
    assert before.get("status") == {"Q": "stale", "I": "open"}.get(number[0])
    ((content,),) = used.sql("SELECT content FROM catalogs")
    catalog = json.loads(content)
    catalog["valid_from"] = "2026-03-16"
    catalog["seller"] |= {"name": "Another Seller", "vat_rate": "5"}
    catalog["plans"]["starter"] |= {"title": "Other", "annual": "999.00"}
    used.sql("INSERT INTO catalogs VALUES (2, 'import', '2026-03-16', '2026-03-15', ?)", json.dumps(catalog))
    used.sql("INSERT INTO buyers (id, name, address, country) VALUES (99, 'Another Name', 'Elsewhere', 'US')")
    used.sql("UPDATE spaces SET buyer = 99")
    page = used("show", "--today", "2026-03-16", "--json").json
    assert (page["space"]["name"], page["next_invoice"]["vat_category"]) == ("Another Name", "O")
    for today in ("2026-03-15", "2026-03-16", "2028-01-01"):
        late: dict[str, dict[str, object]] = {"Q": {"status": "expired"}, "I": {"overdue": True}}
        later = late.get(number[0], {}) if today == "2028-01-01" else {}
        assert used("show", number, "--today", today, "--json").json == {**before, **later}


def test_what_comes_next_follows_the_new_surroundings(used):
    """pricing.md 3.4, 7.2: the next recurring invoice has the catalog of its day and the buyer of its day."""
    ((content,),) = used.sql("SELECT content FROM catalogs")
    catalog = json.loads(content)
    catalog["valid_from"] = "2026-06-01"
    catalog["plans"]["starter"]["annual"] = "120.00"
    used.sql("INSERT INTO catalogs VALUES (2, 'import', '2026-06-01', '2026-03-15', ?)", json.dumps(catalog))
    draft = used("show", "--json").json["next_invoice"]
    assert [line["rate"] for line in draft["lines"]] == ["120.00", "250.00"]
    assert draft["net"] == "2450.00"
