"""What a payment that is entered does to its space, and what the history notes of it."""

from __future__ import annotations

from datetime import date

from subctl.domain.money import format_amount
from subctl.domain.numbers import INVOICE, PAYMENT, number
from subctl.domain.payment import Payment
from subctl.domain.settlement import PAYMENT as PAYMENT_ITEM
from subctl.domain.settlement import Item
from subctl.results.payments import Effect, Moved
from subctl.service.account import Book


def effect_of(book: Book, payment: Payment, day: date) -> Effect:
    """Return what of which documents is open before and after a payment, and what becomes of the credit."""
    before, after = book.on(day), book.with_(payment).on(day)
    was = {(item.form, item.id): item.open for item in before.items}
    known = {each.id for each in book.payments}
    moved = [
        Moved(_number(item), item.due, was.get((item.form, item.id), 0), item.open)
        for item in after.items
        if item.open != was.get((item.form, item.id), 0) and (item.form != PAYMENT_ITEM or item.id in known)
    ]
    return Effect(tuple(moved), after.open, before.credit, after.credit)


def _number(item: Item) -> str:
    return number(PAYMENT if item.form == PAYMENT_ITEM else INVOICE, item.id)


def noted(payment: Payment, currency: str) -> dict[str, object]:
    """Return a payment as the history keeps it."""
    return {
        "payment": number(PAYMENT, payment.id),
        "kind": payment.kind,
        "amount": format_amount(payment.amount, currency),
        "currency": currency,
        "date": payment.day.isoformat(),
        "invoices": [number(INVOICE, part.invoice) for part in payment.parts],
        **({"of": number(PAYMENT, payment.of)} if payment.of is not None else {}),
        **({"source": payment.source} if payment.source is not None else {}),
    }
