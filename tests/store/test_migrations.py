"""Stores of older schemas: brought to today's by the first command that writes, with a backup beside.

`schema_1.db` has the life of `tests/cli/test_check.py`, a refusal, and a catalog to come; `schema_2.sql` has twenty
lives (`tests/support/old_stores.py`).
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from subctl.store import documents, listing, read
from subctl.store.ahead import read_ahead
from subctl.store.entries import as_entered
from subctl.store.sqlite.connection import SCHEMA_VERSION
from subctl.store.sqlite.visit import reading
from tests.support import old_stores
from tests.support.stores import VICTIM

HEAD = "14b2125889402d9b5cb9d70b97c4b21e33a350e3eb44500efce8bb369ddd524b"
COUNTS = {
    "spaces": 2,
    "quotes": 2,
    "orders": 4,
    "invoices": 5,
    "history": 15,
    "payments": 0,
    "collections": 0,
    "reminders": 0,
}


@pytest.fixture
def old(cli):
    """Commands on a store of schema 1 that this account administers."""
    old_stores.put(1, cli.store)
    return cli


_DETAILS = """
street postcode city legal_id endpoint contact phone email tax_id bic terms notes buyer_reference e_invoice
credits_date credited_by language payment mandate payment_reference cancellation sandbox status
paid open overdue credit replaces replaces_date replaced_by reason payments collections reminders
"""

ADDED = frozenset({"compared", "licences", "spaces", "more", "buyer", "vat_category", "vat_rate", *_DETAILS.split()})
"""Keys of documents that came after the stores in these tests were written."""


UNSAID = " was not checked with VIES"
"""What previews said in a note that is the invoice's now."""


def as_before(document, before):
    """Return a document with only those of the added keys that it had before."""
    if isinstance(document, dict):
        assert set(document) <= set(before) | ADDED
        return {key: as_before(document[key], value) for key, value in before.items()}
    if isinstance(document, list):
        assert len(document) == len(before)
        return [as_before(*pair) for pair in zip(document, before, strict=True)]
    return before if isinstance(before, str) and document == before.replace(UNSAID, "") else document


def print_again(cli, version):
    """Return what the commands that once printed a store print of it now, and what they printed then."""
    before = old_stores.printed(version)
    for item in before["admin list"]["items"]:
        if item["id"] == "4711":
            item.update(id=str(os.getuid()), account="tester")
    now = {words: cli(*words.split(), "--json").json for words in before}
    return {words: as_before(document, before[words]) for words, document in now.items()}, before


FIRST_WRITES = {
    1: ("quote", "--users", "9", "--space", "atelier"),
    2: ("quote", "--users", "5", "--space", "mike"),
    3: ("quote", "--users", "9", "--space", "acme"),
    4: ("quote", "--users", "9", "--space", "acme"),
    5: ("quote", "--users", "9", "--space", "acme"),
}


@pytest.mark.parametrize("schema", old_stores.VERSIONS)
def test_every_document_is_printed_as_it_was(cli, schema):
    """safety.md: before the first write, and after it but for what that write added."""
    old_stores.put(schema, cli.store)
    now, before = print_again(cli, schema)
    assert now == before
    written = [words for words in before if words.startswith("show") and "--space" not in words]
    assert cli(*FIRST_WRITES[schema]).code == 0
    assert cli("check", "--json").json["ok"] is True
    assert {words: as_before(cli(*words.split(), "--json").json, before[words]) for words in written} == {
        words: before[words] for words in written
    }


def beside(cli) -> list[str]:
    return sorted(path.name for path in cli.home.iterdir())


def rename(cli, name: str) -> None:
    """Change a buyer's name behind the back of the trigger that forbids it."""
    ((trigger,),) = cli.sql("SELECT sql FROM sqlite_master WHERE name = 'buyers_no_update'")
    cli.sql("DROP TRIGGER buyers_no_update")
    cli.sql("UPDATE buyers SET name = ? WHERE id = 1", name)
    cli.sql(trigger)


