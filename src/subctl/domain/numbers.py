"""Numbers of documents: gapless and rising per year of issue (pricing.md 7.1).

The store keeps a number as one integer, the year and the place in it, so that numbers sort as they were given.
"""

from __future__ import annotations

import re

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.domain.text import safe

INVOICE, QUOTE, ORDER, PAYMENT, COLLECTION, REMINDER = "INV", "Q", "O", "P", "DD", "R"
SERIES = {
    "invoice": INVOICE,
    "quote": QUOTE,
    "order": ORDER,
    "payment": PAYMENT,
    "collection": COLLECTION,
    "reminder": REMINDER,
}

_YEAR = 10**10
_YEAR_DIGITS, _PLACE_DIGITS, _MOST_DIGITS = 4, 4, 9
_NUMBER = rf"({'|'.join(SERIES.values())})-([0-9]{{4}})-([0-9]{{4,9}})"

Ranges = list[tuple[int, int]]
"""First and last ids, both inside."""


def first_id(year: int) -> int:
    """Return the id before the year's first document."""
    return year * _YEAR


def next_id(newest: int | None, year: int) -> int:
    """Return the id after the newest one of this series."""
    return max(newest or 0, first_id(year)) + 1


def year_of(document_id: int) -> int:
    """Return the year of issue."""
    return document_id // _YEAR


def number(series: str, document_id: int) -> str:
    """Write a document's number: `INV-2026-0001`."""
    return f"{series}-{year_of(document_id)}-{document_id % _YEAR:04d}"


def optional_number(series: str, document_id: int | None) -> str | None:
    """Write a document's number where there is a document."""
    return None if document_id is None else number(series, document_id)


def is_number(text: str) -> bool:
    """Tell whether a text looks like the number of a document."""
    return re.fullmatch(_NUMBER, text, re.IGNORECASE | re.ASCII) is not None


def parse_number(text: str) -> tuple[str, int]:
    """Read a document's number as its series and id; raise `not_found` for anything else."""
    match = re.fullmatch(_NUMBER, text, re.IGNORECASE | re.ASCII)
    if match is None:
        raise SubctlError(
            "not_found",
            N_("There is no document '{document}'."),
            N_("Numbers look like INV-2026-0001, Q-2026-0001 and O-2026-0001; a space is named with --space."),
            document=safe(text),
        )
    series, year, place = match.groups()
    return series.upper(), int(year) * _YEAR + int(place)


def ids_beginning(series: str, prefix: str) -> Ranges:
    """Return which ids have a number that begins so: with `INV-2026-1` 1000 to 1999, 10000 to 19999 and so on."""
    head = f"{series}-"
    if head.startswith(prefix):
        return [(0, first_id(10**_YEAR_DIGITS))]
    year, _, place = prefix.removeprefix(head).partition("-")
    digits = year + place
    if not prefix.startswith(head) or not (digits.isascii() and digits.isdigit()) or len(year) > _YEAR_DIGITS:
        return []
    if not place:
        first, last = (int(year.ljust(_YEAR_DIGITS, digit)) for digit in "09")
        return [(first_id(first), first_id(last + 1))]
    start = first_id(int(year))
    return [
        (start + int(place.ljust(length, "0")), start + int(place.ljust(length, "9")))
        for length in range(max(_PLACE_DIGITS, len(place)), _MOST_DIGITS + 1)
        if length == _PLACE_DIGITS or not place.startswith("0")  # only short places are filled up with noughts
    ]
