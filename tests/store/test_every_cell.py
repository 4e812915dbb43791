"""Every cell of every table turned over, every row deleted and doubled: a check finds each (pricing.md 7.3, safety.md).

The store is the one of twenty lives that an older program wrote, brought to today's schema and lived on in. What is
under the seal of the state, under those of documents or in the chain of the history is asked of these alone; that a
check as a whole says so is tried for one of each table.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest

from subctl.service.check import beside
from subctl.service.check.seals import altered_state, state_faults, unlike
from subctl.store import history, seal, state, tables
from subctl.store.sqlite.connection import Connection
from subctl.store.sqlite.visit import writing
from subctl.store.tables import ADMINISTRATORS, HISTORY, SPACES, TABLES, Table
from subctl.store.write import insert_rows
from tests.support import old_stores
from tests.support.cli import Cli
from tests.support.files import Files

LATER = (
    ("quote", "--users", "5", "--space", "mike"),
    ("order", "Q-2026-0007"),
    ("upgrade", "--users", "30", "--space", "acme", "--yes"),
    ("withdraw", "O-2026-0022", "--yes"),
    ("downgrade", "--users", "2", "--space", "papa", "--yes"),
    ("cancel", "--space", "delta", "--yes"),
    ("space", "add", "tango", "--name", "Tango", "--plan", "pro", "--users", "3", "--zoom", "1"),
    ("space", "add", "uni", "--name", "Uni", "--plan", "pro", "--users", "3", "--active-users", "2"),
    ("admin", "add", "bin", "--space", "tango"),
    ("admin", "remove", "bin", "--space", "tango"),
    ("space", "set", "tango", "--payment", "direct-debit", "--iban", "NL91ABNA0417164300"),
    *(
        ("mandate", "add", f"M-{space}", "--space", space, "--signed", "2026-01-01", "--iban", "NL91ABNA0417164300")
        for space in ("acme", "papa", "tango")
    ),
    ("bill", "--today", "2026-07-01"),
    *(("mandate", "end", f"M-{space}") for space in ("acme", "papa", "tango")),
    ("pay", "INV-2026-0001", "--amount", "9000", "--source", "X/1", "--reference", "7", "--yes"),
    ("pay", "--amount", "10", "--space", "papa", "--date", "2026-06-30", "--source", "X/2", "--yes"),
    ("pay", "--undo", "P-2026-0002", "--yes"),
    *(("pay", "--ignore", f"X/{place}", "--yes") for place in (7, 8, 9)),
    ("space", "set", "papa", "--reference", "PO-1"),
    ("remind", "--yes"),
    *(("correct", f"INV-2026-00{place}", "--yes") for place in (11, 38, 45)),
)


FIRST, DAY = 20_260_000_000_001, "2026-07-01"
WRITTEN: dict[Table, list[tuple[object, ...]]] = {
    tables.COLLECTIONS: [(FIRST + place, DAY, "2026-07-03", '{"v":1,"catalog":1,"items":[]}') for place in range(3)],
    tables.COLLECTION_DROPS: [(FIRST + place, DAY) for place in range(3)],
}
"""Rows that no command of this life writes."""


def lived(cli: Cli) -> Cli:
    """Put the store of twenty lives in place, and live on in it."""
    old_stores.put(2, cli.store)
    for words in LATER:
        assert cli(*words).code == 0, words
    now = datetime(2026, 7, 1, tzinfo=UTC)
    with writing(cli.store, now, os.getuid(), "tester") as connection:
        for table, rows in WRITTEN.items():
            insert_rows(connection, table, rows)
        history.add(connection, history.entry(now, now.date(), os.getuid(), "tester", "pay", None, {}))
    return cli


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The store of the lives, sound as it is."""
    folder = tmp_path_factory.mktemp("lived")
    cli = lived(Cli(folder, Files(folder)))
    assert cli("check", "--json").json["ok"] is True
    return cli


