"""Spaces by all that the check looks at in them: those that are alike needn't all be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from subctl.domain.record import Record
from subctl.store import digests
from subctl.store.tables import BUYERS, CONTRACTS, ENTRIES, INVOICES, STEPS, Table

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_NAMES = {"id", "space", "entry"}
"""What differs between spaces that are alike: no rule depends on it, and the seals hold it."""


class Outline(Record):
    """A space, a hash over all that is kept of it but its name and its documents', and its invoices.

    There is no hash of a space with documents that name others: quotes, orders, corrections. Payments are no part.
    """

    space: str
    hash: bytes | None
    invoices: list[int]
    paid: bool


def _rows(table: Table, literals: str, order: str, joined: str = "") -> str:
    """Return the expression that writes all rows of a table for a space, in the order of their keys."""
    return (
        f"(SELECT group_concat(written, '\n') FROM (SELECT {literals} AS written FROM {table.name}{joined}"
        f" WHERE {table.name}.space = spaces.id ORDER BY {table.name}.{order}) AS rows_of_space)"
    )


def _literals(table: Table, *others: str) -> str:
    """Return the expression that writes a row, but for its names and some other columns."""
    return table.literals(*(column for column in table.columns if column not in {*_NAMES, *others}))


_STEPS = _rows(STEPS, _literals(STEPS), "start")
_INVOICES = _rows(
    INVOICES,
    f"{_literals(INVOICES, 'buyer')} || {BUYERS.literals('country', 'vat_id')}",
    "id",
    " LEFT JOIN buyers ON buyers.id = invoices.buyer",
)
_OUTLINES = (
    "SELECT spaces.id,"
    " CASE WHEN EXISTS (SELECT 1 FROM quotes WHERE quotes.space = spaces.id)"
    " OR EXISTS (SELECT 1 FROM orders WHERE orders.space = spaces.id)"
    " OR EXISTS (SELECT 1 FROM invoices JOIN corrections ON corrections.invoice = invoices.id"
    " WHERE invoices.space = spaces.id)"
    f" THEN NULL ELSE {_literals(CONTRACTS)} || ' ' || {_literals(ENTRIES)} || ' ' || {_STEPS}"
    f" || ' ' || coalesce({_INVOICES}, '') END,"
    " (SELECT group_concat(CAST(id AS TEXT), ',') FROM"
    " (SELECT id FROM invoices WHERE invoices.space = spaces.id ORDER BY id) AS issued),"
    " EXISTS (SELECT 1 FROM payments WHERE payments.space = spaces.id)"
    " FROM spaces LEFT JOIN contracts ON contracts.space = spaces.id LEFT JOIN entries ON entries.space = spaces.id"
    " ORDER BY spaces.id"
)


def outlines(connection: Connection) -> Iterator[Outline]:
    """Yield every space, by ID."""
    digests.many_to_come()
    for space, text, invoices, paid in connection.stream(_OUTLINES):
        hash_ = None if text is None else digests.sha256(text.encode()).digest()
        yield Outline(space, hash_, list(map(int, invoices.split(","))) if invoices else [], bool(paid))