def version(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return found


@pytest.mark.parametrize(
    "words",
    [("show",), ("show", "INV-2026-0001"), ("list", "invoices"), ("forecast", "--space", "atelier"), ("history",),
     ("quote", "--users", "9", "--space", "atelier", "--dry-run"), ("check",), ("bill", "--dry-run")],
    ids=" ".join,
)  # fmt: skip
def test_reading_an_old_store_changes_nothing(old, words):
    """safety.md: what is read is a copy in today's schema; the file stays as it is, byte for byte."""
    before = old.bytes
    assert old(*words).text
    assert (old.bytes, beside(old)) == (before, ["contracts.db"])


def test_what_an_old_store_says_is_the_same_after_its_migration(old):
    """safety.md: every document, and the history with its hashes; the first write adds the migration's and its own."""
    numbers = [f"INV-2026-000{place}" for place in range(1, 6)] + [f"O-2026-000{place}" for place in range(1, 5)]
    asked = [("show", number, "--json") for number in (*numbers, "Q-2026-0001", "Q-2026-0002", "--space=atelier")]
    before = [old(*words).json for words in asked]
    assert old("check", "--json").json == {
        "schema": "check/1", "ok": True, "counts": COUNTS, "problems": [], "head": HEAD,
    }  # fmt: skip
    assert old("downgrade", "--users", "3", "--space", "atelier", "--yes").code == 4  # the refusal is written down
    assert version(old.store) == SCHEMA_VERSION
    after = [old(*words).json for words in asked]
    assert after == before
    checked = old("check", "--head", HEAD, "--json").json
    assert (checked["ok"], checked["counts"]) == (True, {**COUNTS, "history": 17})


def test_a_migration_is_an_entry_of_the_history(old):
    """safety.md: by the account that ran it, on the store's last day, before the write it was made for."""
    ((day,),) = old.sql("SELECT last_write FROM store")
    assert old("quote", "--users", "9", "--space", "atelier").code == 0
    items = old("history", "--limit", "2", "--json").json["items"]
    assert [(item["action"], item["space"]) for item in items] == [("quote", "atelier"), ("migrate", None)]
    migration = items[1]
    assert (migration["date"], migration["uid"], migration["detail"]) == (
        day,
        os.getuid(),
        {"from": 1, "to": SCHEMA_VERSION},
    )


def test_what_an_order_was_decided_on_is_needed(old):
    """safety.md: where it can't be read the store is damaged, and stays as it is."""
    old.sql("DROP TRIGGER orders_no_update")
    old.sql("UPDATE orders SET before = 'x'")
    before = old.bytes
    assert old("quote", "--users", "9", "--space", "atelier", "--json").refusal[:3] == (
        8,
        "store_damaged",
        "The store is damaged: what an order was decided on can't be read.",
    )
    assert old.bytes == before


ENTERED = "SELECT space, entered_on, start, billed_until, plan, users, licences, billing, anchor FROM entries"


def test_what_spaces_were_entered_with_is_as_their_first_orders_knew_it(cli):
    """pricing.md 7.3: for spaces with and without orders, whatever was ordered since."""
    old_stores.put(2, cli.store)
    assert cli("bill").code == 0
    assert cli(*FIRST_WRITES[2]).code == 0
    entered = {space: row for space, *row in cli.sql(ENTERED)}
    assert len(entered) == 20
    day = "2026-01-10"
    assert {space: entered[space] for space in ("acme", "atelier", "bosch", "delta", "nova", "romeo")} == {
        "acme": [day, "2025-07-01", "2026-07-01", "starter", 10, '{"zoom":2}', "annual", "2025-07-01"],
        "atelier": [day, "2025-07-01", "2026-02-01", "starter", 10, '{"zoom":2}', "monthly", None],
        "bosch": [day, "2025-09-15", "2026-09-15", "pro", 4, "{}", "annual", "2026-09-15"],
        "delta": [day, "2025-03-01", "2026-03-01", "starter", 20, "{}", "annual", "2025-03-01"],
        "nova": [day, "2026-12-01", "2026-12-01", "pro", 3, "{}", "annual", "2026-12-01"],
        "romeo": [day, "2025-01-01", "2026-02-01", "starter", 40, "{}", "monthly", None],
    }


def test_a_contract_is_made_anew_as_it_was_entered(cli):
    """pricing.md 7.3: what the first order was decided on, or what is so still, but for what was billed since."""
    old_stores.put(2, cli.store)
    assert cli(*FIRST_WRITES[2]).code == 0
    with reading(cli.store) as connection:
        for space in read.space_ids(connection):
            now, orders = read.contract(connection, space), listing.orders(connection, listing.Sought([space]), 100)
            then = documents.before_of(connection, orders[-1]) if orders else now
            rows = read_ahead(connection, [space])[space]
            billed = read.first_billed(rows.contract)
            assert as_entered(rows.entry) == then._replace(billed_until=billed, end=None, version=1)


def test_how_a_space_pays_is_its_buyers_from_now_on(cli):
    """pricing.md 7.2: of the details that are used next; those of earlier documents never had it."""
    old_stores.put(2, cli.store)
    assert cli(*FIRST_WRITES[2]).code == 0
    assert cli.sql("SELECT id, payment, iban FROM buyers WHERE id IN (1, 2, 3, 21, 22) ORDER BY id") == [
        (1, None, None),
        (2, "invoice", None),
        (3, "direct-debit", "DE89370400440532013000"),
        (21, "direct-debit", "NL91ABNA0417164300"),
        (22, "card", None),
    ]


def test_the_table_of_migrations_counts(demo):
    """pricing.md 7.3: a name that is missing, or that nobody knows, is damage."""
    for statement in ("DELETE FROM _sqlite_migrations WHERE id = 3", "UPDATE _sqlite_migrations SET name = 'x'"):
        demo.prepare(("init", "--demo"))
        demo.sql(statement + (" WHERE id = 2" if "UPDATE" in statement else ""))
        assert "The table of migrations doesn't name those that made the store." in demo("check").out


def test_the_first_write_keeps_the_old_file_beside(old):
    """safety.md: a complete backup under a name that says what it is, for the same people as the store."""
    before = old.sql("SELECT * FROM history"), old.sql("SELECT * FROM invoices")
    old.store.chmod(0o640)
    assert old("quote", "--users", "9", "--space", "atelier").code == 0
    assert (version(old.store), beside(old)) == (
        SCHEMA_VERSION,
        ["contracts.db", "contracts.db.schema-1.old"],
    )
    kept = old.home / "contracts.db.schema-1.old"
    assert (version(kept), kept.stat().st_mode & 0o777) == (1, 0o640)
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT * FROM history").fetchall() == before[0]
        assert connection.execute("SELECT * FROM invoices").fetchall() == before[1]
    assert old("quote", "--users", "8", "--space", "atelier").code == 0
    assert beside(old) == ["contracts.db", "contracts.db.schema-1.old"]


def test_an_old_backup_can_be_brought_back(old):
    """safety.md: and is brought up to date again, under a second name for what is kept."""
    assert old("quote", "--users", "9", "--space", "atelier").code == 0
    assert old("restore", str(old.home / "contracts.db.schema-1.old"), "--yes").code == 0
    assert version(old.store) == 1
    assert old("quote", "--users", "9", "--space", "atelier", "--json").json["quote"] == "Q-2026-0003"
    assert {"contracts.db.schema-1.old", "contracts.db.schema-1-1.old"} < set(beside(old))
    assert old("check", "--json").json["ok"] is True


def test_what_was_altered_before_the_migration_is_found_by_the_rules_alone(old):
    """safety.md: seals begin with the migration; the first one covers all that was there by then."""
    rename(old, "Other")
    assert old("check", "--json").json["ok"] is True
    assert old("quote", "--users", "9", "--space", "atelier").code == 0
    rename(old, "Acme")
    done = old("check", "--json")
    assert done.code == 8
    assert "The buyer details are not what entry 16 of the history sealed." in done.out


def test_a_migration_that_can_not_be_backed_up_is_not_made(old):
    """safety.md: no backup, no migration."""
    before = old.bytes
    limit = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000));"
    run = (
        f"{limit} from subctl.cli.app import run; sys.argv[1:] = ['quote', '--users', '9', '--space', 'atelier']; run()"
    )
    done = old.python("-c", run, COVERAGE_PROCESS_START="", COVERAGE_PROCESS_CONFIG="")  # their files are limited too
    assert (done.code, done.out, done.err.splitlines()[1]) == (
        8,
        "",
        "Nothing was changed. See whether the disk is full.",
    )
    assert (old.bytes, beside(old)) == (before, ["contracts.db"])


