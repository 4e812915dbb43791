"""Payments: one that is entered now or was before, many, and a booking that is none of ours."""

from collections.abc import Iterable
from datetime import date

from subctl.domain.record import Record


class PaidPart(Record):
    """What of a payment is for the invoice with this number, in minor units."""

    number: str
    amount: int


class Moved(Record):
    """What was open of a document before a payment and is open after it, in minor units."""

    number: str
    due: date | None
    before: int
    after: int


class Effect(Record):
    """What a payment does to its space: to documents, to all that is open, to its credit, in minor units."""

    moved: tuple[Moved, ...]
    open: int
    credit_before: int
    credit: int


class ShownPayment(Record):
    """A payment in minor units; without a number it isn't entered: a preview, or nothing is open that it could pay.

    `of` is the number of the payment that it takes back, `taken_back_by` of what takes this one back. An `effect` has
    what is entered now.
    """

    number: str | None
    space: str
    day: date
    entered: date
    amount: int
    kind: str
    of: str | None
    method: str
    reference: str | None
    source: str | None
    parts: tuple[PaidPart, ...]
    taken_back_by: str | None
    currency: str
    changed: bool
    effect: Effect | None = None


class Payments(Record):
    """Payments, those that were entered last first, and whether there is `more` where a limit was given."""

    items: Iterable[ShownPayment]
    currency: str
    more: bool | None


class IgnoredBooking(Record):
    """A booking of a statement that is none of ours, and since when that is known."""

    source: str
    day: date
    changed: bool
