"""The console: one place that knows about width, colour and what may be printed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len

from subctl.domain.text import safe
from subctl.view.forms import UNBREAKABLE
from subctl.view.layout import WIDE_GAP, Column, Layout, Row, folded, layout, moved, together

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    Fact = tuple[str, str | Text | Sequence[str]]

PIPE_WIDTH = 10_000
"""Without a terminal nothing is wrapped or cut: a table is as wide as what stands in it."""

_NARROWEST, _INDENT = 40, 2
_BETWEEN = " · "

_AT_ONCE = 500
"""Rows that are drawn together: what a table is drawn with takes many times the memory of its text."""

_HELD = dict(zip(map(ord, UNBREAKABLE), "\ufdd0\ufdd1\ufdd2", strict=True))
_LET_GO = {ord(held): blank for blank, held in zip(UNBREAKABLE, _HELD.values(), strict=True)}
"""rich breaks lines at every blank, so those that hold a number together are drawn as signs that no text can have."""


class Page:
    """What a command shows: lines and tables, as wide as the terminal or as what must not be cut.

    Every hidden sign in a text is made visible here. `explain` says whether each amount's reason is to stand by it,
    `dry_run` that nothing was done: what is shown would be.
    """

    def __init__(
        self, color: str, stream: TextIO, *, explain: bool = False, dry_run: bool = False, width: int | None = None
    ) -> None:
        from rich.console import Console

        self.explain, self.dry_run = explain, dry_run
        terminal = stream.isatty()
        plain = not colored(color, stream)
        self._width = width or (max(terminal_width(stream), _NARROWEST) if terminal else PIPE_WIDTH)
        # Markup, emoji codes and highlighting in data mean nothing: they are printed as they stand.
        self._console = Console(
            file=StringIO(),
            width=PIPE_WIDTH,
            force_terminal=not plain,
            color_system=None if plain else "standard",
            no_color=plain,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )

    def beside(self, columns: Sequence[Column], rows: Sequence[Row], least: int, most: int) -> int:
        """Return how wide one more column can be beside a table, from `least` to `most`."""
        found = layout(columns, rows, self._width - least - WIDE_GAP)
        taken = sum(found.widths) + found.gap * len(found.widths)
        return max(least, min(most, self._width - taken))

    def line(self, text: str | Text = "", style: str = "") -> None:
        """Add a line of text; it is wrapped at the terminal's width, but not beside a number."""
        shown = folded(_shown(text), self._width) if isinstance(text, str) else text
        self._console.print(shown, style=style or None, width=self._width, overflow="fold")

    def whole(self, text: str, style: str = "") -> None:
        """Add a line that is to be copied: it stays one line, and only the terminal wraps it."""
        self._console.print(safe(text), style=style or None, no_wrap=True, overflow="ignore", crop=False)

    def title(self, text: str) -> None:
        """Add the head of a page or of a part of it."""
        self.line(text, style="bold")

    def facts(self, facts: Sequence[Fact]) -> None:
        """Add labels with what they say beside them, in one line or in several; a number is not broken."""
        gap = 2
        table = _grid(gap=gap)
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        room = self._width - max((cell_len(label) for label, _ in facts), default=0) - gap
        for label, fact in facts:
            lines = [fact] if isinstance(fact, str) else fact
            said = "\n".join(folded(_shown(line), room) for line in lines) if isinstance(lines, Sequence) else lines
            table.add_row(label, said)
        self._console.print(table, width=self._width)

    def table(self, columns: Sequence[Column], rows: Iterable[Row], sums: Sequence[Row] = ()) -> None:
        """Add a table with its sums; what has no room in a row stands under it."""
        columns = [column._replace(name=_shown(column.name)) for column in columns]
        body, below = [_shown_row(row) for row in rows], [_shown_row(row) for row in sums]
        found = layout(columns, [*body, *below], self._width)
        self._rows(columns, found, body, head=True)
        if below:
            self.line()
            self._rows(columns, found, below)

    def _rows(self, columns: Sequence[Column], found: Layout, rows: Sequence[Row], *, head: bool = False) -> None:
        """Add rows, many in one table if each of them is one line: all tables have the same columns."""
        table = _aligned(columns, found, head=head)
        for row in rows:
            below = moved(columns, row, found.kept)
            table.add_row(*(row.cells[place] for place in found.kept), style=row.style or None)
            if below or table.row_count == _AT_ONCE:
                self._console.print(table, crop=False)
                table = _aligned(columns, found)
            if below:
                self._below(below, row.style)
        if table.row_count:
            self._console.print(table, crop=False)

    def _below(self, pairs: Sequence[tuple[str, str]], style: str) -> None:
        """Add what has no room in its row, each cell after its heading."""
        from rich.padding import Padding
        from rich.text import Text

        room = self._width - _INDENT
        for places in together([label + cell for label, cell in pairs], _BETWEEN, room):
            line = Text.assemble((_BETWEEN, "dim")).join(
                Text.assemble((label, "dim"), cell) for label, cell in map(pairs.__getitem__, places)
            )
            line.plain = folded(line.plain, room)  # as long as it was: line ends stand for blanks
            line.overflow = "fold"
            self._console.print(Padding(line, (0, 0, 0, _INDENT)), style=style or None, width=self._width)

    def text(self) -> str:
        """Return the page, without blanks at the ends of lines."""
        drawn = self._console.file
        assert isinstance(drawn, StringIO)  # noqa: S101  # made above
        return re.sub(r" +$", "", drawn.getvalue(), flags=re.MULTILINE).translate(_LET_GO)


