"""Deadlines as a table, soonest first."""

from __future__ import annotations

from subctl.results.deadlines import DeadlineItem, Deadlines
from subctl.view import codes, words
from subctl.view.console import Page
from subctl.view.language import _
from subctl.view.layout import Column, Row


def draw(page: Page, deadlines: Deadlines) -> None:
    """Draw a line for each deadline: when, whose, what until then, and what it is about."""
    currency = deadlines.currency
    rows = [Row(_cells(item, currency)) for item in deadlines.items]
    if not rows:
        page.line(_("No deadline."))
        return
    columns = [
        Column(_("Date")),
        Column(_("Space"), fold=True),
        Column(_("Deadline"), bare=True, under=3),
        Column(_("Effect"), bare=True, under=1),
        Column(_("Number"), under=2),
        Column(_("Total {currency}").format(currency=currency), right=True),
    ]
    page.table(columns, rows)


def _cells(item: DeadlineItem, currency: str) -> list[str]:
    amount = "–" if item.amount is None else words.amount(item.amount, currency)
    return [
        words.column_day(item.day),
        item.space,
        codes.deadline(item.kind),
        _effect(item),
        item.number or "–",
        amount,
    ]


def _effect(item: DeadlineItem) -> str:
    """Say from when a reduction would hold, and what would be the last day."""
    if item.effective is not None:
        return _("from {day}").format(day=words.column_day(item.effective))
    return "–" if item.last_day in (None, item.day) else _("ends {day}").format(day=words.column_day(item.last_day))
