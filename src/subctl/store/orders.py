"""Orders as they are written, one or many at once: all but their numbers is made before, and the numbers here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from subctl.domain.contract import Contract
from subctl.domain.numbers import INVOICE, number
from subctl.domain.record import Record
from subctl.domain.text import is_id
from subctl.store import digests, state
from subctl.store.facts import with_issued
from subctl.store.seal import Coming
from subctl.store.tables import CONTRACTS, INVOICES, ORDERS, SPACES, STEPS, Row, Table, among
from subctl.store.write import FEW, moved_contract, next_document_id, step_rows_of

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_DOCUMENT = ORDERS.columns.index("document")


class Move(Record):
    """How an order moves a contract: what changes of its row, its price steps, and what the state's sum grows by."""

    contract: dict[str, Any]
    steps: tuple[Row, ...]
    state: int


class Ready(Record):
    """All that an order writes, but for numbers: the rows of it and of its invoices have nothing before their space.

    Where it is `billed`, the last invoice is its own; those before it were due anyway.
    """

    order: Row
    invoices: tuple[Row, ...]
    billed: bool
    move: Move

    @property
    def space(self) -> str:
        """Whose order it is."""
        space: str = self.order[0]
        return space


class Placed(Record):
    """What became of an order: its id, those of its invoices, and of both what the history seals."""

    order: int
    invoices: range
    coming: dict[str, Coming]


def standing(connection: Connection, spaces: Sequence[str]) -> dict[str, int]:
    """Return of each of some spaces a hash over all rows that an order of it rests on, good in this process.

    While it is the same, so is the order.
    """
    where, values = among("spaces.id", [space for space in spaces if is_id(space)])
    rows = connection.execute(
        f"SELECT {SPACES.selected}, {CONTRACTS.selected} FROM spaces JOIN contracts ON contracts.space = spaces.id"
        f" WHERE {where}",
        values,
    )
    found = {row[0]: [row] for row in rows}
    where, values = among("space", found)
    for row in connection.execute(f"SELECT {STEPS.selected} FROM steps WHERE {where} ORDER BY space, start", values):
        found[row[0]].append(row)
    return {space: hash(tuple(each)) for space, each in found.items()}


def move(connection: Connection, after: Contract) -> Move:
    """Return how a contract is moved on."""
    found = connection.execute(f"SELECT {CONTRACTS.selected} FROM contracts WHERE space = ?", (after.space,)).fetchone()
    gone = connection.execute(f"SELECT {STEPS.selected} FROM steps WHERE space = ?", (after.space,)).fetchall()
    before, changes = CONTRACTS.sound(found), moved_contract(after)
    steps = tuple(step_rows_of([after]))
    grown = state.sum_of(CONTRACTS, [CONTRACTS.changed(before, changes)]) + state.sum_of(STEPS, steps)
    sunk = state.sum_of(CONTRACTS, [before]) + state.sum_of(STEPS, map(STEPS.sound, gone))
    return Move(changes, steps, grown - sunk)


def place(connection: Connection, day: date, ready: Sequence[Ready]) -> list[Placed]:
    """Write orders of different spaces under the next numbers, and their invoices.

    Whoever does it notes each in the history, with what it adds to the state's sum: that is left to him.
    """
    if len(ready) > FEW:
        digests.many_to_come()
    order, invoice = (next_document_id(connection, table, day) for table in (ORDERS.name, INVOICES.name))
    orders, invoices, placed = list[Row](), list[Row](), list[Placed]()
    for each in ready:
        ids = range(invoice, invoice + len(each.invoices))
        orders.append(_order_row(each, order, ids))
        issued = [_invoice_row(each, row, order, id_, ids) for id_, row in zip(ids, each.invoices, strict=True)]
        coming = {ORDERS.name: _coming(ORDERS, orders[-1:])}
        if issued:
            coming[INVOICES.name] = _coming(INVOICES, issued)
            invoices += issued
        placed.append(Placed(order, ids, coming))
        order, invoice = order + 1, ids.stop
    connection.insert(ORDERS, orders)
    if invoices:
        connection.insert(INVOICES, invoices)
    _move(connection, ready)
    return placed


def _order_row(ready: Ready, order: int, issued: range) -> Row:
    row = [order, *ready.order]
    row[_DOCUMENT] = with_issued(row[_DOCUMENT], [number(INVOICE, each) for each in issued])
    return tuple(row)


def _invoice_row(ready: Ready, row: Row, order: int, invoice: int, issued: range) -> Row:
    own = ready.billed and invoice == issued[-1]
    return (invoice, row[0], order if own else None, *row[1:])


def _coming(table: Table, rows: Sequence[Row]) -> Coming:
    coming = Coming(rows[0][0] - 1)
    coming.add(table, rows)
    return coming


def _move(connection: Connection, ready: Sequence[Ready]) -> None:
    """Move contracts on, with their price steps."""
    columns = tuple(ready[0].move.contract)
    connection.change(CONTRACTS, columns, [(*each.move.contract.values(), each.space) for each in ready])
    where, spaces = among("space", [each.space for each in ready])
    connection.execute(f"DELETE FROM steps WHERE {where}", spaces).close()
    connection.insert(STEPS, [row for each in ready for row in each.move.steps])
