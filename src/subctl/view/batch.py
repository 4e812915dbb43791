"""Many contracts at once: what applying a file changes, and what an import added."""

from __future__ import annotations

from typing import Any

from subctl.view import words
from subctl.view.console import Page
from subctl.view.layout import Column, Row
from subctl.view.lists import change_words


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw an apply or an import."""
    (_draw_apply if document["schema"] == "apply/1" else _draw_import)(page, document)


def _draw_import(page: Page, document: dict[str, Any]) -> None:
    number = document["added"]
    page.line(f"Added {'1 space' if number == 1 else f'{number} spaces'} on {words.day(document['date'])}.")


_CHANGES = (
    Column("Space", fold=True),
    Column("Change", fold=True, bare=True, under=1),
    Column("Price from", under=2),
    Column("Due now, net", right=True),
)
_ORDER = Column("Order", bare=True, under=3)


def _draw_apply(page: Page, document: dict[str, Any]) -> None:
    changes = [change for change in document["changes"] if change["changed"]]
    if changes:
        columns = [*_CHANGES, Column(f"Total {document['currency']}", right=True), _ORDER]
        sums = [Row(["Sum", "", "", document["net"], document["total"], ""], "bold")]
        page.table(columns, [*map(_changed, changes)], sums)
    same = len(document["changes"]) - len(changes)
    if same:
        page.line(f"Nothing to change in {same} of {len(document['changes']) + len(document['failed'])}.")
    for item in document["failed"]:
        page.line(f"Line {item['line']}, {item['space']}: {item['error']['message']}", style="red")


def _changed(change: dict[str, Any]) -> Row:
    due = change["due_now"] or {"net": "–", "total": "–"}
    start, order = change["price_from"] or "never", change["order"] or "–"
    return Row([change["space"], change_words(change), start, due["net"], due["total"], order])


def draw_brief(page: Page, document: dict[str, Any]) -> None:
    """Draw only what became of changes that were shown before."""
    orders = [change["order"] for change in document["changes"] if change["changed"]]
    page.line()
    page.line(f"Ordered: {', '.join(orders)}.", style="green")
    for item in document["failed"]:
        page.line(f"Line {item['line']}, {item['space']}: {item['error']['message']}", style="red")
