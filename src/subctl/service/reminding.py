"""Reminding of what is late: a document for each space, with all its invoices that get a level (payments.md 9.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from subctl.domain.errors import SubctlError
from subctl.domain.numbers import REMINDER, number
from subctl.domain.reminder import Reminded, Reminder, due_reminders
from subctl.domain.sentence import N_
from subctl.domain.settlement import Account, days_late
from subctl.results.reminders import RemindRun
from subctl.service.account import accounts
from subctl.service.caller import Caller
from subctl.service.reminders import shown_reminder
from subctl.service.session import Session, reading, writing
from subctl.service.under_way import not_under_way, waiting_debits
from subctl.store import balances, read, reminders


def preview_remind(caller: Caller, space: str | None, level: int | None) -> RemindRun:
    """Return the reminders that are due, and write nothing (errors as `remind`)."""
    with reading(caller, space) as session:
        return _remind(session, space, level, None)


def remind(caller: Caller, space: str | None, level: int | None, shown: RemindRun | None = None) -> RemindRun:
    """Issue the reminders that are due, of one space or of all, at one level or at any; `shown` was agreed to.

    Errors: `not_found`, `expectation_failed` where others are due than were shown, and the clock's.
    """
    with writing(caller, space) as session:
        return _remind(session, space, level, shown)


def _remind(session: Session, space: str | None, level: int | None, agreed: RemindRun | None) -> RemindRun:
    if space is not None:
        session.space_id(space)
    due = list(_due(session, [space] if space else balances.uneven(session.connection, session.day), level))
    run = _run(session, due)
    if agreed is not None and agreed != run:
        raise SubctlError(
            "expectation_failed", N_("What is late has changed since this preview."), N_("Look again, then remind.")
        )
    if not due:
        return run
    session.check_clock()
    if not session.writes:
        return run
    kept = [reminders.insert(session.connection, each) for each in due]
    numbers = [number(REMINDER, each.id) for each in (kept[0], kept[-1])]
    session.record(space, reminders=len(kept), numbers=numbers)
    issued = zip(run.items, kept, strict=True)
    return run._replace(items=tuple(each._replace(number=number(REMINDER, new.id)) for each, new in issued))


def _run(session: Session, due: Sequence[Reminder]) -> RemindRun:
    shown = tuple(shown_reminder(session, each) for each in due)
    return RemindRun(session.day, session.catalog.currency, shown)


def _late(session: Session, space: str, account: Account) -> list[Reminded]:
    """Return what of a space gets a level today, by the days of the catalog in force."""
    late = [item for item in account.open_items if days_late(item, session.day)]
    if not late:
        return []
    had = reminders.levels_of(session.connection, space)
    return due_reminders(late, session.day, session.catalog.policy.reminder_days, had)


def _due(session: Session, spaces: Sequence[str], level: int | None) -> Iterator[Reminder]:
    """Yield the reminders that are due, by space; of one level alone where that is wanted."""
    waiting = waiting_debits(session)
    for name, account in accounts(session, spaces):
        found = _late(session, name, account)
        free = {item.id for item in not_under_way(session, name, account.open_items, waiting)} if found else set()
        items = tuple(item for item in found if item.invoice in free and level in (None, item.level))
        if items:
            space = read.space(session.connection, name)
            assert space is not None  # noqa: S101  # it has invoices
            highest = max(item.level for item in items)
            yield Reminder(0, name, session.day, highest, space.buyer, session.catalog.id, items)
