"""Reminders as a table, one with all that stands in it, and those of a run."""

from __future__ import annotations

from itertools import islice

from subctl.results.reminders import RemindedItem, Reminders, RemindRun, ShownReminder
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _
from subctl.view.layout import Column, Row
from subctl.view.payment_words import issued_reminders
from subctl.view.rest import MOST_SHOWN, draw_rest
from subctl.view.screens.invoice import party


def draw(page: Page, result: Reminders | ShownReminder | RemindRun) -> None:
    """Draw reminders, newest first, those of a day, or one."""
    if isinstance(result, ShownReminder):
        _draw_one(page, result)
    elif isinstance(result, RemindRun):
        _draw_run(page, result)
    elif rows := [_row(item) for item in result.items]:
        page.table(_columns(result.currency), rows)
    else:
        page.line(_("No reminder yet."))


def draw_brief(page: Page, result: RemindRun) -> None:
    """Say only what was issued."""
    if result.numbers:
        page.line()
        page.line(issued_reminders(len(result.items), *result.numbers), style="green")


def _columns(currency: str) -> list[Column]:
    return [
        Column(_("Reminder")),
        Column(_("Date"), under=2),
        Column(_("Space"), fold=True),
        Column(_("Level"), right=True),
        Column(_("Invoices"), fold=True, under=1),
        Column(_("Open {currency}").format(currency=currency), right=True),
    ]


def _row(item: ShownReminder) -> Row:
    invoices, amount = ", ".join(each.number for each in item.items), words.amount(item.open, item.currency)
    day, level = words.column_day(item.day), words.count(item.level)
    return Row([item.number or "–", day, item.space, level, invoices, amount])


def _draw_run(page: Page, run: RemindRun) -> None:
    if not run.changed:
        page.line(_("No reminder is due."))
        return
    rows = [_row(item) for item in islice(run.items, MOST_SHOWN)]
    page.title(_("Reminders of {day}").format(day=words.day(run.day)))
    page.line()
    total = words.amount(run.open, run.currency)
    page.table(_columns(run.currency), rows, [Row([_("Sum"), *[""] * 4, total], "bold")])
    draw_rest(page, len(run.items), f"subctl list reminders --limit {len(run.items)}" if run.numbers else None)
    draw_brief(page, run)
    if page.dry_run:
        page.line()
        page.line(_("A dry run: nothing is issued."))


def _draw_one(page: Page, reminder: ShownReminder) -> None:
    page.title(_("Reminder {reminder}").format(reminder=reminder.number))
    page.line(words.money(reminder.open, reminder.currency), style="bold")
    page.line()
    page.facts(
        [
            (_("Date"), words.day(reminder.day)),
            (_("Level"), words.count(reminder.level)),
            (_("To"), party(reminder.parties.buyer)),
            (_("From"), party(reminder.parties.seller)),
            (_("Space"), reminder.space),
        ]
    )
    page.line()
    page.table(
        [
            Column(_("Invoice")),
            Column(_("Date"), under=2),
            Column(_("Due")),
            Column(_("Days late"), right=True, under=1),
            Column(_("Level"), right=True, under=3),
            Column(_("Total"), right=True, under=4),
            Column(_("Open {currency}").format(currency=reminder.currency), right=True),
        ],
        [Row(_cells(item, reminder.currency)) for item in reminder.items],
        [Row([_("Sum"), *[""] * 5, words.amount(reminder.open, reminder.currency)], "bold")],
    )


def _cells(item: RemindedItem, currency: str) -> list[str]:
    return [
        item.number,
        words.column_day(item.day),
        words.column_day(item.due),
        words.count(item.days_late),
        words.count(item.level),
        words.amount(item.total, currency),
        words.amount(item.open, currency),
    ]
