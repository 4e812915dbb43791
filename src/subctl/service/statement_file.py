"""Bank statements as files: camt or CSV, read whole before anything is made of them (payments.md 11).

What stays in memory of each booking is a few bytes by which it would be known again.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from io import BufferedReader

from subctl.domain.booking import Booking, content_source, equal_key, reference_source
from subctl.domain.dates import parse_date
from subctl.domain.errors import bad_input
from subctl.domain.money import parse_amount
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.service.camt import Expected, read_camt, refuse_later
from subctl.service.csv_file import BadRows, Row, rows_in
from subctl.service.progress import Progress
from subctl.service.spool import Spool
from subctl.service.text_file import TextFile, as_text, opened_bytes

COLUMNS = ("date", "amount", "reference", "text", "name", "iban", "id")
"""The columns of a statement as CSV."""

_NEEDED = COLUMNS[:2]
_MARKS_AND_BLANKS = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_MOST_LETTERS = 1000
_FEW = 64
_FEW_BOOKINGS = 500


class Told(Record):
    """A booking, and what it is called: by its bank's reference, where that is one, and by all that it says."""

    booking: Booking
    by_reference: str | None
    by_content: str


def read_statement(file: TextFile, expected: Expected, into: Spool[Told], progress: Progress | None = None) -> None:
    """Read the bookings of a file, each once, in its order (`bad_input` names the entry or all lines that can't be).

    What was read before a refusal is of no use. How many there will be is told by the size of the file.
    """
    with opened_bytes(file) as content:
        size = os.fstat(content.fileno()).st_size if file.path and progress else 0
        for count, told in enumerate(_told(_bookings(content, file.name, expected)), 1):
            into.append(told)
            if progress and size and count % _FEW_BOOKINGS == 0:
                progress(count, count * size // max(content.tell(), 1))


def _bookings(content: BufferedReader, name: str | Sentence, expected: Expected) -> Iterator[Booking]:
    if content.peek(_FEW)[:_FEW].lstrip(_MARKS_AND_BLANKS).startswith(b"<"):
        yield from read_camt(content, name, expected)
        return
    bad, account = BadRows(), expected.of_csv
    with as_text(content) as text:
        for booking in rows_in(text, name, COLUMNS, _NEEDED, lambda row: _booking(row, account, expected), bad):
            if booking.amount:
                yield booking
    bad.refuse()


def _booking(row: Row, account: str, expected: Expected) -> Booking:
    """Return the booking of a line (`bad_input`)."""
    cells = {column: " ".join(text.split()) for column, text in row.cells.items()}
    for column in cells:
        if column not in COLUMNS:
            raise bad_input(
                N_("There is no column '{column}' in a statement."),
                N_("Its columns are {columns}."),
                column=column,
                columns=",".join(COLUMNS),
            )
    day = parse_date(cells["date"], Sentence(N_("The day")))
    refuse_later(day, expected.day)
    for column, text in cells.items():
        if len(text) > _MOST_LETTERS:
            raise bad_input(N_("{column} must have at most {most} letters."), column=column, most=_MOST_LETTERS)
    return Booking(
        account=account,
        day=day,
        amount=parse_amount(cells["amount"], expected.currency, Sentence(N_("The amount"))),
        bank_reference=cells.get("id", ""),
        creditor=cells.get("reference", ""),
        text=cells.get("text", ""),
        name=cells.get("name", ""),
        iban="".join(cells.get("iban", "").split()).upper(),
    )


def _told(bookings: Iterator[Booking]) -> Iterator[Told]:
    """Yield each booking with what it is called; one that says the same under the same reference is the same."""
    seen: set[int] = set()
    equal: Counter[bytes] = Counter()
    for booking in bookings:
        name, first = reference_source(booking), content_source(booking, 0)
        key = equal_key(first)
        both = hash((name, key))
        if name is None or both not in seen:
            yield Told(booking, name, content_source(booking, equal[key]) if equal[key] else first)
            equal[key] += 1
            seen.add(both)
