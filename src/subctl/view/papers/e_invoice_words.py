"""The sentences in an e-invoice: how it is paid, and how the amount of a line comes about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.dates import YEAR, Months
from subctl.domain.invoice import CREDIT, Line
from subctl.domain.money import format_amount, format_rate
from subctl.view import words

if TYPE_CHECKING:
    from subctl.results.invoice import ShownInvoice

_WHOLE = {"year": YEAR, "month": Months(1)}


def terms(invoice: ShownInvoice) -> str:
    """Return the terms of payment: the seller's own, else made from the day and the way in which it is paid."""
    if invoice.draft.kind == CREDIT:
        return f"Nothing is to be paid: this settles invoice {invoice.credits}."
    if invoice.seller.terms:
        return invoice.seller.terms
    day = words.day(invoice.due_date)
    if invoice.mandate:
        return f"To be debited on {day} by mandate {invoice.mandate.id}."
    return "To be charged to the card." if invoice.payment.method == "card" else f"To be paid by {day}."


def amount(line: Line, currency: str) -> str | None:
    """Say how the amount of a line comes about, where it is charged for less or more than a whole period."""
    if line.months == _WHOLE[line.per]:
        return None
    number = words.months(line.months)
    months = f"({number})" if "+" in number else number
    unit = "month" if number == "1" or not line.months.whole else "months"
    divided = " / 12" if line.per == "year" else ""
    return (
        f"{line.quantity} × {format_rate(line.rate)} a {line.per} × {months} {unit}{divided}"
        f" = {format_amount(line.amount, currency)}"
    )
