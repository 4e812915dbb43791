"""How a table finds room: which columns stay, how wide each is, and where a line of text may end.

A table is as wide as what stands in it. Where the terminal is narrower, headings are folded, and texts over two lines.
What then doesn't fit stands under its row, in the order that each table says. A number is never cut nor broken: a table
of numbers that still doesn't fit is wider than the terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from subctl.domain.record import Record
from subctl.view.forms import FORMS

if TYPE_CHECKING:
    from rich.text import Text

WIDE_GAP, _GAP = 3, 2
_FOLDED = 12
_NOTHING = ("", "–")

_MONTHS = sorted({month for forms in FORMS.values() for month in forms.months})
_IN_A_DATE = rf"(?<!(?:{'|'.join(sorted({month[-3:] for month in _MONTHS}))}) \d{{4}} )"
_BEHIND_A_DAY = rf"(?:(?<=\d\. )|(?<=1er ))(?:{'|'.join(map(re.escape, [*_MONTHS, 'bis']))})"
_BREAK = rf" (?!(?<=\d ){_IN_A_DATE}\w)(?!(?<=\d )[/(→×−])(?!(?<=[\w/=→×−] )\d)(?!{_BEHIND_A_DAY})"
"""A blank at which a line may end: not in `786.50 EUR`, `on 30 June 2026`, `1er avril`, `1. bis`, `20 → 25` or
`2 × 250.00 = 500.00`, but behind the year of a date."""


class Column(Record):
    """A column: texts may `fold`, numbers stand `right`; `under` its row it goes in this order, with 0 never.

    What says by itself what it is stands there `bare`, without its heading.
    """

    name: str
    right: bool = False
    fold: bool = False
    under: int = 0
    bare: bool = False


class Row(Record):
    """A row: a cell for each column."""

    cells: Sequence[str | Text]
    style: str = ""


class Layout(Record):
    """The places of the columns that stay, how wide they are, and the blanks between them."""

    kept: list[int]
    widths: list[int]
    gap: int


def layout(columns: Sequence[Column], rows: Sequence[Row], width: int) -> Layout:
    """Find room for a table: unfolded if it can be, else with as few columns as possible under their rows."""
    texts = [[str(row.cells[place]) for row in rows] for place in range(len(columns))]
    natural = [_widest([column.name, *cells]) for column, cells in zip(columns, texts, strict=True)]
    if _taken(natural, WIDE_GAP) <= width:
        return Layout(list(range(len(columns))), natural, WIDE_GAP)
    least = [_least(column, cells) for column, cells in zip(columns, texts, strict=True)]
    kept = _kept(columns, least, width)
    if _taken([least[place] for place in kept], _GAP) > width:
        least = [min(wide, _FOLDED) if column.fold else wide for column, wide in zip(columns, least, strict=True)]
    room = width - _GAP * (len(kept) - 1)
    return Layout(kept, _shrunk([natural[place] for place in kept], [least[place] for place in kept], room), _GAP)


def _kept(columns: Sequence[Column], least: Sequence[int], width: int) -> list[int]:
    """Return the columns that stay: they go in their order until the rest fits, and come back where there is room."""

    def left() -> list[int]:
        return [place for place, column in enumerate(columns) if column.under not in gone]

    def fits() -> bool:
        return _taken([least[place] for place in left()], _GAP) <= width

    gone: set[int] = set()
    orders = sorted({column.under for column in columns} - {0})
    for order in orders:
        if fits():
            break
        gone.add(order)
    for order in sorted(gone, reverse=True):
        gone.remove(order)
        if not fits():
            gone.add(order)
    return left()


def _widest(texts: Iterable[str]) -> int:
    return max(map(cell_len, texts))


def _least(column: Column, cells: Sequence[str]) -> int:
    """Return how narrow a column may be: headings and texts are folded, texts over two lines; words are whole."""
    words = [word for text in (column.name, *(cells if column.fold else ())) for word in re.split("[ \n]", text)]
    if not column.fold:
        return _widest([*words, *cells])
    longest = _widest(cells)
    return max(min(longest, _FOLDED), (longest + 1) // 2, _widest(words))


def _taken(widths: Sequence[int], gap: int) -> int:
    return sum(widths) + gap * (len(widths) - 1)


def _shrunk(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return widths that fit the room, the widest folded first; wider ones where that can't be."""
    widths = list(natural)
    while sum(widths) > room:
        able = [place for place, wide in enumerate(widths) if wide > least[place]]
        if not able:
            break
        widths[max(able, key=widths.__getitem__)] -= 1
    return widths


def moved(columns: Sequence[Column], row: Row, kept: Sequence[int]) -> list[tuple[str, str]]:
    """Return what stands under a row: the headings and cells of the columns that didn't stay and hold something."""
    pairs = [
        ("" if column.bare else f"{column.name} ", str(cell)) for column, cell in zip(columns, row.cells, strict=True)
    ]
    return [pair for place, pair in enumerate(pairs) if place not in kept and pair[1] not in _NOTHING]


def folded(text: str, width: int) -> str:
    """Return a text with line ends in place of blanks where it is wider, none of them beside a number."""
    if cell_len(text) <= width:
        return text
    return "\n".join(map(" ".join, _filled(re.split(_BREAK, text), " ", width)))


def together(pieces: Sequence[str], between: str, width: int) -> list[list[int]]:
    """Return the places of the pieces that share a line, line by line."""
    places = iter(range(len(pieces)))
    return [[next(places) for _ in line] for line in _filled(pieces, between, width)]


def _filled(pieces: Sequence[str], between: str, width: int) -> list[list[str]]:
    filled: list[list[str]] = [[]]
    for piece in pieces:
        if filled[-1] and cell_len(between.join([*filled[-1], piece])) > width:
            filled.append([])
        filled[-1].append(piece)
    return filled