def colored(color: str, stream: TextIO) -> bool:
    """Tell whether a stream gets colours: always, never, or at a terminal that has nothing against them."""
    unwanted = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in ("dumb", "")
    return color == "always" or (color == "auto" and stream.isatty() and not unwanted)


def terminal_width(stream: TextIO) -> int:
    """Return how many columns a terminal has."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        return 80


STATUS = {
    "active": "green",
    "open": "green",
    "current": "green",
    "coming": "cyan",
    "upcoming": "cyan",
    "ending": "yellow",
    "stale": "yellow",
    "expired": "yellow",
    "ended": "red",
    "ordered": "green",
    "waiting": "cyan",
    "withdrawn": "yellow",
    "part-paid": "yellow",
    "paid": "green",
    "credited": "dim",
    "overdue": "red",
}
"""The colour of what became of a contract, a document or a catalog: the same on its page and in lists."""


def styled(text: str, style: str, *more: tuple[str, str]) -> Text:
    """Return a text in its style, and more in others upon that, with every hidden sign made visible."""
    from rich.text import Text

    line = Text(_shown(text), style=style)
    for each, upon in more:
        line.append(_shown(each), style=upon)
    return line


def _shown(text: str) -> str:
    """Return a text with every hidden sign made visible, and with blanks that rich takes for letters."""
    return safe(text).translate(_HELD)


def _shown_row(row: Row) -> Row:
    return row._replace(cells=[_shown(cell) if isinstance(cell, str) else cell for cell in row.cells])


def _aligned(columns: Sequence[Column], found: Layout, *, head: bool = False) -> Table:
    """Return an empty table of the columns that stay, as wide as they were found to be."""
    table = _grid(gap=found.gap, head=head)
    for place, wide in zip(found.kept, found.widths, strict=True):
        column = columns[place]
        table.add_column(
            folded(column.name, wide),
            width=wide,
            justify="right" if column.right else "left",
            no_wrap=not column.fold,
            overflow="fold",
        )
    return table


def _grid(*, gap: int, head: bool = False) -> Table:
    """Return a table in the style of the house: no frame, a line under the head, some blanks between columns."""
    from rich import box
    from rich.table import Table

    return Table(
        box=box.SIMPLE_HEAD,
        show_header=head,
        show_edge=False,
        pad_edge=False,
        padding=(0, gap - 1, 0, 0),
        header_style="bold",
        expand=False,
    )
