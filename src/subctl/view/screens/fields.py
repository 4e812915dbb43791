"""Chosen keys of any document, as a plain table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from subctl.view.console import Page
from subctl.view.csv import cell_text
from subctl.view.layout import Column, Row


def draw(page: Page, rows: Sequence[Mapping[str, object]]) -> None:
    """Draw a row for each, a column for each key."""
    if rows:
        columns = [Column(name, fold=True) for name in rows[0]]
        page.table(columns, [Row([*map(cell_text, row.values())]) for row in rows])