@pytest.fixture(scope="module")
def store(made):
    """The store in memory, without what keeps rows as they are."""
    with closing(sqlite3.connect(":memory:", isolation_level=None, factory=Connection)) as copy:
        with closing(sqlite3.connect(made.store)) as file:
            file.backup(copy)
        unguard(copy)
        yield copy


def unguard(connection: sqlite3.Connection) -> None:
    """Take the triggers and constraints away that stand in the way of somebody who has the file."""
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")


@contextmanager
def altered(connection: sqlite3.Connection, statement: str, values: tuple[object, ...]) -> Iterator[None]:
    """Do something to one row, and undo it."""
    connection.execute("BEGIN")
    try:
        assert connection.execute(statement, values).rowcount == 1, (statement, values)
        yield
    finally:
        connection.execute("ROLLBACK")


def found(connection: Connection, table: Table) -> bool:
    """Tell whether what holds this table sees that it isn't as it was."""
    return (
        (table in state.TABLES and altered_state(connection) is not None)
        or (table in seal.TABLES and any(unlike(connection)))
        or (table is HISTORY and any(beside._history(connection)))
    )


def other(value: object, column: str) -> object:
    """Return another value than this one, of its kind."""
    if isinstance(value, int):
        return value + 10**9
    return f"{value}x" if value is not None else 7 if column in INTEGERS else "x"


UNIQUE = {
    "administrators": ["uid"],
    "entries": ["space"],
    "history": ["hash"],
    "mandates": ["name"],
    "orders": ["quote"],
    "payments": ["source"],
    "corrections": ["credit_note", "replacement"],
    "_sqlite_migrations": ["name"],
}
INTEGERS = {"order", "credits", "quote", "credit_note", "of"}
ALL = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


def rows(connection: sqlite3.Connection, table: Table) -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT {table.selected} FROM {table.name}").fetchall()


def where(table: Table) -> str:
    return " AND ".join(f'"{column}" = ?' for column in table.key)


def doubled(table: Table, row: tuple[object, ...]) -> tuple[object, ...]:
    """Return a row again, under another key; what else is unique differs too."""
    unique = {*table.key, *UNIQUE.get(table.name, ())}
    cells = zip(table.columns, row, strict=True)
    return tuple(other(value, column) if column in unique else value for column, value in cells)


def test_the_store_has_every_kind_of_row(store):
    """Otherwise nothing would be tried."""
    for name, table in TABLES.items():
        assert len(rows(store, table)) >= (1 if name == "store" else 3), name
    assert {rules for (rules,) in store.execute("SELECT rules FROM invoices")} == {1, 2}


@ALL
def test_every_cell(store, table):
    """Whatever is turned over, in whatever row."""
    missed = []
    for row in rows(store, table):
        for column, value in zip(table.columns, row, strict=True):
            statement = f'UPDATE {table.name} SET "{column}" = ? WHERE {where(table)}'
            with altered(store, statement, (other(value, column), *table.key_of(row))):
                if not found(store, table):
                    missed.append((table.key_of(row), column))
    assert missed == []


@ALL
def test_every_row_deleted(store, table):
    """Of the history all but the newest: who cuts it there is found by a head that was kept (safety.md)."""
    every = rows(store, table)
    missed = []
    for row in every:
        with altered(store, f"DELETE FROM {table.name} WHERE {where(table)}", table.key_of(row)):
            if not found(store, table):
                missed.append(table.key_of(row))
    assert missed == ([table.key_of(every[-1])] if table is HISTORY else [])


@ALL
def test_every_row_doubled(store, table):
    """Nothing comes from nowhere."""
    missed = []
    for row in rows(store, table):
        with altered(store, table.inserting, doubled(table, row)):
            if not found(store, table):
                missed.append(table.key_of(row))
    assert missed == []


def named(connection: Connection) -> str:
    """Return what a check says once the sum has shown that something is altered.

    Not of whoever runs the tests: the old store was made by another, whose right the tests have given to him.
    """
    mine = f"account {os.getuid()} to the store", f"account {old_stores.MAKER} to the store"
    messages = [fault.message for fault in state_faults(connection, altered_state(connection))]
    return "\n".join(message for message in messages if not any(each in message for each in mine))


