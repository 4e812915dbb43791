"""CSV files as they are read: rows under a header, numbered as an editor shows them, where the header is line 1.

Every row that can't be is named, not the first alone.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import TextIO, TypeVar

from subctl.domain.catalog_file import is_licence_name
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence, plural, together
from subctl.domain.text import safe
from subctl.service.text_file import TextFile, opened, refuse_no_text

T = TypeVar("T")

_MOST_IN_A_LINE, _MOST_LINES, _MOST_ROWS, _MOST_NAMED = 1_000_000, 10_000_000, 2_000_000, 1000
"""A file may come from a pipe, and have no end: it is refused before it fills the memory."""

_SEPARATORS = ",;\t"
_SAME = ("space", "id")
"""Two names of one column."""

_CUT = N_("Cut it into several files.")

_FAULTS = {
    "unexpected end of data": (N_("A cell begins with a quote and never ends."), N_("Close it with another quote.")),
    "field larger": (N_("A cell is longer than 131072 letters."), N_("See whether a quote isn't closed.")),
    "expected after": (N_("A quote stands inside a cell."), N_("Double it, and put the whole cell in quotes.")),
}
"""What the library says of a row, and what is meant by it."""


class Row(Record):
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
            more = N_("What follows wasn't looked at: {rows} rows are bad.")
            raise self._refusal(Sentence(more, {"rows": _MOST_NAMED}))

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

    def _refusal(self, *more: Sentence) -> SubctlError:
        found = sorted(self._found, key=lambda row: row[0])
        first, alike = found[0][1], len({error.hint for _, error in found}) == 1
        lines = [_of_line(line, error, hinted=bool(error.hint) and not alike) for line, error in found]
        return SubctlError(first.code, together([*lines, *more], "\n"), first.way_out if alike else "")


def _of_line(line: int, error: SubctlError, *, hinted: bool) -> Sentence:
    refusal = together([error.what, error.way_out]) if hinted else error.what
    return Sentence(N_("Line {line}: {refusal}"), {"line": line, "refusal": refusal})


def read_rows(
    file: TextFile, allowed: Iterable[str], needed: Iterable[str], read: Callable[[Row], T], bad: BadRows
) -> Iterator[T]:
    """Yield what `read` makes of each row under the header; a row that can't be is added to the bad ones.

    The file is read as it is needed, so that it may be long. Errors: `bad_input` for a file that can't be read,
    or hasn't the columns.
    """
    with opened(file) as text:
        yield from rows_in(text, file.name, allowed, needed, read, bad)


def rows_in(
    text: TextIO,
    name: str | Sentence,
    allowed: Iterable[str],
    needed: Iterable[str],
    read: Callable[[Row], T],
    bad: BadRows,
) -> Iterator[T]:
    """Yield what `read` makes of each row of a file that is open, as `read_rows` does."""
    table = _cells(name, text, bad)
    _, names = next(table, (0, []))
    bad.refuse()
    header = _header(name, names, tuple(allowed), tuple(needed))
    for line, cells in table:
        with bad.at(line):
            yield read(Row(line, _named(cells, header)))


def _cells(name: str | Sentence, text: TextIO, bad: BadRows) -> Iterator[tuple[int, list[str]]]:
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
                raise bad_input(N_("{file} has more than {most} rows."), _CUT, file=name, most=_MOST_ROWS)
            line = above + reader.line_num + 1
    except csv.Error as error:  # where the next row would begin, nobody knows
        bad.add(line, _fault(str(error)))


def _is_blank(line: str) -> bool:
    return not line.strip(f"{_SEPARATORS}\r\n ")


def _fault(said: str) -> SubctlError:
    return next(
        (bad_input(*meant) for begins, meant in _FAULTS.items() if begins in said), bad_input("{said}.", said=said)
    )


def _lines(name: str | Sentence, text: TextIO) -> Iterator[str]:
    """Yield the lines of a file; one that doesn't end (/dev/zero has no other) is refused before it fills memory."""
    place = 0
    while line := text.readline(_MOST_IN_A_LINE + 1):
        place += 1
        if len(line) > _MOST_IN_A_LINE:
            too_long = N_("{file} is not a CSV file: line {line} is longer than {most} letters.")
            raise bad_input(too_long, file=name, line=place, most=_MOST_IN_A_LINE)
        if place > _MOST_LINES:
            raise bad_input(N_("{file} has more than {most} lines."), _CUT, file=name, most=_MOST_LINES)
        yield line


def _named(cells: list[str], header: list[str]) -> dict[str, str]:
    """Return the cells of a row by column; spreadsheets leave empty ones behind the last."""
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    refuse_no_text("".join(cells))
    if len(cells) != len(header):
        raise bad_input(
            N_("{cells} under {columns}."),
            N_("Put a cell with a separator in it in quotes; leave none out."),
            cells=plural("{number} cell", "{number} cells", len(cells)),
            columns=plural("{number} column", "{number} columns", len(header)),
        )
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


def _header(name: str | Sentence, names: list[str], allowed: tuple[str, ...], needed: tuple[str, ...]) -> list[str]:
    """Return the columns that the first row names (`bad_input` where they can't be)."""
    header = [_column(each.strip(), allowed) for each in names]
    while header and not header[-1]:
        header.pop()
    known = ", ".join(allowed)
    for column in header:
        refuse_no_text(column, name, 1)
        if column not in allowed and not is_licence_name(column):
            raise bad_input(
                N_("{file} has an unknown column '{column}'."),
                N_("There are {columns}, and one for each kind of licence."),
                file=name,
                column=safe(column),
                columns=known,
            )
        if header.count(column) > 1:
            raise _twice(name, column)
    for column in needed:
        if column not in header:
            raise bad_input(
                N_("{file} has no column {column}."),
                N_("Its first line names the columns: {columns}, and one for each kind of licence."),
                file=name,
                column=column,
                columns=known,
            )
    return header


def _twice(name: str | Sentence, column: str) -> SubctlError:
    if column in _SAME:
        fault = N_("{file} has the column {column} twice ({first} and {second} are the same).")
    else:
        fault = N_("{file} has the column {column} twice.")
    first, second = _SAME
    return bad_input(fault, N_("Take one of them out."), file=name, column=column, first=first, second=second)


def _column(name: str, allowed: tuple[str, ...]) -> str:
    """Return a column as this file calls it."""
    return next((each for each in _SAME if each in allowed), name) if name in _SAME else name
