"""Reminders as they were issued, by number and in lists; issuing them is the task of `reminding`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from subctl.domain.numbers import INVOICE, REMINDER, number, parse_number
from subctl.domain.reminder import Reminder
from subctl.domain.sentence import N_
from subctl.domain.settlement import Claim
from subctl.results.reminders import RemindedItem, Reminders, ShownReminder
from subctl.service.paging import Page, Wanted, listed, page
from subctl.service.parties import parties_of
from subctl.service.session import Session
from subctl.store import claims, read, reminders
from subctl.store.tables import Row, damaged


def own_reminder(session: Session, number_text: str) -> ShownReminder:
    """Return a reminder to a space that this account may see (`not_found`, `not_administrator`)."""
    series, reminder_id = parse_number(number_text)
    found = reminders.reminder(session.connection, reminder_id) if series == REMINDER else None
    if found is None:
        raise session.no_document(number_text, "reminder")
    session.require_own(found.space, number_text)
    return shown_reminder(session, found)


def shown_reminder(session: Session, reminder: Reminder) -> ShownReminder:
    """Return a reminder with all that stands in it."""
    asked = claims.of_space(session.connection, reminder.space)
    return with_all(session, reminder, asked, read.details(session.connection, reminder.buyer))


def with_all(session: Session, reminder: Reminder, claims_: Iterable[Claim], details: read.Details) -> ShownReminder:
    """Return a reminder with what it says of claims and of the buyer; without an id it isn't issued yet."""
    asked = {claim.id: claim for claim in claims_}
    sellers = {catalog.id: catalog.seller for catalog in session.catalogs.imported}
    if reminder.catalog not in sellers or any(item.invoice not in asked for item in reminder.items):
        raise damaged(N_("what {reminder} reminds of is gone"), reminder=number(REMINDER, reminder.id))
    return ShownReminder(
        number=number(REMINDER, reminder.id) if reminder.id else None,
        space=reminder.space,
        day=reminder.day,
        level=reminder.level,
        currency=session.catalog.currency,
        items=tuple(_item(asked[each.invoice], each.open, each.level, reminder.day) for each in reminder.items),
        parties=parties_of(sellers[reminder.catalog], details),
    )


def _item(claim: Claim, open_: int, level: int, day: date) -> RemindedItem:
    due = claim.due or claim.day
    return RemindedItem(number(INVOICE, claim.id), claim.day, due, claim.total, open_, (day - due).days, level)


def list_reminders(session: Session, wanted: Wanted) -> Reminders:
    """Return reminders, newest first, of the spaces that this account may see."""
    items, more = listed(session, _page, wanted)
    return Reminders(items, session.catalog.currency, more)


def _page(session: Session, wanted: Wanted, after: Row, size: int) -> Page[ShownReminder]:
    found = reminders.reminders(session.connection, wanted.sought(session), size, after)
    return page([((each.id,), shown_reminder(session, each)) for each in found], size, lambda _: True)
