"""The console: one place that knows about width, colour and what may be printed."""

from __future__ import annotations

import os
import re
from io import StringIO
from typing import TYPE_CHECKING, Any, TextIO

from subctl.domain.text import safe

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

PIPE_WIDTH = 10_000
"""Without a terminal nothing is wrapped or cut: a table is as wide as what stands in it."""

_NARROWEST, _FOLDED, _GAP = 40, 12, 3


class Page:
    """What a command shows: lines and tables, as wide as the terminal or as what must not be cut."""

    def __init__(self, color: str, stream: TextIO, *, width: int | None = None) -> None:
        from rich.console import Console

        terminal = stream.isatty()
        plain = color == "never" or (color == "auto" and (not terminal or _no_colors_wanted()))
        self._width = width or (max(_terminal_width(stream), _NARROWEST) if terminal else PIPE_WIDTH)
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

    def room(self, taken: int, least: int, most: int) -> int:
        """Return how many columns are left beside `taken` ones, from `least` to `most`."""
        return max(least, min(most, self._width - taken))

    def line(self, text: str | Text = "", style: str = "") -> None:
        """Add a line of text; it is wrapped at the terminal's width."""
        self._console.print(text, style=style, width=self._width, overflow="fold")

    def title(self, text: str) -> None:
        """Add the head of a page or of a part of it."""
        self.line(text, style="bold")

    def table(self, table: Table) -> None:
        """Add a table: texts are folded where the terminal is narrow, numbers never."""
        self._console.print(table, width=max(self._width, _narrowest(table)), crop=False)

    def text(self) -> str:
        """Return the page, without blanks at the ends of lines."""
        drawn = self._console.file
        assert isinstance(drawn, StringIO)  # noqa: S101  # made above
        return re.sub(r" +$", "", drawn.getvalue(), flags=re.MULTILINE)


def _narrowest(table: Table) -> int:
    """Return how narrow a table can be without cutting what may not be folded."""
    from rich.cells import cell_len

    widths = []
    for column in table.columns:
        texts = [str(column.header) if table.show_header else "", *map(str, column.cells)]
        longest = max(cell_len(line) for text in texts for line in text.split("\n") or [""])
        widths.append(longest if column.no_wrap else min(longest, max(_FOLDED, column.min_width or 0)))
    return sum(widths) + _GAP * (len(widths) - 1)


def _no_colors_wanted() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in ("dumb", "")


def _terminal_width(stream: TextIO) -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        return 80


def clean(document: Any) -> Any:  # noqa: ANN401  # any JSON
    """Return a document with every hidden sign in its texts made visible."""
    if isinstance(document, str):
        return safe(document)
    if isinstance(document, dict):
        return {key: clean(value) for key, value in document.items()}
    if isinstance(document, list):
        return [clean(value) for value in document]
    return document


def grid(*, head: bool = False) -> Table:
    """Return a table in the style of the house: no frame, a line under the head, two blanks between columns."""
    from rich import box
    from rich.table import Table

    return Table(
        box=box.SIMPLE_HEAD if head else None,
        show_header=head,
        show_edge=False,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        header_style="bold",
        expand=False,
    )
