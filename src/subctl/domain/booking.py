"""Bookings of a bank statement: what one says, and by what it is known again (payments.md 11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from subctl.domain.cards import holds_card
from subctl.domain.payment import Payment
from subctl.domain.record import Record

SAME_DAYS = timedelta(days=5)
"""So far apart may the days be that two accounts of the same money give it."""

_NO_REFERENCES = frozenset(("", "NONREF", "NOTPROVIDED", "NOTAVAILABLE"))
_MOST_LETTERS, _DIGITS = 80, 24


class Booking(Record):
    """A booking as a bank tells it, on an `account` by its IBAN; in minor units, below zero where money went.

    `bank_reference` is empty where the bank gave none of its own; `text` is what the payer wrote, `creditor` the
    reference that stands apart from it (ISO 11649), `name` and `iban` are those of the other side. One that takes an
    earlier one back is `returned`; `debited` is what came by direct debit.
    """

    account: str
    day: date
    amount: int
    bank_reference: str = ""
    end_to_end: str = ""
    creditor: str = ""
    text: str = ""
    name: str = ""
    iban: str = ""
    returned: bool = False
    debited: bool = False


def is_reference(text: str) -> bool:
    """Tell whether what a bank calls a booking tells it from others: not all say so where they have nothing to say."""
    return text.upper() not in _NO_REFERENCES and bool(text.strip("0"))


def reference_source(booking: Booking) -> str | None:
    """Return what a booking is called by its bank's reference, or nothing where there is none that would do.

    A booking and what takes it back may have one reference.
    """
    text = booking.bank_reference
    if not is_reference(text) or len(text) > _MOST_LETTERS or not text.isprintable() or holds_card(text):
        return None
    return f"{booking.account}:{text}{'-' if booking.amount < 0 else ''}"


def content_source(booking: Booking, before: int) -> str:
    """Return what a booking is called by all that it says, and by how many equal ones stood before it in its file."""
    from hashlib import sha256  # noqa: PLC0415  # slow to load, and of no use where references are given

    said = (booking.day.isoformat(), booking.amount, *_said(booking), before)
    digest = sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{booking.account}:{digest}"


def _said(booking: Booking) -> Iterable[str]:
    """Return all texts of a booking, however a bank spaced them."""
    texts = (booking.end_to_end, booking.creditor, booking.text, booking.name, booking.iban)
    return ["".join(text.split()) for text in texts]


def equal_key(first: str) -> bytes:
    """Return the same few bytes for bookings that say the same, by what the `first` of them is called."""
    return bytes.fromhex(first.rpartition(":")[2])


def same_money(day: date, amount: int, other_day: date, other_amount: int) -> bool:
    """Tell whether two accounts of money could be of the same: the amount is, and the days are near each other."""
    return amount == other_amount and abs(day - other_day) <= SAME_DAYS


def same_booking(booking: Booking, booked: Sequence[Payment]) -> bool:
    """Tell whether what was entered under a bank's reference is this booking: of its days, or of its amount."""
    near = any(abs(booking.day - payment.day) <= SAME_DAYS for payment in booked)
    return near or (bool(booked) and sum(payment.amount for payment in booked) == booking.amount)
