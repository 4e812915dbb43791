"""What lists read: the rows of one table that are sought, newest first, behind the place of another row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.record import Record
from subctl.store.documents import SELECT, Invoice, Order, Quote, read_invoice, read_order, read_quote
from subctl.store.tables import Row, among

if TYPE_CHECKING:
    from subctl.store.connection import Connection


class Sought(Record):
    """What is looked for: of some spaces (None: of all), between two days, of a kind."""

    spaces: list[str] | None = None
    since: date | None = None
    until: date | None = None
    kind: str | None = None


def spaces(connection: Connection, sought: Sought, limit: int, after: Row = ()) -> list[tuple[str, str, int]]:
    """Return the IDs of spaces with their places, a day and a number: those that were entered last first."""
    select, order = "SELECT space, entered_on, entry FROM contracts", ("entered_on", "entry")
    rows = listed(connection, select, sought, limit, after, order=order, day="entered_on")
    return [(space_id, day, entry) for space_id, day, entry in rows]


def quotes(connection: Connection, sought: Sought, limit: int, after: Row = ()) -> list[Quote]:
    """Return quotes; `after` is the id of another one."""
    return [read_quote(row) for row in listed(connection, SELECT["quotes"], sought, limit, after)]


def orders(connection: Connection, sought: Sought, limit: int, after: Row = ()) -> list[Order]:
    """Return orders and cancellations; `after` is the id of another one."""
    rows = listed(connection, SELECT["orders"], sought, limit, after, order=("orders.id",), day="orders.date")
    return [read_order(row) for row in rows]


def invoices(connection: Connection, sought: Sought, limit: int, currency: str, after: Row = ()) -> list[Invoice]:
    """Return invoices and credit notes; `after` is the id of another one."""
    return [read_invoice(row, currency) for row in listed(connection, SELECT["invoices"], sought, limit, after)]


def listed(
    connection: Connection,
    select: str,
    sought: Sought,
    limit: int,
    after: Row,
    *,
    order: tuple[str, ...] = ("id",),
    day: str = "date",
) -> list[Row]:
    """Return the first `limit` rows of what is sought, the highest `order` first."""
    clauses, values = _conditions(sought, day)
    if after:
        clauses.append(f"({', '.join(order)}) < ({','.join('?' * len(after))})")
        values += after
    where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
    by = ", ".join(f"{column} DESC" for column in order)
    return connection.execute(f"{select}{where} ORDER BY {by} LIMIT ?", [*values, limit]).fetchall()


def _conditions(sought: Sought, day: str) -> tuple[list[str], list[object]]:
    """Return what is sought as conditions of SQL, and their values."""
    clauses: list[str] = []
    values: list[object] = []
    if sought.spaces is not None:
        clause, scope = among("space", sought.spaces)
        clauses.append(clause)
        values += scope
    for sign, value in ((">=", sought.since), ("<=", sought.until)):
        if value is not None:
            clauses.append(f"{day} {sign} ?")
            values.append(value.isoformat())
    if sought.kind is not None:
        clauses.append("kind = ?")
        values.append(sought.kind)
    return clauses, values
