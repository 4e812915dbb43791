"""Reminders: when an invoice that is late gets one, and of which level (payments.md 9.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from subctl.domain.record import Record
from subctl.domain.settlement import INVOICE, Item, days_late


class Reminded(Record):
    """An invoice that is reminded of: what of it is open, in minor units, and the level that it gets."""

    invoice: int
    open: int
    level: int


class Reminder(Record):
    """A reminder to a space; `level` is the highest of its items.

    `buyer` and `catalog` are the places of its buyer's details and of the catalog of its day, which has the seller.
    """

    id: int
    space: str
    day: date
    level: int
    buyer: int
    catalog: int
    items: tuple[Reminded, ...]


def level_reached(late: int, days: Sequence[int]) -> int:
    """Return the level that an invoice has reached that many days after its due day; 0 for none.

    `days` says after how many each level is reached, the first one first.
    """
    return sum(1 for each in days if late >= each)


def due_reminders(items: Sequence[Item], day: date, days: Sequence[int], had: Mapping[int, int]) -> list[Reminded]:
    """Return which of a space's items get a reminder on a day, oldest due day first.

    `had` is the highest level that each invoice had before. One that was passed over isn't made up for.
    """
    levels = ((item, level_reached(days_late(item, day), days)) for item in items if item.form == INVOICE)
    return [Reminded(item.id, item.open, level) for item, level in levels if level > had.get(item.id, 0)]
