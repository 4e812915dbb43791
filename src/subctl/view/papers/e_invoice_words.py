"""The sentences in an e-invoice: how it is paid, as its paper says it, and how the amount of a line comes about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.dates import YEAR, Months
from subctl.domain.invoice import Line
from subctl.domain.sentence import N_
from subctl.view import words
from subctl.view.language import _, ngettext
from subctl.view.papers import wording

if TYPE_CHECKING:
    from subctl.results.invoice import ShownInvoice

_WHOLE = {"year": YEAR, "month": Months(1)}
_MULTIPLIED = {
    "year": N_("{quantity} × {rate} a year × {months} / 12 = {amount}"),
    "month": N_("{quantity} × {rate} a month × {months} = {amount}"),
}


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
    return _(_MULTIPLIED[line.per]).format(
        quantity=words.count(line.quantity),
        rate=words.rate(line.rate),
        months=_months(line.months),
        amount=words.amount(line.amount, currency),
    )


def _months(months: Months) -> str:
    """Write months as a factor: `3 months`, `(10 + 14/31) months`, `11/30 month`."""
    number = words.months(months)
    text = ngettext("{number} month", "{number} months", months.whole + bool(months.days))
    return text.format(number=f"({number})" if "+" in number else number)
