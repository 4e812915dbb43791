"""Seals: rows are hashed as they are written, as SQLite would write them where they are read again."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from contextlib import closing

import pytest

from subctl.service.session import reading
from subctl.store import history, seal
from subctl.store.sqlite.connection import Connection
from subctl.store.tables import INVOICES, QUOTES, Row, Table
from tests.support.callers import caller
from tests.support.cli import Cli

TEXTS = ("", "Acme", "it's", "''", "O'Neill, NULL", ",NULL", "ligne\nligne", "Żółw", "0", "1e5", "a\\b", "\U0001f600")


def value(chance: random.Random, kind: str) -> object:
    if kind.endswith("?") and chance.random() < 0.5:
        return None
    return chance.choice((0, 7, -5, 2**40)) if kind.startswith("int") else chance.choice(TEXTS)


def rows_of(table: Table, chance: random.Random, count: int) -> list[Row]:
    """Return rows whose ids rise, with gaps; many end alike, as invoices do."""
    ends = [tuple(value(chance, kind) for kind in list(table.kinds.values())[2:]) for _ in range(5)]
    ids = sorted(chance.sample(range(1, 10 * count), count))
    second = list(table.kinds.values())[1]
    return [(place, value(chance, second), *chance.choice(ends)) for place in ids]


@pytest.fixture
def loose():
    """Lend a database whose tables have the columns of a store's, and none of its constraints."""
    with closing(sqlite3.connect(":memory:", isolation_level=None, factory=Connection)) as connection:
        for table in seal.TABLES:
            columns = ", ".join(
                f'"{name}" {"INTEGER" if kind.startswith("int") else "TEXT"}' for name, kind in table.kinds.items()
            )
            connection.execute(f"CREATE TABLE {table.name} ({columns})")
        yield connection


@pytest.mark.parametrize("table", seal.TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("seed", range(5))
def test_rows_in_hand_have_the_hash_of_those_that_are_read(loose, table, seed):
    """To the byte: quotes, commas, other letters, numbers as text, nulls in the middle and at the end."""
    rows = rows_of(table, random.Random(seed), 40)
    before, first, second = rows[:10], rows[10:12], rows[12:]
    loose.insert(table, before)
    for some in (first, second):
        seal.coming(loose, table).add(table, some)
        loose.insert(table, some)
    last = before[-1][0]
    in_hand = loose.coming[table.name].part()
    assert in_hand == seal.part(loose, table.name, last)
    assert in_hand.last == rows[-1][0]


@pytest.mark.parametrize("table", seal.TABLES, ids=lambda table: table.name)
def test_a_row_is_hashed_as_it_is_quoted(loose, table):
    """To the byte, for ever: SQL's literals with commas between, but for the nulls at the end; a line for each row."""
    rows = [
        *rows_of(table, random.Random(7), 40),
        (10**6, *("NULL" if kind[0] == "t" else 1 for kind in list(table.kinds.values())[1:])),
    ]
    loose.insert(table, rows)
    digest = hashlib.sha256()
    quoted = ", ".join(f'quote("{column}")' for column in table.columns)
    for row in loose.execute(f"SELECT {quoted} FROM {table.name} ORDER BY id"):
        values = list(row)
        while values[-1] == "NULL":
            values.pop()
        digest.update(f"{','.join(values)}\n".encode())
    assert seal.part(loose, table.name, 0) == seal.Part(rows[-1][0], digest.hexdigest())


def sealed(loose, table, last, *rows):
    """Write rows after those up to `last` were sealed, and return the next seal of their table."""
    seal.coming(loose, table).add(table, rows)
    loose.insert(table, rows)
    previous = {**seal.UNSEALED, table.name: seal.Part(last, None)}
    return seal.next_seal(loose, previous)[table.name]


def test_what_nobody_has_in_hand_is_read(loose):
    """Rows that came past the program since the newest seal, and texts that SQLite doesn't keep whole."""
    old, new, newer = rows_of(INVOICES, random.Random(3), 3)
    loose.insert(INVOICES, [old])
    assert sealed(loose, INVOICES, 0, new) == seal.part(loose, "invoices", old[0])
    cut = (newer[0], "a\0b", *newer[2:])
    assert sealed(loose, INVOICES, new[0], cut) == seal.part(loose, "invoices", new[0])


def test_rows_out_of_order_are_read(loose):
    first, second = rows_of(INVOICES, random.Random(4), 2)
    assert sealed(loose, INVOICES, 0, second, first) == seal.part(loose, "invoices", 0)


def test_a_seal_is_of_its_own_entry(loose):
    """What was sealed comes no more; without new rows there is no hash."""
    (row,) = rows_of(INVOICES, random.Random(5), 1)
    found = sealed(loose, INVOICES, 0, row)
    assert loose.coming == {}
    again = seal.next_seal(loose, {**seal.UNSEALED, "invoices": found})
    assert again["invoices"] == seal.Part(row[0], None)


def test_a_row_that_was_slipped_in_stays_without_a_seal(loose):
    """Nobody wrote to its table: the next entry takes it for none of its own, and `check` names it."""
    slipped, own = *rows_of(INVOICES, random.Random(6), 1), *rows_of(QUOTES, random.Random(6), 1)
    loose.insert(INVOICES, [slipped])
    seal.coming(loose, QUOTES).add(QUOTES, [own])
    loose.insert(QUOTES, [own])
    found = seal.next_seal(loose, {**seal.UNSEALED})
    assert found == {**seal.UNSEALED, "quotes": seal.part(loose, "quotes", 0)}


def test_writing_no_rows_seals_none(loose):
    """A bill run over free periods issues nothing."""
    assert sealed(loose, INVOICES, 0) == seal.Part(0, None)


def test_a_run_hashes_what_it_writes(demo: Cli):
    """The seals of a whole life are those over what is in the store afterwards."""
    for month in range(4, 8):
        assert demo("bill", "--today", f"2026-{month:02d}-01").code == 0
    with reading(caller(demo, "check")) as session:
        after = seal.UNSEALED
        for _, entry, _ in list(history.entries(session.connection)):
            parts = seal.read(entry.seal)
            for table, part in parts.items():
                assert part == seal.part(session.connection, table, after[table].last, part.last)
            after = parts
    assert after["invoices"].hash is not None
