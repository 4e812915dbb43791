"""CSV files as they are read: rows under a header, numbered as an editor shows them, where the header is line 1.

Every row that can't be is named, not the first alone.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple, TextIO, TypeVar

from subctl.domain.catalog_file import is_licence_name
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.text import counted, safe
from subctl.service.text_file import TextFile, opened, refuse_no_text

T = TypeVar("T")

_MOST_IN_A_LINE, _MOST_LINES, _MOST_ROWS, _MOST_NAMED = 1_000_000, 10_000_000, 2_000_000, 1000
"""A file may come from a pipe, and have no end: it is refused before it fills the memory."""

_SEPARATORS = ",;\t"
_SAME = ("space", "id")
"""Two names of one column."""

_CUT = "Cut it into several files."

_FAULTS = {
    "unexpected end of data": ("A cell begins with a quote and never ends.", "Close it with another quote."),
    "field larger": ("A cell is longer than 131072 letters.", "See whether a quote isn't closed."),
    "expected after": ("A quote stands inside a cell.", "Double it, and put the whole cell in quotes."),
}
"""What the library says of a row, and what is meant by it."""


class Row(NamedTuple):
    """A row of a file: its line and its cells by column."""

    line: int
    cells: Mapping[str, str]


class BadRows:
    """The rows of a file that were refused, kept until all can be named."""

    def __init__(self) -> None:
        self._found: list[tuple[int, SubctlError]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, line: int, error: SubctlError) -> None:
        """Keep a refusal; where there are too many for anybody to read, they are told now."""
        self._found.append((line, error))
        if len(self._found) == _MOST_NAMED:
            raise self._refusal(f"\nWhat follows wasn't looked at: {_MOST_NAMED} rows are bad.")

    @contextmanager
    def at(self, line: int) -> Iterator[None]:
        """Keep what is refused of a row."""
        try:
            yield
        except SubctlError as error:
            self.add(line, error)

    def refuse(self) -> None:
        """Refuse the file where a row was refused: by the code of the first one, naming each with its reason."""
        if self._found:
            raise self._refusal()

    def _refusal(self, more: str = "") -> SubctlError:
        found = sorted(self._found, key=lambda row: row[0])
        code, hints = found[0][1].code, {error.hint for _, error in found}
        if len(hints) == 1:
            said = [f"Line {line}: {error.message}" for line, error in found]
            return SubctlError(code, "\n".join(said) + more, *hints)
        said = [f"Line {line}: {error.message} {error.hint}".rstrip() for line, error in found]
        return SubctlError(code, "\n".join(said) + more)


def read_rows(
    file: TextFile, allowed: Iterable[str], needed: Iterable[str], read: Callable[[Row], T], bad: BadRows
) -> Iterator[T]:
    """Yield what `read` makes of each row under the header; a row that can't be is added to the bad ones.

    The file is read as it is needed, so that it may be long. Errors: `bad_input` for a file that can't be read,
    or hasn't the columns.
    """
    with opened(file) as text:
        table = _cells(file.name, text, bad)
        _, names = next(table, (0, []))
        bad.refuse()
        header = _header(file.name, names, tuple(allowed), tuple(needed))
        for line, cells in table:
            with bad.at(line):
                yield read(Row(line, _named(cells, header)))


def _cells(name: str, text: TextIO, bad: BadRows) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row that isn't blank, with its first line; the first row decides what separates them."""
    lines = _lines(name, text)
    above, first = next(((above, line) for above, line in enumerate(lines) if not _is_blank(line)), (0, ""))
    reader = csv.reader(chain([first], lines), delimiter=max(_SEPARATORS, key=first.count), strict=True)
    line, rows = above + 1, 0
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield line, cells
                rows += 1
            if rows > _MOST_ROWS:
                raise bad_input(f"{name} has more than {_MOST_ROWS} rows.", _CUT)
            line = above + reader.line_num + 1
    except csv.Error as error:  # where the next row would begin, nobody knows
        bad.add(line, _fault(str(error)))


def _is_blank(line: str) -> bool:
    return not line.strip(f"{_SEPARATORS}\r\n ")


def _fault(said: str) -> SubctlError:
    return next((bad_input(*meant) for begins, meant in _FAULTS.items() if begins in said), bad_input(f"{said}."))


def _lines(name: str, text: TextIO) -> Iterator[str]:
    """Yield the lines of a file; one that doesn't end (/dev/zero has no other) is refused before it fills memory."""
    place = 0
    while line := text.readline(_MOST_IN_A_LINE + 1):
        place += 1
        if len(line) > _MOST_IN_A_LINE:
            raise bad_input(f"{name} is not a CSV file: line {place} is longer than {_MOST_IN_A_LINE} letters.")
        if place > _MOST_LINES:
            raise bad_input(f"{name} has more than {_MOST_LINES} lines.", _CUT)
        yield line


def _named(cells: list[str], header: list[str]) -> dict[str, str]:
    """Return the cells of a row by column; spreadsheets leave empty ones behind the last."""
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    refuse_no_text("".join(cells))
    if len(cells) != len(header):
        found = f"{counted(len(cells), 'cell')} under {counted(len(header), 'column')}."
        raise bad_input(found, "Put a cell with a separator in it in quotes; leave none out.")
    return dict(zip(header, map(_armed, cells), strict=True))


def count_lines(file: TextFile) -> int:
    """Return about how many rows a file has, for those who wait (0 where it can't be read, or only once)."""
    try:
        if file.path is None or not file.path.is_file():
            return 0
        with file.path.open("rb") as content:
            return sum(block.count(b"\n") for block in iter(lambda: content.read(1 << 20), b"")) - 1
    except OSError:
        return 0


def _armed(cell: str) -> str:
    """Undo what `export` does to cells that a spreadsheet could take for formulas."""
    return cell[1:] if cell.startswith(("'=", "'+", "'-", "'@", "'\t", "'\r")) else cell


def _header(name: str, names: list[str], allowed: tuple[str, ...], needed: tuple[str, ...]) -> list[str]:
    """Return the columns that the first row names (`bad_input` where they can't be)."""
    header = [_column(each.strip(), allowed) for each in names]
    while header and not header[-1]:
        header.pop()
    known = f"{', '.join(allowed)}, and one for each kind of licence"
    for column in header:
        refuse_no_text(column, f"{name}, line 1: ")
        if column not in allowed and not is_licence_name(column):
            raise bad_input(f"{name} has an unknown column '{safe(column)}'.", f"There are {known}.")
        if header.count(column) > 1:
            same = f" ({' and '.join(_SAME)} are the same)" if column in _SAME else ""
            raise bad_input(f"{name} has the column {column} twice{same}.", "Take one of them out.")
    for column in needed:
        if column not in header:
            raise bad_input(f"{name} has no column {column}.", f"Its first line names the columns: {known}.")
    return header


def _column(name: str, allowed: tuple[str, ...]) -> str:
    """Return a column as this file calls it."""
    return next((each for each in _SAME if each in allowed), name) if name in _SAME else name
