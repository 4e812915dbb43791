"""Reminding of what is late: a document for each space, with all its invoices that get a level (payments.md 9.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from subctl.domain.errors import SubctlError
from subctl.domain.numbers import REMINDER, number
from subctl.domain.reminder import Reminded, Reminder, due_reminders
from subctl.domain.sentence import N_
from subctl.domain.settlement import Item, days_late
from subctl.domain.text import safe
from subctl.results.reminders import RemindRun, ShownReminder
from subctl.service.account import Book, books
from subctl.service.caller import Caller
from subctl.service.reminders import with_all
from subctl.service.session import Session, reading, writing
from subctl.service.under_way import not_under_way, waiting_debits
from subctl.store import balances, read, reminders
from subctl.store.tables import damaged

if TYPE_CHECKING:
    from subctl.service.spool import Into

BATCH = 500
"""Spaces that are late, of which everything else is read at once; reminders that are issued at once."""

Due = tuple[Reminder, ShownReminder]
"""A reminder that is due: as it is kept, and as it is shown, both without a number."""


def preview_remind(caller: Caller, space: str | None, level: int | None, due: Into[ShownReminder]) -> RemindRun:
    """Return the reminders that are due, each added to `due`, and write nothing (errors as `remind`)."""
    with reading(caller, space) as session:
        return _remind(session, space, level, due, None)


def remind(
    caller: Caller,
    space: str | None,
    level: int | None,
    issued: Into[ShownReminder],
    shown: RemindRun | None = None,
) -> RemindRun:
    """Issue the reminders that are due, of one space or of all, at one level or at any, and add each to `issued`.

    `shown` was agreed to. Errors: `not_found`, `expectation_failed` where others are due than were shown, and the
    clock's.
    """
    with writing(caller, space) as session:
        return _remind(session, space, level, issued, shown)


def _remind(
    session: Session, space: str | None, level: int | None, issued: Into[ShownReminder], agreed: RemindRun | None
) -> RemindRun:
    if space is not None:
        session.space_id(space)
    spaces = [space] if space else balances.uneven(session.connection, session.day)
    due = _due(session, spaces, level)
    if agreed is not None:
        due = _as_agreed(due, agreed.items)
    open_, first, last = 0, None, None
    while some := list(islice(due, BATCH)):
        session.check_clock()
        shown = _issued(session, some) if session.writes else [each for _, each in some]
        issued.extend(shown)
        open_ += sum(each.open for each in shown)
        first, last = first or shown[0].number, shown[-1].number
    numbers = (first, last) if first and last else None
    if numbers:
        session.record(space, reminders=len(issued), numbers=list(numbers))
    return RemindRun(session.day, session.catalog.currency, issued, open_, numbers)


def _as_agreed(due: Iterator[Due], agreed: Iterable[ShownReminder]) -> Iterator[Due]:
    """Go through what is due; refuse what is no longer what was shown (`expectation_failed`)."""
    for new, old in zip_longest(due, agreed):
        if new is None or new[1] != old:
            raise SubctlError(
                "expectation_failed", N_("What is late has changed since this preview."), N_("Look again, then remind.")
            )
        yield new


def _issued(session: Session, due: list[Due]) -> list[ShownReminder]:
    """Issue some reminders under the next numbers."""
    kept = reminders.insert(session.connection, [reminder for reminder, _ in due])
    return [shown._replace(number=number(REMINDER, each.id)) for (_, shown), each in zip(due, kept, strict=True)]


def _due(session: Session, spaces: Iterable[str], level: int | None) -> Iterator[Due]:
    """Yield the reminders that are due, by space, each with all that stands in it; of one level if that is wanted."""
    waiting = waiting_debits(session)
    late = ((space, book, items) for space, book in books(session, spaces) if (items := _late(session, book)))
    while some := list(islice(late, BATCH)):
        names = [name for name, _, _ in some]
        had = reminders.levels_of(session.connection, names)
        found = {space.id: space for space in read.spaces_of(session.connection, names)}
        for name, book, items in some:
            if name not in found:
                raise damaged(N_("the space {space} is gone"), space=safe(name))
            reminded = due_reminders(items, session.day, session.catalog.policy.reminder_days, had)
            free = {item.id for item in not_under_way(session, book, items, waiting)} if reminded else set()
            wanted = tuple(item for item in reminded if item.invoice in free and level in (None, item.level))
            if wanted:
                reminder = _reminder(session, found[name], wanted)
                yield reminder, with_all(session, reminder, book.claims, found[name].details)


def _late(session: Session, book: Book) -> list[Item]:
    return [item for item in book.on(session.day).open_items if days_late(item, session.day)]


def _reminder(session: Session, space: read.Space, items: tuple[Reminded, ...]) -> Reminder:
    """Return a reminder that isn't issued yet."""
    highest = max(item.level for item in items)
    return Reminder(0, space.id, session.day, highest, space.buyer, session.catalog.id, items)
