"""Seals: hashes over the rows that never change, kept in the history beside the entry they came with.

What follows from the rules `check` computes anew; a buyer's name, a seller's address or whose invoice a row is
follow from nothing, and are held to the seal. A seal is as good as the chain it stands in (docs/safety.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.store import digests
from subctl.store.rows import UNREADABLE, compact
from subctl.store.tables import (
    BUYERS,
    CATALOGS,
    COLLECTIONS,
    INVOICES,
    ORDERS,
    PAYMENTS,
    QUOTES,
    REMINDERS,
    Row,
    Table,
    damaged,
)

if TYPE_CHECKING:
    from subctl.store.connection import Connection

TABLES = (CATALOGS, BUYERS, QUOTES, ORDERS, INVOICES, PAYMENTS, COLLECTIONS, REMINDERS)

OLD_COLUMNS = {
    "catalogs": "id, valid_from, imported_on, content",
    "buyers": "id, name, address, country, vat_id, email, reference",
    "quotes": "id, space, date, valid_until, version, catalog, buyer, boundary, vat_category, vat_rate, before,"
    " document",
    "orders": "id, space, date, kind, quote, catalog, buyer, before, document",
    "invoices": 'id, space, "order", kind, credits, date, due_date, start, "end", net, vat, total, vat_category,'
    " vat_rate, vat_note, catalog, buyer, lines",
}
"""What entries of schema 2 sealed, of the tables there were; those after them seal every column that `tables` names, in
its order.

They leave out the nulls at a row's end, so that a column which comes later changes no seal of rows that lack it.
"""

_NEW = {table.name: table.literals() for table in TABLES}
_OLD = {
    name: " || ',' || ".join(f"quote({column})" for column in OLD_COLUMNS.get(name, "id").split(", ")) for name in _NEW
}


class Part(Record):
    """How far a table is sealed, and the hash of the rows that came with this entry (None where none did)."""

    last: int
    hash: str | None


Seal = Mapping[str, Part]

UNSEALED: Seal = dict.fromkeys(_NEW, Part(0, None))
"""Before the first seal, of a new store or of one from before there were seals."""


def text(seal: Seal) -> str:
    """Write a seal as it stands in the history."""
    return compact(seal)


def read(stored: str | None) -> Seal:
    """Return the seal of an entry (`store_damaged` where it can't be read)."""
    if stored is None:
        return UNSEALED
    try:
        parts = json.loads(stored)
        return {table: Part(*parts.get(table, UNSEALED[table])) for table in _NEW}
    except UNREADABLE as error:
        raise damaged(N_("a seal of the history can't be read")) from error


class Coming:
    """The rows of a table as they are written, in the order of their ids, and their hash.

    `after` is the id before them. Whoever writes rows has them in hand: they needn't be read again to be sealed.
    """

    __slots__ = ("_digest", "_whole", "after", "last")

    def __init__(self, after: int) -> None:
        self.after = self.last = after
        self._digest, self._whole = digests.sha256(), True

    def add(self, table: Table, rows: Iterable[Row]) -> None:
        """Take rows that are written after those before."""
        own = _OWN.get(table.name, 0)
        for row in rows:
            if row[0] > self.last:
                self.last = row[0]
            else:
                self._whole = False
            text = _literals(row[:own]) + _alike(row[own:]) if own else _without_nulls(_literals(row)[:-1])
            self._whole = self._whole and "\0" not in text
            self._digest.update(text.encode())

    def part(self) -> Part | None:
        """Return what the seal says of these rows, where they came in order and are kept whole."""
        if not self._whole:
            return None
        return Part(self.last, self._digest.hexdigest() if self.last > self.after else None)


_OWN = {INVOICES.name: INVOICES.columns.index("kind")}
"""So many columns at the beginning of a row are its own; those after them many rows have in common."""


def _literals(row: Row) -> str:
    """Write values as SQL's literals, each with a comma after it: what `Table.literals` lets the engine write.

    But for text after a NUL, which SQLite leaves out.
    """
    return "".join(
        ["NULL," if value is None else f"{value:d}," if isinstance(value, int) else _quoted(value) for value in row]
    )


def _quoted(value: str) -> str:
    return f"""'{value.replace("'", "''")}',"""


@lru_cache(maxsize=4096)
def _alike(row: Row) -> str:
    """Write the end of a row, which others share."""
    return _without_nulls(_literals(row)[:-1])


def coming(connection: Connection, table: Table) -> Coming:
    """Return what takes the rows of a sealed table that are about to be written."""
    found = connection.coming.get(table.name)
    if found is None:
        found = connection.coming[table.name] = Coming(connection.newest_id(table.name) or 0)
    return found


def next_seal(connection: Connection, previous: Seal) -> Seal:
    """Return the seal over all rows that were written since the previous one.

    But for the first seal of all, none is over a row that was slipped in between: `check` names it by that.
    """
    coming, connection.coming = connection.coming, {}
    if previous is UNSEALED:
        return {table: part(connection, table, 0) for table in _NEW}
    return {table: _next_part(connection, table, before, coming.get(table)) for table, before in previous.items()}


def _next_part(connection: Connection, table: str, before: Part, coming: Coming | None) -> Part:
    if coming is None:
        return before if before.hash is None else Part(before.last, None)
    return coming.part() or part(connection, table, coming.after, coming.last)


def part(connection: Connection, table: str, after: int, last: int | None = None, *, old: bool = False) -> Part:
    """Hash the rows of a table after one id, up to another or to the end; `old` as entries of schema 2 did."""
    if last is not None and last <= after:
        return Part(after, None)  # most entries come with rows of one table or two
    rows = connection.stream(
        f"SELECT id, {(_OLD if old else _NEW)[table]} FROM {table} WHERE id > ? AND id <= ? ORDER BY id",
        (after, _END if last is None else last),
    )
    found, digest = after, digests.sha256()
    for found, row in rows:  # noqa: B007  # the last one counts
        digest.update((row if old else _without_nulls(row)).encode())
    return Part(found, digest.hexdigest() if found > after else None)


def _without_nulls(row: str) -> str:
    """Return a row as it is hashed: no literal but NULL ends with one of its letters, or with a comma."""
    return f"{row.rstrip(',NUL')}\n"


_END = 2**63 - 1


def resting_on(connection: Connection, column: str, after: int, last: int, limit: int) -> list[int]:
    """Return the ids of invoices that rest on sealed buyers or catalogs."""
    rows = connection.execute(
        f"SELECT id FROM invoices WHERE {column} > ? AND {column} <= ? ORDER BY id LIMIT ?", (after, last, limit)
    )
    return [found for (found,) in rows]


def first_between(connection: Connection, table: str, after: int, last: int) -> int:
    """Return the id of the first row after one id, up to another; that one where all are gone."""
    query = f"SELECT coalesce(min(id), ?) FROM {table} WHERE id > ? AND id < ?"
    first: int = connection.execute(query, (last, after, last)).fetchone()[0]
    return first