def test_a_cell_of_a_space_names_it(store):
    """Its buyer, its active users, its lock, as far as an entry of the history says what they were.

    An older program kept no number of active users where a space was added: the sum alone finds those.
    """
    unsaid = []
    for space, *values in rows(store, SPACES):
        for column, value in zip(SPACES.columns[1:], values, strict=True):
            with altered(store, f'UPDATE spaces SET "{column}" = ? WHERE id = ?', (other(value, column), space)):
                said = f"{space}: {column.replace('_', ' ')}: another than the history says."
                if said not in named(store).split("\n"):
                    unsaid.append((space, column))
    never_set = (
        {space for (space,) in store.execute("SELECT space FROM entries")}
        - {
            "tango",
            "uni",
        }
        - {space for (space,) in store.execute("SELECT space FROM history WHERE action = 'space set'")}
    )
    assert unsaid == [(space, "active_users") for space in sorted(never_set)]


def test_a_space_with_anothers_buyer_is_named(store):
    """An invoice would go to somebody else."""
    with altered(
        store, "UPDATE spaces SET buyer = (SELECT buyer FROM spaces WHERE id = 'acme') WHERE id = ?", ("mike",)
    ):
        assert named(store).split("\n")[1:] == ["mike: buyer: another than the history says."]


def test_a_space_that_is_gone_or_came_from_nowhere_is_named(store):
    """Whatever else was taken out with it."""
    with altered(store, "DELETE FROM spaces WHERE id = ?", ("tango",)):
        assert named(store).split("\n")[1:] == ["The space tango is gone."]
    with altered(store, "INSERT INTO spaces VALUES (?, 1, 0, 0)", ("mallory",)):
        assert named(store).split("\n")[1:] == ["The history knows no space mallory."]


def test_a_right_that_is_altered_is_named(store):
    """Every cell of every administrator, one that is gone, and one that nobody added."""
    others = [row for row in rows(store, ADMINISTRATORS) if row[:2] != (os.getuid(), "")]
    assert len(others) > 1
    for uid, space, account in others:
        said = f"The right of the account {uid} to the {f'space {space}' if space else 'store'} is not what"
        key = "uid = ? AND space = ?"
        for statement in (
            f"UPDATE administrators SET account = 'x' WHERE {key}",
            f"UPDATE administrators SET uid = uid + 9 WHERE {key}",
            f"UPDATE administrators SET space = 'mike' WHERE {key}",
            f"DELETE FROM administrators WHERE {key}",
        ):
            with altered(store, statement, (uid, space)):
                assert said in named(store), (statement, account)
    with altered(store, "INSERT INTO administrators VALUES (4711000, ?, 'mallory')", ("acme",)):
        assert "The right of the account 4711000 to the space acme is not what" in named(store)


def test_a_history_that_is_altered_too_names_nobody(store):
    """Its chain is broken, and says so itself."""
    with altered(store, "UPDATE spaces SET locked = 1 WHERE id = ?", ("mike",)):
        store.execute("UPDATE history SET detail = 'x' WHERE id = 3")
        assert named(store).count("\n") == 0


@ALL
@pytest.mark.parametrize("what", ["turned over", "deleted", "doubled"])
def test_a_check_says_so(cli, made, table, what):
    """Exit 8, for one row of each table."""
    cli.put(made.bytes)
    with closing(sqlite3.connect(cli.store)) as connection, connection:
        unguard(connection)
        row = rows(connection, table)[:2][-1]  # not the first: without this administrator nobody checks
        key = table.key_of(row)
        if what == "deleted":
            connection.execute(f"DELETE FROM {table.name} WHERE {where(table)}", key)
        elif what == "doubled":
            connection.execute(table.inserting, doubled(table, row))
        else:
            place = len(row) - 1
            statement = f'UPDATE {table.name} SET "{table.columns[place]}" = ? WHERE {where(table)}'
            connection.execute(statement, (other(row[place], table.columns[place]), *key))
    assert cli("check", "--json").code == 8
