"""The console: one place that knows about width, colour and what may be printed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any, TextIO

from subctl.domain.text import safe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PIPE_WIDTH = 10_000
"""Without a terminal nothing is wrapped or cut: a table is as wide as what stands in it."""

_NARROWEST = 40


@contextmanager
def printing(color: str, stream: TextIO) -> Iterator[Console]:
    """Lend a console; what it drew goes to the stream in one piece, without blanks at the ends of lines.

    Markup, emoji codes and highlighting in data mean nothing: they are printed as they stand.
    """
    from rich.console import Console

    terminal = stream.isatty()
    plain = color == "never" or (color == "auto" and (not terminal or _no_colors_wanted()))
    drawn = StringIO()
    yield Console(
        file=drawn,
        width=max(_terminal_width(stream), _NARROWEST) if terminal else PIPE_WIDTH,
        force_terminal=not plain,
        color_system=None if plain else "standard",
        no_color=plain,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    stream.write(re.sub(r" +$", "", drawn.getvalue(), flags=re.MULTILINE))


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
