"""Deadlines as a table, soonest first."""

from __future__ import annotations

from subctl.domain.money import format_amount
from subctl.results.deadlines import DeadlineItem, Deadlines
from subctl.view.console import Page
from subctl.view.layout import Column, Row
from subctl.view.texts import DEADLINES


def draw(page: Page, deadlines: Deadlines) -> None:
    """Draw a line for each deadline: when, whose, what until then, and what it is about."""
    currency = deadlines.currency
    rows = [Row(_cells(item, currency)) for item in deadlines.items]
    if not rows:
        page.line("No deadline.")
        return
    columns = [
        Column("Date"),
        Column("Space", fold=True),
        Column("Deadline", bare=True),
        Column("Effect", bare=True, under=1),
        Column("Number", under=2),
        Column(f"Total {currency}", right=True),
    ]
    page.table(columns, rows)


def _cells(item: DeadlineItem, currency: str) -> list[str]:
    amount = "–" if item.amount is None else format_amount(item.amount, currency)
    return [item.day.isoformat(), item.space, DEADLINES[item.kind], _effect(item), item.number or "–", amount]


def _effect(item: DeadlineItem) -> str:
    """Say from when a reduction would hold, and what would be the last day."""
    if item.effective is not None:
        return f"from {item.effective}"
    return "–" if item.last_day in (None, item.day) else f"ends {item.last_day}"
