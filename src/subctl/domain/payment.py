"""Payments: what one says, and its arithmetic (payments.md 9.1). What a payment settles is `settlement`'s."""

from __future__ import annotations

from datetime import date

from subctl.domain.record import Record

RECEIPT, REFUND, RETURN, UNDO = KINDS = ("receipt", "refund", "return", "undo")
"""Money that came, money given back, a debit that the bank returned, and an entry that takes another one back."""

BANK, DIRECT_DEBIT, CARD, CASH, OTHER = METHODS = ("bank", "direct-debit", "card", "cash", "other")
"""How money came, or went."""


class Part(Record):
    """What of a payment is for one invoice, in minor units; signed as the payment is."""

    invoice: int
    amount: int


class Payment(Record):
    """A payment as it was `entered`: `day` is the money's, `amount` in minor units, below zero where money went.

    `of` is the payment that an undo or a return takes back; `source` what a statement calls the booking.
    """

    id: int
    space: str
    day: date
    amount: int
    kind: str
    of: int | None
    entered: date
    method: str
    reference: str | None
    source: str | None
    parts: tuple[Part, ...]


def taken_back(payment: Payment, kind: str, day: date, entered: date, source: str | None = None) -> Payment:
    """Return what takes a payment back from a day on, parts included: an undo or a return (payments.md 9.2)."""
    parts = tuple(part._replace(amount=-part.amount) for part in payment.parts)
    return Payment(
        0, payment.space, day, -payment.amount, kind, payment.id, entered, payment.method, None, source, parts
    )
