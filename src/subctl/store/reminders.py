"""Reminders: read, and kept for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from subctl.domain.reminder import Reminded, Reminder
from subctl.store.listing import Sought, listed
from subctl.store.rows import compact, read_day, read_object, reads
from subctl.store.tables import REMINDERS, Row, among

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_VERSION = 1
QUERY = f"SELECT {REMINDERS.selected} FROM reminders"


@reads(REMINDERS)
def read_reminder(row: Row) -> Reminder:
    """Return a reminder from a row of the query."""
    place, space, day, level, items = row
    kept = read_object(items)
    reminded = tuple(Reminded(each["invoice"], each["open"], each["level"]) for each in kept["items"])
    return Reminder(place, space, read_day(day), level, kept["buyer"], kept["catalog"], reminded)


def reminder(connection: Connection, reminder_id: int) -> Reminder | None:
    """Return a reminder, or nothing."""
    row = connection.execute(f"{QUERY} WHERE id = ?", (reminder_id,)).fetchone()
    return read_reminder(row) if row else None


def of_all(connection: Connection) -> Iterator[Reminder]:
    """Yield all reminders, as they were issued."""
    return map(read_reminder, connection.stream(f"{QUERY} ORDER BY id"))


def reminders(connection: Connection, sought: Sought, limit: int, after: Row = ()) -> list[Reminder]:
    """Return reminders, newest first; `after` is the id of another one."""
    return [read_reminder(row) for row in listed(connection, QUERY, sought, limit, after)]


def levels_of(connection: Connection, spaces: Sequence[str]) -> dict[int, int]:
    """Return the highest level that each invoice of some spaces had, by its id."""
    had: dict[int, int] = {}
    where, values = among("space", spaces)
    for row in connection.execute(f"{QUERY} WHERE {where} ORDER BY id", values):
        for item in read_reminder(row).items:
            had[item.invoice] = max(item.level, had.get(item.invoice, 0))
    return had


def insert(connection: Connection, new: Sequence[Reminder]) -> list[Reminder]:
    """Keep reminders of one day under the next numbers of their series, and return them with these."""
    from subctl.store.write import insert_rows, next_document_id

    first = next_document_id(connection, REMINDERS.name, new[0].day)
    kept = [each._replace(id=first + place) for place, each in enumerate(new)]
    insert_rows(connection, REMINDERS, list(map(_row, kept)))
    return kept


def _row(reminder: Reminder) -> Row:
    kept = {
        "v": _VERSION,
        "buyer": reminder.buyer,
        "catalog": reminder.catalog,
        "items": [item._asdict() for item in reminder.items],
    }
    return reminder.id, reminder.space, reminder.day.isoformat(), reminder.level, compact(kept)
