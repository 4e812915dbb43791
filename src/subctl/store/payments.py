"""Payments, and the bookings that are none: read, and entered for ever."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.payment import KINDS, METHODS, Part, Payment
from subctl.store.rows import compact, read_day, reads
from subctl.store.tables import IGNORED, PAYMENTS, Row, among

if TYPE_CHECKING:
    from subctl.store.connection import Connection
    from subctl.store.listing import Sought

_VERSION = 1
_decoded = json.JSONDecoder().raw_decode
QUERY = f"SELECT {PAYMENTS.selected} FROM payments"
"""The query for rows as `read_payment` takes them."""


@reads(PAYMENTS)
def read_payment(row: Row) -> Payment:
    """Return the payment of a row."""
    place, space, day, amount, kind, of, entered, method, reference, source, parts = row
    if kind not in KINDS or method not in METHODS:
        raise ValueError(kind, method)
    return Payment(
        place,
        space,
        read_day(day),
        amount,
        kind,
        of,
        read_day(entered),
        method,
        reference,
        source,
        tuple([Part(int(part["invoice"]), int(part["amount"])) for part in _decoded(parts)[0]["parts"]]),
    )


def payment(connection: Connection, payment_id: int) -> Payment | None:
    """Return a payment, or nothing."""
    row = connection.execute(f"{QUERY} WHERE id = ?", (payment_id,)).fetchone()
    return read_payment(row) if row else None


def of_space(connection: Connection, space: str) -> list[Payment]:
    """Return the payments of a space, as they were entered."""
    return list(map(read_payment, connection.execute(f"{QUERY} WHERE space = ? ORDER BY id", (space,))))


def of_spaces(connection: Connection, spaces: Sequence[str]) -> Iterator[Payment]:
    """Yield the payments of some spaces, by space, as they were entered."""
    where, values = among("space", spaces)
    return map(read_payment, connection.stream(f"{QUERY} WHERE {where} ORDER BY space, id", values))


def of_source(connection: Connection, source: str) -> list[Payment]:
    """Return the payments that were booked from one booking of a statement: one a space."""
    return [read_payment(row) for row in connection.execute(f"{QUERY} WHERE source = ? ORDER BY space", (source,))]


def counter_entries(connection: Connection, payment_id: int) -> list[Payment]:
    """Return what took a payment back, or undid that: usually nothing."""
    return [read_payment(row) for row in connection.execute(f"{QUERY} WHERE of = ? ORDER BY id", (payment_id,))]


def payments(connection: Connection, sought: Sought, limit: int, after: Row = ()) -> list[Payment]:
    """Return payments, those that were entered last first; `after` is the id of another one."""
    from subctl.store.listing import listed  # one contract lists none

    return [read_payment(row) for row in listed(connection, QUERY, sought, limit, after)]


def ignored(connection: Connection, source: str) -> date | None:
    """Return since when a booking is known to be none of ours, or nothing."""
    row = connection.execute(f"SELECT {IGNORED.selected} FROM ignored WHERE source = ?", (source,)).fetchone()
    return _ignored(row) if row else None


@reads(IGNORED)
def _ignored(row: Row) -> date:
    return read_day(row[1])


def insert(connection: Connection, new: Iterable[Payment]) -> list[Payment]:
    """Enter payments of one day under the next numbers of their series, and return them with those."""
    from subctl.store.write import insert_rows, next_document_id

    entered = list(new)
    if entered:
        first = next_document_id(connection, "payments", entered[0].entered)
        entered = [each._replace(id=first + place) for place, each in enumerate(entered)]
        insert_rows(connection, PAYMENTS, list(map(_row, entered)))
    return entered


def _row(payment: Payment) -> Row:
    _, space, day, amount, kind, of, entered, method, reference, source, parts = payment
    kept = compact({"v": _VERSION, "parts": [part._asdict() for part in parts]})
    days = day.isoformat(), entered.isoformat()
    return (payment.id, space, days[0], amount, kind, of, days[1], method, reference, source, kept)


def ignore(connection: Connection, source: str, day: date) -> None:
    """Note that a booking is none of ours."""
    from subctl.store.write import insert_rows

    insert_rows(connection, IGNORED, [(source, day.isoformat())])
