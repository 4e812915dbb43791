"""The seal of the state: one sum over every row that says what is so now, kept in each entry of the history.

The sum is of the rows' hashes, modulo 2^2048: a write adds the new row's and takes the old one's away, whatever the
size of the store, and a check sums once over the tables. How far a contract is billed has a hash of its own, for the
bill run moves it for all of them. Documents are under `seal`; the history is under its own chain.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from subctl.store import digests
from subctl.store.tables import (
    ADMINISTRATORS,
    BUYERS,
    CATALOGS,
    COLLECTION_DROPS,
    CONTRACTS,
    CORRECTIONS,
    ENTRIES,
    IGNORED,
    MANDATE_ENDS,
    MANDATES,
    MIGRATIONS,
    SPACES,
    STEPS,
    STORE,
    WITHDRAWALS,
    Row,
    Table,
)

TABLES = (
    STORE,
    CATALOGS,
    BUYERS,
    SPACES,
    ADMINISTRATORS,
    CONTRACTS,
    STEPS,
    WITHDRAWALS,
    ENTRIES,
    MANDATES,
    MANDATE_ENDS,
    IGNORED,
    COLLECTION_DROPS,
    CORRECTIONS,
    MIGRATIONS,
)

_BYTES = 256
_MODULUS = 1 << 8 * _BYTES
_UNTIL = CONTRACTS.columns.index("billed_until")


def _without_nulls(row: Row) -> Row:
    """Return a row without the nulls at its end: the hash of one that is older than a column doesn't know it."""
    end = len(row)
    while row[end - 1] is None:
        end -= 1
    return row[:end]


def _hash(value: Row) -> int:
    """Hash a row; its text is the same for ever, for `ascii` knows no letters but ASCII's."""
    return int.from_bytes(digests.shake_256(ascii(value).encode(), _BYTES))


def row_hash(table: Table, row: Row) -> int:
    """Return what a row adds to the sum."""
    if table is CONTRACTS:
        rest = (*row[:_UNTIL], *row[_UNTIL + 1 :])
        return _hash((table.name, _without_nulls(rest))) + billed_hash(row[0], row[_UNTIL])
    return _hash((table.name, _without_nulls(row)))


def billed_hash(space: str, until: str) -> int:
    """Return what a contract adds to the sum for how far it is billed."""
    return _hash(("billed_until", space, until))


def sum_of(table: Table, rows: Iterable[Row]) -> int:
    """Return what rows of a table add to the sum."""
    return sum(row_hash(table, row) for row in rows)


def total(connection: sqlite3.Connection) -> int:
    """Return the sum over all tables, row by row (`store_damaged` where a row can't be read).

    In a file of an older schema what came later is missing: no row adds anything for it.
    """
    digests.many_to_come()
    found = 0
    for table in TABLES:
        rows = connection.execute(_query(connection, table))
        found = (found + sum_of(table, map(table.sound, rows))) % _MODULUS
    return found


def _query(connection: sqlite3.Connection, table: Table) -> str:
    there = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table.name})")}
    if not there:
        return "SELECT 1 WHERE 0"
    columns = (f'"{column}"' if column in there else "NULL" for column in table.columns)
    return f"SELECT {', '.join(columns)} FROM {table.name}"


def text(state: int) -> str:
    """Write a sum as it stands in the history."""
    return f"{state % _MODULUS:0{2 * _BYTES}x}"


def read(stored: str) -> int:
    """Return the sum of an entry (ValueError)."""
    return int(stored, 16)
