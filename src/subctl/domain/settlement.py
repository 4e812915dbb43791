"""What of a space's documents is paid (payments.md 9.2, 9.4): no allocation is kept, all is derived, up to any day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from datetime import date
from itertools import filterfalse
from operator import attrgetter

from subctl.domain.payment import Payment
from subctl.domain.record import Record

INVOICE, CREDIT_NOTE, PAYMENT = ("invoice", "credit", "payment")
"""What an item is: an invoice, a credit note, or a payment of money that went."""

OPEN, PART_PAID, PAID, CREDITED, SETTLED = STATUSES = ("open", "part-paid", "paid", "credited", "settled")
"""What became of an item."""

OVERDUE = "overdue"
"""What is told beside that of what is open after its due day (`days_late`)."""

NOT_DUE, OVER_90 = "not_due", "over_90"
_LATEST = {30: "1-30", 60: "31-60", 90: "61-90"}
AGES = (NOT_DUE, *_LATEST.values(), OVER_90)
"""How late what is open may be, by its days."""

_number = attrgetter("id")


class Claim(Record):
    """An invoice or a credit note, in minor units; a credit note's `total` is below zero.

    A credit note `credits` the whole of an invoice. `replaces` is the invoice that was corrected by this one.
    """

    id: int
    day: date
    due: date | None
    total: int
    credits: int | None
    replaces: int | None


class Item(Record):
    """A document and what of it is paid and open, in minor units; `id` is that of its `form`.

    Its `total` is what it asks for: a credit note's is below zero, that of money that went is its amount.
    """

    form: str
    id: int
    due: date | None
    total: int
    paid: int
    open: int
    status: str


class Account(Record):
    """A space on a day: all its items in the order of their numbers, and its credit in minor units.

    There is never a credit while something is open (9.3).
    """

    items: tuple[Item, ...]
    credit: int

    @property
    def open_items(self) -> list[Item]:
        """What is open, oldest due day first, then by number."""
        return sorted((item for item in self.items if item.open), key=oldest)

    @property
    def open(self) -> int:
        """The sum of what is open, in minor units."""
        return sum(item.open for item in self.items)

    @property
    def overdrawn(self) -> int:
        """What of the money that went no credit covers, in minor units: an undo may not add to it (`too_late`)."""
        return sum(item.open for item in self.items if item.form == PAYMENT)


def settled(claims: Iterable[Claim], payments: Iterable[Payment], day: date) -> Account:
    """Return what all documents of one space and all its payments come to on a day (9.2).

    What comes later doesn't count, and in which order they are given makes no difference.
    """
    known = sorted((claim for claim in claims if claim.day <= day), key=_number)
    standing = in_force(payments, day)
    came, went = (list(group) for group in (filter(_came, standing), filterfalse(_came, standing)))
    named, credited = _named(known, came), {claim.credits for claim in known}
    items = [*(_claimed(claim, named, credited) for claim in known), *map(_gone, went)]
    credit = sum(payment.amount for payment in came) - sum(item.paid for item in items)
    taken: dict[tuple[str, int], int] = {}
    for item in sorted((item for item in items if item.open), key=oldest):
        taken[item.form, item.id] = min(credit, item.open)
        credit -= taken[item.form, item.id]
    return Account(tuple(_paid(item, taken.get((item.form, item.id), 0)) for item in items), credit)


def in_force(payments: Iterable[Payment], day: date) -> list[Payment]:
    """Return the payments that count on a day, by number: without any that was taken back, and what took it back.

    A counter-entry may be taken back itself, by a later one; then the payment that it was for counts again.
    """
    known = {payment.id: payment for payment in sorted(payments, key=_number) if payment.day <= day}
    gone: set[int | None] = set()
    for payment in reversed(known.values()):
        if payment.id not in gone and payment.of in known and payment.of not in gone:
            gone |= {payment.id, payment.of}
    return [payment for payment in known.values() if payment.id not in gone]


def days_late(item: Item, day: date) -> int:
    """Return how many days after its due day an item is still open; 0 where it is not overdue (9.4)."""
    return max((day - item.due).days, 0) if item.open and item.due else 0


def oldest(item: Item) -> tuple[date, str, int]:
    """Return by what open items are sorted: their due day, then their number."""
    return item.due or date.min, item.form, item.id


def age(days: int) -> str:
    """Return how late that many days are, as one of `AGES`."""
    if not days:
        return NOT_DUE
    return next((name for latest, name in _LATEST.items() if days <= latest), OVER_90)


def _named(known: Sequence[Claim], came: Iterable[Payment]) -> Counter[int]:
    """Return how much is named of each invoice; a part of a corrected one is for the one in its place (9.5)."""
    instead = {claim.replaces: claim.id for claim in known}
    named: Counter[int] = Counter()
    for part in (part for payment in came for part in payment.parts):
        invoice = part.invoice
        while invoice in instead:
            invoice = instead[invoice]
        named[invoice] += part.amount
    return named


def _claimed(claim: Claim, named: Counter[int], credited: Container[int | None]) -> Item:
    """Return a document with what payments name of it: of a credited one nothing is paid, and nothing is open."""
    if claim.credits is not None:
        return Item(CREDIT_NOTE, claim.id, None, claim.total, 0, 0, SETTLED)
    if claim.id in credited:
        return Item(INVOICE, claim.id, claim.due, claim.total, 0, 0, CREDITED)
    return _item(INVOICE, claim.id, claim.due, claim.total, min(named[claim.id], claim.total))


def _gone(payment: Payment) -> Item:
    """Return money that went as what it asks for: it is due on its day."""
    return _item(PAYMENT, payment.id, payment.day, -payment.amount, 0)


def _paid(item: Item, amount: int) -> Item:
    """Return an item of which that much more is paid."""
    return _item(item.form, item.id, item.due, item.total, item.paid + amount) if amount else item


def _item(form: str, document: int, due: date | None, total: int, paid: int) -> Item:
    """Return an item with what is open of it."""
    even = PAID if form == INVOICE else SETTLED
    status = even if paid == total else PART_PAID if paid else OPEN
    return Item(form, document, due, total, paid, total - paid, status)


def _came(payment: Payment) -> bool:
    return payment.amount > 0
