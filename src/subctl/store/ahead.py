"""All rows of some spaces, read at once for the check, which looks at one space after the other.

So an engine is asked a few times for hundreds of spaces, instead of ten times for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from subctl.domain.record import Record
from subctl.store.documents import SELECT
from subctl.store.tables import (
    BUYERS,
    CONTRACTS,
    CORRECTIONS,
    ENTRIES,
    INVOICES,
    ORDERS,
    PAYMENTS,
    QUOTES,
    STEPS,
    Row,
    among,
)

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_ENTRIES = f"SELECT {ENTRIES.selected} FROM entries WHERE"
_CONTRACTS = f"SELECT {CONTRACTS.selected} FROM contracts WHERE"
_STEPS = f"SELECT {STEPS.selected} FROM steps WHERE"
_CORRECTIONS = (
    f"SELECT invoices.space, {CORRECTIONS.selected} FROM corrections"
    " JOIN invoices ON invoices.id = corrections.invoice WHERE"
)
_PAYMENTS = f"SELECT {PAYMENTS.selected} FROM payments WHERE"
_ASKED = "SELECT space, id FROM invoices WHERE credits IS NULL AND"
_BUYERS = f"SELECT {BUYERS.selected} FROM buyers"
_DOCUMENTS = (QUOTES, ORDERS, INVOICES)


class SpaceRows(Record):
    """All that is kept of a space, as rows; `buyers` are those that its documents name, by their numbers."""

    quotes: Sequence[Row]
    orders: Sequence[Row]
    invoices: Sequence[Row]
    corrections: Sequence[Row]
    contract: Row | None
    steps: Sequence[Row]
    entry: Row | None
    buyers: dict[int, Row]


def read_ahead(connection: Connection, spaces: Sequence[str]) -> dict[str, SpaceRows]:
    """Return all that is kept of some spaces (at least one), each kind oldest first."""
    quotes, orders, invoices = (
        _by_space(connection, f"{SELECT[table.name]} WHERE", f"{table.name}.space", f"{table.name}.id", spaces, place=1)
        for table in _DOCUMENTS
    )
    contracts = _by_space(connection, _CONTRACTS, "space", "space", spaces)
    steps = _by_space(connection, _STEPS, "space", "space, start", spaces)
    entered = _by_space(connection, _ENTRIES, "space", "id", spaces, place=1)
    corrections = _by_space(connection, _CORRECTIONS, "invoices.space", "credit_note", spaces)
    buyers = _buyers(connection, spaces)
    return {
        space: SpaceRows(
            quotes[space],
            orders[space],
            invoices[space],
            [row[1:] for row in corrections[space]],
            contracts[space][0] if contracts[space] else None,
            steps[space],
            entered[space][0] if entered[space] else None,
            buyers,
        )
        for space in spaces
    }


class PaidRows(Record):
    """The payments of a space, as rows, and the ids of its invoices."""

    payments: Sequence[Row]
    invoices: set[int]


def read_paid_ahead(connection: Connection, spaces: Sequence[str]) -> dict[str, PaidRows]:
    """Return what was paid of some spaces (at least one), as it was entered, and for which invoices it may be."""
    paid = _by_space(connection, _PAYMENTS, "space", "id", spaces, place=1)
    asked = _by_space(connection, _ASKED, "space", "id", spaces)
    return {space: PaidRows(paid[space], {invoice for _, invoice in asked[space]}) for space in spaces}


def _by_space(
    connection: Connection, query: str, column: str, order: str, spaces: Sequence[str], *, place: int = 0
) -> dict[str, list[Row]]:
    """Return the rows of each space that a query finds which ends before its condition; its name is at a `place`."""
    where, values = _scope(column, spaces)
    found: dict[str, list[Row]] = defaultdict(list)
    for row in connection.execute(f"{query} {where} ORDER BY {order}", values):
        found[row[place]].append(row)
    return found


def _scope(column: str, spaces: Sequence[str]) -> tuple[str, Row]:
    """Return the condition that a row is of some spaces; by its ends a server sees that they are few."""
    where, values = among(column, spaces)
    return f"{column} BETWEEN ? AND ? AND {where}", (min(spaces), max(spaces), *values)


def _buyers(connection: Connection, spaces: Sequence[str]) -> dict[int, Row]:
    where, values = _scope("space", spaces)
    named = " UNION ".join(f"SELECT buyer FROM {table.name} WHERE {where}" for table in _DOCUMENTS)
    rows = connection.execute(f"{_BUYERS} WHERE id IN ({named})", values * len(_DOCUMENTS))
    return {row[0]: row for row in rows}
