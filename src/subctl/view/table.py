"""Rows of any document as CSV, or as a plain table of chosen fields."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from subctl.view.console import Page

_END = "\r\n"
"""What ends a line for the writer, so that it quotes a lone return or newline in a cell; \n is written."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield rows as lines of CSV below a header; what is nested stands as JSON in its cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=_END)
    for place, row in enumerate(map(_flat, rows)):
        lines = [list(row)] if place == 0 else []
        for cells in [*lines, [_unarmed(_text(value)) for value in row.values()]]:
            writer.writerow(cells)
            yield out.getvalue().removesuffix(_END) + "\n"
            out.seek(0)
            out.truncate()


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Give each kind of licence a column of its own, in the place of all of them."""
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if key == "licences" and all(isinstance(number, int) for number in value.values()):
            flat |= value
        elif key != "zoom":
            flat[key] = value
    return flat


def _text(value: Any) -> str:  # noqa: ANN401  # any JSON
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _unarmed(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula; numbers stay numbers."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def draw_rows(page: Page, rows: list[dict[str, Any]]) -> None:
    """Draw chosen fields as a table, a row each."""
    if not rows:
        return
    from subctl.view.layout import Column, Row

    page.table([Column(name, fold=True) for name in rows[0]], [Row([*map(_text, row.values())]) for row in rows])
