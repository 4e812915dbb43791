"""The bill run and the check of the book."""

from __future__ import annotations

from itertools import islice
from typing import Any

from subctl.view import words
from subctl.view.console import Page, grid

MOST_SHOWN = 50
"""Invoices of a run that are shown; the rest is counted."""


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw a bill run or a check."""
    if document["schema"] == "bill/1":
        _draw_bill(page, document)
    else:
        _draw_check(page, document)


def _draw_bill(page: Page, document: dict[str, Any]) -> None:
    issued, failed = document["issued"], document["failed"]
    if len(issued):
        table = grid(head=True)
        table.add_column("Invoice", no_wrap=True)
        table.add_column("Space", overflow="fold")
        table.add_column("Period", overflow="fold")
        for name in ("Net", "VAT", "Total"):
            table.add_column(name, justify="right", no_wrap=True)
        for item in islice(issued, MOST_SHOWN):
            table.add_row(
                item["number"] or "not issued",
                item["space"],
                words.period(item["period"]),
                item["net"],
                item["vat"],
                words.money(item["total"], item["currency"]),
            )
        page.table(table)
        if len(issued) > MOST_SHOWN:
            page.line(f"and {len(issued) - MOST_SHOWN} more: subctl list invoices --limit {len(issued)}")
    elif not failed:
        page.line(f"Nothing is due on {words.day(document['date'])}.")
    for item in failed:
        page.line(f"{item['space']} was not billed: {item['error']['message']}", style="red")


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
    page.line(f"The history ends with {document['head']}", style="dim")