def test_killed_at_any_statement_a_migration_happened_or_did_not(old):
    """safety.md: the file is of one version or the other, whole, and the same command again finishes."""
    words = ("quote", "--users", "9", "--space", "atelier", "--json")
    done = old.python(str(VICTIM), str(old.store), str(old.home / "killed"), *words)
    killed, code = map(int, done.text.split())
    assert (killed > 50, code) == (True, 0)
    found = set()
    for place in range(1, killed + 1):
        old.store = old.home / "killed" / str(place) / "contracts.db"
        found.add(version(old.store))
        if place % 10 == 0:
            assert old("check", "--json").json["ok"] is True
            assert old(*words).json["quote"] == "Q-2026-0003"
            assert old("check", "--json").json["ok"] is True
    assert found == {1, SCHEMA_VERSION}


def test_a_name_that_two_accounts_had_in_turn_is_the_newer_ones(cli):
    """safety.md: since schema 6 a right is found by its account's name; the older keeps his, and goes by his uid."""
    old_stores.put(5, cli.store)
    mine = (os.getuid(), "tester", "")
    for uid, space in ((4711, ""), (4712, "acme"), (4713, "acme"), (4713, "kiosk")):
        cli.sql("INSERT INTO administrators (uid, space, account) VALUES (?, ?, ?)", uid, space, "erin")
    assert cli("quote", "--users", "9", "--space", "acme").code == 0
    assert cli.sql("SELECT uid, account, space FROM administrators ORDER BY space, account") == [
        (4711, "erin", ""),
        mine,
        (4712, "#4712", "acme"),
        (1, "daemon", "acme"),
        (4713, "erin", "acme"),
        (4713, "erin", "kiosk"),
    ]


def test_no_account_has_a_right_twice(demo):
    """safety.md: neither under two names, nor under one."""
    ((uid, account),) = demo.sql("SELECT uid, account FROM administrators")
    for row in ((uid, "", "other"), (uid + 1, "", account), (None, "", account)):
        with pytest.raises(sqlite3.IntegrityError):
            demo.sql("INSERT INTO administrators (uid, space, account) VALUES (?, ?, ?)", *row)
