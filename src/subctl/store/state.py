"""The seal of the state: one sum over every row that says what is so now, kept in each entry of the history.

The sum is of the rows' hashes, modulo 2^2048: a write adds the new row's and takes the old one's away, whatever the
size of the store, and a check sums once over the tables. How far a contract is billed has a hash of its own, for the
bill run moves it for all of them. Documents are under `seal`; the history is under its own chain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from operator import itemgetter
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
_billed = itemgetter(0, _UNTIL)
_but_billed = itemgetter(*(place for place in range(len(CONTRACTS.columns)) if place != _UNTIL))

_NULLS = ", None"
"""Letters in which a row's nulls at its end are written, and no other value ends with one of them."""

_AT_ONCE = 100
"""Rows that are in memory at once: one by one they take a tenth longer."""


def sum_of(table: Table, rows: Iterable[Row]) -> int:
    """Return what rows of a table add to the sum."""
    if table is CONTRACTS:
        contracts = list(rows)
        return _sum(_texts(table, map(_but_billed, contracts))) + sum_billed(map(_billed, contracts))
    return _sum(_texts(table, rows))


def sum_billed(until: Iterable[tuple[str, str]]) -> int:
    """Return what contracts add to the sum for how far they are billed: each is a space and a day."""
    return _sum([ascii(("billed_until", space, day)).encode() for space, day in until])


def _texts(table: Table, rows: Iterable[Row]) -> list[bytes]:
    """Return what is hashed of rows: `ascii` of a table's name and a row, the same for ever.

    The nulls at a row's end are left out: the hash of one that is older than a column doesn't know it. Every row has
    two values at least, so that no comma follows the last.
    """
    return [f"('{table.name}', {ascii(row)[:-1].rstrip(_NULLS)}))".encode() for row in rows]


def _sum(texts: list[bytes]) -> int:
    """Return the sum of hashes."""
    return sum(map(int.from_bytes, digests.shake_256(texts, _BYTES)))


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
            rows = map(table.sound, connection.stream(f"SELECT {', '.join(columns)} FROM {table.name}"))
            while some := list(islice(rows, _AT_ONCE)):
                found = (found + sum_of(table, some)) % _MODULUS
    return found


def text(state: int) -> str:
    """Write a sum as it stands in the history."""
    return f"{state % _MODULUS:0{2 * _BYTES}x}"


def read(stored: str) -> int:
    """Return the sum of an entry (ValueError)."""
    return int(stored, 16)
