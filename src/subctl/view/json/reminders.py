"""Reminders as JSON: one, a list of them, and those of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.money import format_amount
from subctl.results.reminders import RemindedItem, Reminders, RemindRun, ShownReminder
from subctl.view.json.rows import Rows, listed

if TYPE_CHECKING:
    from subctl.view.documents import reminders as documents
    from subctl.view.documents.lists import ListDocument


def document(
    result: Reminders | ShownReminder | RemindRun, *, explain: bool
) -> ListDocument | documents.ReminderDocument | documents.RemindDocument:
    """Return reminders as a list, those of a day, or one with all that stands in it."""
    del explain
    match result:
        case ShownReminder():
            return {"schema": "reminder/1", **_reminder(result)}
        case RemindRun():
            return {
                "schema": "remind/1",
                "date": result.day.isoformat(),
                "currency": result.currency,
                "reminders": Rows(result.items, _reminder),
                "open": format_amount(result.open, result.currency),
                "changed": result.changed,
            }
        case Reminders():
            return listed("reminders", Rows(result.items, _reminder), more=result.more, currency=result.currency)


def _reminder(reminder: ShownReminder) -> documents.ReminderItem:
    return {
        "number": reminder.number,
        "space": reminder.space,
        "date": reminder.day.isoformat(),
        "level": reminder.level,
        "currency": reminder.currency,
        "open": format_amount(reminder.open, reminder.currency),
        "items": [_item(item, reminder.currency) for item in reminder.items],
    }


def _item(item: RemindedItem, currency: str) -> documents.RemindedItem:
    return {
        "number": item.number,
        "date": item.day.isoformat(),
        "due_date": item.due.isoformat(),
        "total": format_amount(item.total, currency),
        "open": format_amount(item.open, currency),
        "days_late": item.days_late,
        "level": item.level,
    }
