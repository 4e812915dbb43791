"""The bill run and the check of the book."""

from __future__ import annotations

from itertools import islice
from typing import Any

from subctl.view import words
from subctl.view.console import Page
from subctl.view.layout import Column, Row

MOST_SHOWN = 50
"""Invoices of a run that are shown; the rest is counted."""


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw a bill run or a check."""
    if document["schema"] == "bill/1":
        _draw_bill(page, document)
    else:
        _draw_check(page, document)


_ISSUED = (
    Column("Invoice"),
    Column("Space", fold=True),
    Column("Period", bare=True, under=1),
    Column("Net", right=True, under=2),
    Column("VAT", right=True, under=2),
)


def _draw_bill(page: Page, document: dict[str, Any]) -> None:
    issued, failed = document["issued"], document["failed"]
    if len(issued):
        shown = list(islice(issued, MOST_SHOWN))
        page.table([*_ISSUED, Column(f"Total {shown[0]['currency']}", right=True)], [*map(_issued, shown)])
        if len(issued) > MOST_SHOWN:
            page.line(f"and {len(issued) - MOST_SHOWN} more: subctl list invoices --limit {len(issued)}")
    elif not failed:
        page.line(f"Nothing is due on {words.day(document['date'])}.")
    for item in failed:
        page.line(f"{item['space']} was not billed: {item['error']['message']}", style="red")


def _issued(item: dict[str, Any]) -> Row:
    number, period = item["number"] or "not issued", words.short_period(item["period"])
    return Row([number, item["space"], period, item["net"], item["vat"], item["total"]])


def _draw_check(page: Page, document: dict[str, Any]) -> None:
    for problem in document["problems"]:
        place = f"{problem['document']}: " if problem["document"] else ""
        page.line(f"{place}{problem['message']}", style="red")
    if document["ok"]:
        page.line("The book is right.", style="green")
    else:
        page.line(f"{len(document['problems'])} found that should not be so.", style="bold red")
    counts = ", ".join(f"{name} {number}" for name, number in document["counts"].items())
    page.line(f"Checked: {counts}.")
    page.line("The history ends with", style="dim")
    page.whole(document["head"], style="dim")
