"""The check of a space's payments: parts within amount and space, each source once, opposites that are exact (7.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from subctl.domain.numbers import PAYMENT, number
from subctl.domain.payment import RETURN, UNDO, Payment, taken_back
from subctl.domain.sentence import N_, Sentence
from subctl.results.check import Problem
from subctl.service.check.ground import UNREADABLE, reason
from subctl.store import payments
from subctl.store.ahead import PaidRows


def payment_faults(rows: PaidRows) -> Iterator[Problem]:
    """Yield what is wrong with the payments of a space (payments.md 9.1)."""
    found: list[Payment] = []
    for row in rows.payments:
        try:
            found.append(payments.read_payment(row))
        except UNREADABLE as error:
            unread = Sentence(N_("It can't be read: {reason}."), {"reason": reason(error)})
            yield Problem("payment", number(PAYMENT, row[0]), unread)
    for payment, fault in _faults(found, rows.invoices):
        yield Problem("payment", number(PAYMENT, payment.id), Sentence(fault))


def _faults(found: list[Payment], invoices: set[int]) -> Iterator[tuple[Payment, str]]:
    known = {payment.id: payment for payment in found}
    sources = Counter(payment.source for payment in found if payment.source is not None)
    gone: set[int | None] = set()
    for payment in reversed(found):
        if payment.kind in (UNDO, RETURN):
            yield from _taken(payment, known, gone)
        else:
            yield from _entered(payment, invoices)
        if payment.source is not None and sources[payment.source] > 1:
            yield payment, N_("Another payment of its space has the same source.")


def _entered(payment: Payment, invoices: set[int]) -> Iterator[tuple[Payment, str]]:
    """Look at money that came or went by itself: it names at most what it is, and invoices of its space."""
    named = [part.amount for part in payment.parts]
    if any(amount <= 0 for amount in named) or sum(named) > max(payment.amount, 0):
        yield payment, N_("Its parts are not within its amount.")
    if not invoices.issuperset(part.invoice for part in payment.parts):
        yield payment, N_("It names an invoice that its space doesn't have.")


def _taken(payment: Payment, known: dict[int, Payment], gone: set[int | None]) -> Iterator[tuple[Payment, str]]:
    """Look at what takes a payment back: the exact opposite of one of its space, which nothing else takes back.

    `gone` are those that were taken back themselves, by later ones.
    """
    other = known.get(payment.of or 0)
    if other is None or payment.of is None or payment.of >= payment.id:
        yield payment, N_("It takes back a payment that its space doesn't have.")
        return
    opposite = taken_back(other, payment.kind, payment.day, payment.entered)
    if (payment.amount, payment.parts) != (opposite.amount, opposite.parts):
        yield payment, N_("It is not the opposite of the payment that it takes back.")
    if payment.id in gone:
        return
    if payment.of in gone:
        yield payment, N_("Another entry takes the same payment back.")
    gone.add(payment.of)
