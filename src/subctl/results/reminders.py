"""Reminders: one with all that stands in it, a list of them, and those of a run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from subctl.domain.record import Record
from subctl.results.listed import Listed
from subctl.results.parties import Parties


class RemindedItem(Record):
    """An invoice that is reminded of, in minor units: what of its total was open then, and the level it got."""

    number: str
    day: date
    due: date
    total: int
    open: int
    days_late: int
    level: int


class ShownReminder(Record):
    """A reminder; without a number it isn't issued yet. Its `level` is the highest of its items."""

    number: str | None
    space: str
    day: date
    level: int
    currency: str
    items: tuple[RemindedItem, ...]
    parties: Parties

    @property
    def open(self) -> int:
        """What is open in all, in minor units."""
        return sum(item.open for item in self.items)


class Reminders(Record):
    """Reminders, newest first, and whether there is `more` where a limit was given."""

    items: Iterable[ShownReminder]
    currency: str
    more: bool | None


class RemindRun(Record):
    """The reminders of a day: those that were issued, or would be; none where none is due, and nothing `changed`.

    `open` is what all of them remind of, in minor units; `numbers` are the first and the last that was issued.
    """

    day: date
    currency: str
    items: Listed[ShownReminder]
    open: int
    numbers: tuple[str, str] | None

    @property
    def changed(self) -> bool:
        """Whether a reminder is due."""
        return len(self.items) > 0
