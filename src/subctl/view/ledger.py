"""The bill run and the check of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from subctl.view import words
from subctl.view.console import grid

if TYPE_CHECKING:
    from rich.console import Console

_MOST = 50
"""Invoices of a run that are shown; the rest is counted."""


def draw(console: Console, document: dict[str, Any]) -> None:
    """Draw a bill run or a check."""
    if document["schema"] == "bill/1":
        _draw_bill(console, document)
    else:
        _draw_check(console, document)


def _draw_bill(console: Console, document: dict[str, Any]) -> None:
    issued, failed = document["issued"], document["failed"]
    if issued:
        table = grid(head=True)
        table.add_column("Invoice", no_wrap=True)
        table.add_column("Space", overflow="fold")
        table.add_column("Period", overflow="fold")
        for name in ("Net", "VAT", "Total"):
            table.add_column(name, justify="right", no_wrap=True)
        for item in issued[:_MOST]:
            table.add_row(
                item["number"] or "not issued",
                item["space"],
                words.period(item["period"]),
                item["net"],
                item["vat"],
                words.money(item["total"], item["currency"]),
            )
        console.print(table)
        if len(issued) > _MOST:
            console.print(f"and {len(issued) - _MOST} more: subctl list invoices --limit {len(issued)}")
    elif not failed:
        console.print(f"Nothing is due on {words.day(document['date'])}.")
    for item in failed:
        console.print(f"{item['space']} was not billed: {item['error']['message']}", style="red")


def _draw_check(console: Console, document: dict[str, Any]) -> None:
    for problem in document["problems"]:
        place = f"{problem['document']}: " if problem["document"] else ""
        console.print(f"{place}{problem['message']}", style="red")
    if document["ok"]:
        console.print("The book is right.", style="green")
    else:
        console.print(f"{len(document['problems'])} found that should not be so.", style="bold red")
    counts = ", ".join(f"{number} {name}" for name, number in document["counts"].items())
    console.print(f"Checked {counts}.")
    console.print(f"The history ends with {document['head']}", style="dim")
