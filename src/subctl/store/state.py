"""The seal of the state: one sum over every row that says what is so now, kept in each entry of the history.

The sum is of the rows' hashes, modulo 2^2048: a write adds the new row's and takes the old one's away, whatever the
size of the store, and a check sums once over the tables. How far a contract is billed has a hash of its own, for the
bill run moves it for all of them. Documents are under `seal`; the history is under its own chain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from subctl.store.connection import Connection

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


def _values(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield what is hashed of rows."""
    for row in rows:
        if table is CONTRACTS:
            yield table.name, _without_nulls((*row[:_UNTIL], *row[_UNTIL + 1 :]))
            yield "billed_until", row[0], row[_UNTIL]
        else:
            yield table.name, _without_nulls(row)


def _sum(values: Iterable[Row]) -> int:
    """Return the sum of hashes; a value's text is the same for ever, for `ascii` knows no letters but ASCII's."""
    texts = (ascii(value).encode() for value in values)
    return sum(map(int.from_bytes, digests.shake_256(texts, _BYTES)))


def sum_of(table: Table, rows: Iterable[Row]) -> int:
    """Return what rows of a table add to the sum."""
    return _sum(_values(table, rows))


def sum_billed(until: Iterable[tuple[str, str]]) -> int:
    """Return what contracts add to the sum for how far they are billed: each is a space and a day."""
    return _sum(("billed_until", space, day) for space, day in until)


Columns = Mapping[str, Collection[str]]
"""Which columns each table of the state has; in a store of an older schema there are fewer, or none."""

TODAY: Columns = {table.name: table.columns for table in TABLES}


def total(connection: Connection, there: Columns = TODAY) -> int:
    """Return the sum over all tables, row by row (`store_damaged` where a row can't be read).

    What isn't `there` came with a later schema: no row adds anything for it.
    """
    digests.many_to_come()
    found = 0
    for table in TABLES:
        if known := there[table.name]:
            columns = (f'"{column}"' if column in known else "NULL" for column in table.columns)
            rows = connection.stream(f"SELECT {', '.join(columns)} FROM {table.name}")
            found = (found + sum_of(table, map(table.sound, rows))) % _MODULUS
    return found


def text(state: int) -> str:
    """Write a sum as it stands in the history."""
    return f"{state % _MODULUS:0{2 * _BYTES}x}"


def read(stored: str) -> int:
    """Return the sum of an entry (ValueError)."""
    return int(stored, 16)
