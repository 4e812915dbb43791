"""Payments as JSON: one, a list of them, and a booking that is none of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.money import format_amount
from subctl.results.payments import IgnoredBooking, Payments, ShownPayment
from subctl.view.json.rows import Rows, listed

if TYPE_CHECKING:
    from subctl.view.documents.lists import ListDocument
    from subctl.view.documents.payments import IgnoredDocument, PaymentDocument, PaymentItem


def document(
    result: Payments | ShownPayment | IgnoredBooking, *, explain: bool
) -> ListDocument | PaymentDocument | IgnoredDocument:
    """Return payments as a list, or one with whether this call entered it."""
    del explain
    match result:
        case IgnoredBooking():
            return {
                "schema": "ignored/1",
                "source": result.source,
                "date": result.day.isoformat(),
                "changed": result.changed,
            }
        case Payments():
            return listed("payments", Rows(result.items, _payment), more=result.more, currency=result.currency)
        case ShownPayment():
            effect = result.effect
            return {
                "schema": "payment/1",
                **_payment(result),
                "open": format_amount(effect.open, result.currency) if effect else None,
                "credit": format_amount(effect.credit, result.currency) if effect else None,
                "changed": result.changed,
            }


def _payment(payment: ShownPayment) -> PaymentItem:
    return {
        "number": payment.number,
        "space": payment.space,
        "date": payment.day.isoformat(),
        "entered": payment.entered.isoformat(),
        "amount": format_amount(payment.amount, payment.currency),
        "currency": payment.currency,
        "kind": payment.kind,
        "method": payment.method,
        "reference": payment.reference,
        "source": payment.source,
        "parts": [
            {"number": part.number, "amount": format_amount(part.amount, payment.currency)} for part in payment.parts
        ],
        "of": payment.of,
        "taken_back_by": payment.taken_back_by,
    }
