"""Direct-debit files: when they can be debited, and what of them is still under way (payments.md 9.6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from subctl.domain import target
from subctl.domain.errors import bad_input
from subctl.domain.payment import DIRECT_DEBIT, RECEIPT, RETURN, UNDO, Payment
from subctl.domain.record import Record
from subctl.domain.sentence import N_

_DAYS_AHEAD = 2
UNDER_WAY = timedelta(days=14)
"""So long after the day of its debit an invoice is under way at most."""

KEPT, DROPPED = STATUSES = ("kept", "dropped")
"""What became of a collection: it counts, or its file was never sent."""


class Debit(Record):
    """What of an invoice (its id) is debited, in minor units, and by which mandate."""

    invoice: int
    amount: int
    mandate: str


class Collection(Record):
    """A file of direct debits as it was made on `day`, to be debited on `on`; `catalog` has its seller.

    `dropped` is the day on which it turned out that it was never sent.
    """

    id: int
    day: date
    on: date
    catalog: int
    debits: tuple[Debit, ...]
    dropped: date | None = None


def debit_day(day: date, wanted: date | None) -> date:
    """Return the day on which what is collected on `day` is debited: the one wanted, else two TARGET days ahead.

    Errors: `bad_input` for an earlier one, and for one on which banks don't settle.
    """
    first = target.ahead(day, _DAYS_AHEAD)
    if wanted is None or wanted == first:
        return first
    if wanted < first:
        raise bad_input(
            N_("Nothing can be debited on {day}: banks need two days of theirs."),
            N_("The first day is {first}."),
            day=wanted,
            first=first,
        )
    if not target.settles(wanted):
        raise bad_input(
            N_("Nothing can be debited on {day}: banks are closed."),
            N_("The next day is {next}."),
            day=wanted,
            next=target.ahead(wanted, 1),
        )
    return wanted


def under_way(collection: Collection, invoice: int, payments: Iterable[Payment], day: date) -> bool:
    """Tell whether an invoice in a collection isn't to be debited again yet, by the payments of its space.

    It is until the debit's money or its return is booked, at most 14 days after the day of the debit.
    """
    if collection.dropped is not None or day > collection.on + UNDER_WAY:
        return False
    return not any(_settles(payment, invoice, collection.on) for payment in _standing(payments))


def _standing(payments: Iterable[Payment]) -> list[Payment]:
    """Return payments without what was undone; what a bank returned was booked all the same."""
    known = sorted(payments, key=lambda payment: -payment.id)
    undone: set[int | None] = set()
    for payment in known:
        if payment.kind == UNDO and payment.id not in undone:
            undone.add(payment.of)
    return [payment for payment in known if payment.kind != UNDO and payment.id not in undone]


def _settles(payment: Payment, invoice: int, on: date) -> bool:
    """Tell whether a payment is the money of a debit, or its return: both name the invoice."""
    booked = payment.kind == RETURN or (payment.kind == RECEIPT and payment.method == DIRECT_DEBIT)
    return booked and payment.day >= on and any(part.invoice == invoice for part in payment.parts)
