"""The sentences in an e-invoice: how it is paid, as its paper says it, and how the amount of a line comes about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.dates import YEAR, Months
from subctl.domain.invoice import Line
from subctl.domain.money import format_amount, format_rate
from subctl.view import words
from subctl.view.papers import wording

if TYPE_CHECKING:
    from subctl.results.invoice import ShownInvoice

_WHOLE = {"year": YEAR, "month": Months(1)}


def terms(invoice: ShownInvoice) -> str:
    """Return the terms of payment: the seller's own, else made from the day and the way in which it is paid."""
    if invoice.credits:
        return wording.settled(invoice.credits)
    return invoice.seller.terms or f"{_how_paid(invoice)}."


def _how_paid(invoice: ShownInvoice) -> str:
    total, day = words.money(invoice.total, invoice.draft.currency), words.day(invoice.due_date)
    if invoice.mandate:
        return wording.will_be_debited(total, day)
    if invoice.payment.by_card:
        return wording.will_be_charged(total)
    return wording.please_pay(day) if invoice.seller.iban else wording.please_pay_somehow(total, day)


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
