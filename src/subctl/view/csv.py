"""Rows of any document as CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from subctl.view.json.rows import Rows

_END = "\r\n"
"""What ends a line for the writer, so that it quotes a lone return or newline in a cell; \n is written."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Yield rows as lines of CSV below a header; what is nested stands as JSON in its cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=_END)
    for place, row in enumerate(map(_flat, rows)):
        lines = [list(row)] if place == 0 else []
        for cells in [*lines, [_unarmed(cell_text(value)) for value in row.values()]]:
            writer.writerow(cells)
            yield out.getvalue().removesuffix(_END) + "\n"
            out.seek(0)
            out.truncate()


def _flat(row: Mapping[str, object]) -> Mapping[str, object]:
    """Give each kind of licence a column of its own, in the place of all of them."""
    flat: dict[str, object] = {}
    for key, value in row.items():
        if key == "licences" and isinstance(value, dict) and all(isinstance(each, int) for each in value.values()):
            flat |= value
        elif key != "zoom":
            flat[key] = value
    return flat


def cell_text(value: object) -> str:
    """Write a value of a document into one cell."""
    if value is None:
        return ""
    if isinstance(value, Rows):
        value = list(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _unarmed(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula; numbers stay numbers."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
