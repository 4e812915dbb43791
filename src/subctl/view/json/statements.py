"""A bank statement as JSON; its bookings are made into documents one by one, as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.money import format_amount
from subctl.results.statements import ShownBooking, Statement
from subctl.view.json.rows import Rows

if TYPE_CHECKING:
    from subctl.view.documents import statements as documents


def document(result: Statement, *, explain: bool) -> documents.StatementDocument:
    """Return what became of the bookings of a statement."""
    del explain
    counts, currency = result.counts, result.currency
    return {
        "schema": "statement/1",
        "date": result.day.isoformat(),
        "currency": currency,
        "bookings": Rows(result.bookings, lambda booking: _booking(booking, currency)),
        "sure": counts["sure"],
        "known": counts["known"],
        "proposed": counts["proposed"],
        "unknown": counts["unknown"],
        "outgoing": counts["outgoing"],
        "amount": format_amount(result.amount, currency),
        "changed": result.changed,
    }


def _booking(booking: ShownBooking, currency: str) -> documents.Booking:
    return {
        "source": booking.source,
        "date": booking.day.isoformat(),
        "amount": format_amount(booking.amount, currency),
        "name": booking.name,
        "text": booking.text,
        "account": booking.account,
        "state": booking.state,
        "reason": booking.reason,
        "way": booking.way,
        "space": booking.space,
        "parts": [{"number": part.number, "amount": format_amount(part.amount, currency)} for part in booking.parts],
        "of": booking.of,
        "payment": booking.payment,
    }
