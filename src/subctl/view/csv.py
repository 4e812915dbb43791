"""Rows of any document as CSV: their columns, and which of them are wanted."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeGuard

from subctl.domain.dates import DAY
from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_
from subctl.domain.text import safe
from subctl.view.json.rows import Rows

_END = "\r\n"
"""What ends a line for the writer, so that it quotes a lone return or newline in a cell; \n is written."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


_PERIOD = ("period_start", "period_last_day")
_BUYER = "buyer_"
_BUYERS = tuple(f"{_BUYER}{key}" for key in ("name", "address", "country", "vat_id", "email", "reference"))


def headings(keys: Iterable[str]) -> list[str]:
    """Return the headings that rows with these keys can have, and the keys; kinds of licences come on top."""
    more = {"period": _PERIOD, "buyer": _BUYERS}
    return [heading for key in keys for heading in (key, *more.get(key, ()))]


def as_csv(
    rows: Iterable[Mapping[str, object]], fields: Sequence[str] = (), known: Iterable[str] = ()
) -> Iterator[str]:
    """Yield rows as lines of CSV below a header; what is nested stands as JSON in its cell.

    `fields` chooses columns, by their headings or by the keys they come from; one that a row hasn't is empty where
    it is `known`, else refused (`bad_input` names those there are).
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=_END)
    for place, row in enumerate(rows):
        columns = _chosen(list(_columns(row)), fields, known)
        lines = [[head for head, _ in columns]] if place == 0 else []
        for cells in [*lines, [_unarmed(cell_text(value)) for _, value in columns]]:
            writer.writerow(cells)
            yield out.getvalue().removesuffix(_END) + "\n"
            out.seek(0)
            out.truncate()


_Column = tuple[str, str, object]
"""The key of a row, the heading of a column that is made of it, and what stands there."""


def _columns(row: Mapping[str, object]) -> Iterator[_Column]:
    """Yield the columns of a row: each kind of licence, both ends of a period, each thing said of a buyer has one."""
    for key, value in row.items():
        if key == "licences" and _counts(value):
            yield from ((key, kind, number) for kind, number in value.items())
        elif key == "period" and isinstance(value, dict):
            start, last_day = _PERIOD
            yield key, start, value["start"]
            yield key, last_day, str(date.fromisoformat(value["end"]) - DAY)
        elif key == "buyer" and isinstance(value, dict):
            yield from ((key, f"{_BUYER}{each}", text) for each, text in value.items())
        elif key != "zoom" or not _counts(row.get("licences")):
            yield key, key, value


def _counts(value: object) -> TypeGuard[dict[str, int]]:
    return isinstance(value, dict) and all(isinstance(each, int) for each in value.values())


def _chosen(columns: list[_Column], fields: Sequence[str], known: Iterable[str]) -> list[tuple[str, object]]:
    if not fields:
        return [(head, value) for _, head, value in columns]
    chosen: list[tuple[str, object]] = []
    for field in fields:
        found = [(head, value) for key, head, value in columns if field in (key, head)]
        if not found and field not in known:
            raise bad_input(
                N_("There is no column '{column}'."),
                N_("The columns are {columns}."),
                column=safe(field),
                columns=", ".join(head for _, head, _ in columns),
            )
        chosen += found or [(field, None)]
    return chosen


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
