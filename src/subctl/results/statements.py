"""What became of the bookings of a bank statement."""

from collections.abc import Mapping
from datetime import date

from subctl.domain.record import Record
from subctl.results.listed import Listed
from subctl.results.payments import PaidPart

KNOWN = "known"
"""The state of a booking that was entered or set aside before; other states are certainties of `domain/matching.py`."""


class ShownBooking(Record):
    """A booking in minor units, and what it is called; `account` is the end of the other side's.

    A `space`, `parts` and `of` say whose it is and what for, or what is proposed; `payment` is its number once it is
    entered.
    """

    source: str
    day: date
    amount: int
    name: str
    text: str
    account: str | None
    state: str
    reason: str | None
    way: str | None
    space: str | None
    parts: tuple[PaidPart, ...]
    of: str | None
    payment: str | None


class Statement(Record):
    """The bookings of a statement on a day: how many are in which state, and the sum of those that are sure.

    `numbers` are the first and the last payment that were entered; `digest` is the same for the same payments.
    """

    day: date
    currency: str
    bookings: Listed[ShownBooking]
    counts: Mapping[str, int]
    amount: int
    numbers: tuple[str, str] | None
    digest: str
    changed: bool

    @property
    def left(self) -> int:
        """How many bookings are left over: whose they are isn't sure."""
        return self.counts["proposed"] + self.counts["unknown"]
