"""Many contracts at once: what applying a file changes, and what an import added."""

from __future__ import annotations

from typing import Any

from subctl.view import words
from subctl.view.console import Page, grid
from subctl.view.lists import change_words


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw an apply or an import."""
    (_draw_apply if document["schema"] == "apply/1" else _draw_import)(page, document)


def _draw_import(page: Page, document: dict[str, Any]) -> None:
    number = document["added"]
    page.line(f"Added {'1 space' if number == 1 else f'{number} spaces'} on {words.day(document['date'])}.")


def _draw_apply(page: Page, document: dict[str, Any]) -> None:
    changes = [change for change in document["changes"] if change["changed"]]
    if changes:
        table = grid(head=True)
        table.add_column("Space", overflow="fold")
        table.add_column("Change", overflow="fold")
        table.add_column("Price from", no_wrap=True)
        table.add_column("Due now, net", justify="right", no_wrap=True)
        table.add_column("Total", justify="right", no_wrap=True)
        table.add_column("Order", no_wrap=True)
        for change in changes:
            due = change["due_now"] or {"net": "–", "total": "–"}
            table.add_row(
                change["space"],
                change_words(change),
                change["price_from"] or "never",
                due["net"],
                due["total"],
                change["order"] or "–",
            )
        table.add_section()
        table.add_row("Sum", "", "", document["net"], words.money(document["total"], document["currency"]), "")
        page.table(table)
    same = len(document["changes"]) - len(changes)
    if same:
        page.line(f"Nothing to change in {same} of {len(document['changes']) + len(document['failed'])}.")
    for item in document["failed"]:
        page.line(f"Line {item['line']}, {item['space']}: {item['error']['message']}", style="red")
