"""What an import of spaces added."""

from datetime import date

from subctl.domain.record import Record


class Imported(Record):
    """How many spaces were added."""

    day: date
    added: int
