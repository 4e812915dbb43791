"""Invoices that a booking names, surest first: as end-to-end id, by RF reference, by number (payments.md 11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from subctl.domain.booking import Booking
from subctl.domain.numbers import INVOICE, first_id, number
from subctl.domain.record import Record
from subctl.domain.reference import payment_reference

END_TO_END, RF, NUMBER, ACCOUNT = WAYS = ("end-to-end", "rf", "number", "account")
"""By what it is known what a booking is for; the last is the payer's account with the amount that is open."""

_FEWEST = 4
_RF = re.compile(rf"RF([0-9]{{2}}){INVOICE}([0-9]{{4}})([0-9]{{4,9}})")
_WRITTEN = re.compile(rf"(?<![A-Z0-9]){INVOICE}[^A-Z0-9]{{0,3}}([0-9]{{4}})[^A-Z0-9]{{0,3}}([0-9]{{4,9}})(?![0-9])")
_BROKEN = re.compile(rf"{INVOICE}([0-9]{{4}})([0-9]{{4,9}})")


class Mention(Record):
    """An invoice that is named, by its id, and in which way."""

    way: str
    invoice: int


def mentions(booking: Booking) -> list[Mention]:
    """Return the invoices that a booking names, each once, surest first; whether there are such is not known here."""
    texts = [text.upper() for text in (booking.creditor, booking.text)]
    named = [Mention(END_TO_END, invoice) for invoice in _all_in(booking.end_to_end.upper())]
    named += [Mention(RF, invoice) for text in texts for invoice in _references(text)]
    named += [Mention(NUMBER, invoice) for text in texts for invoice in _numbers(text)]
    first: dict[int, Mention] = {}
    for each in named:
        first.setdefault(each.invoice, each)
    return list(first.values())


def _all_in(text: str) -> list[int]:
    return [*_references(text), *_numbers(text)]


def _references(text: str) -> Iterator[int]:
    """Yield what RF references name whose check digits fit, however they are grouped, or what follows them."""
    for found in _RF.finditer(_solid(text)):
        digits, year, place = found.groups()
        for length in range(_FEWEST, len(place) + 1):
            invoice = _id(year, place[:length])
            if invoice and payment_reference(number(INVOICE, invoice))[2:4] == digits:
                yield invoice


def _numbers(text: str) -> list[int]:
    """Return what is named as it is written; where nothing is, what banks have broken in two."""
    written = [_id(*found.groups()) for found in _WRITTEN.finditer(text)]
    if not written:
        written = [_id(year, _place(place)) for year, place in _BROKEN.findall(_solid(text))]
    return [invoice for invoice in written if invoice]


def _solid(text: str) -> str:
    return re.sub("[^A-Z0-9]", "", text)


def _place(digits: str) -> str:
    """Return where a number ends that is followed by other digits: only those of four begin with a nought."""
    return digits[:_FEWEST] if digits.startswith("0") else digits


def _id(year: str, place: str) -> int | None:
    """Return the id of a number as it is given: longer ones have no nought before them."""
    if not int(place) or (len(place) > _FEWEST and place.startswith("0")):
        return None
    return first_id(int(year)) + int(place)
