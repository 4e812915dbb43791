"""CSV files as they are read: rows under a header, numbered as an editor shows them, where the header is line 1."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TextIO

from subctl.domain.catalog_file import is_licence_name
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.text import safe

_MOST_IN_A_LINE = 1_000_000


class Row(NamedTuple):
    """A line of a file: its number and its cells by column."""

    line: int
    cells: Mapping[str, str]


def read_rows(path: Path, allowed: Iterable[str], needed: Iterable[str]) -> Iterator[Row]:
    """Yield the lines of a CSV file with a header; raise `bad_input` naming the line that isn't one.

    The file is read as it is needed, so that it may be long.
    """
    name = safe(str(path))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(_lines(name, file), strict=True)
            header = next(lines, [])
            _check_header(name, header, tuple(allowed), tuple(needed))
            for cells in lines:
                if not any(cells):
                    continue
                if len(cells) != len(header):
                    raise bad_input(f"{name}, line {lines.line_num}: {len(cells)} cells under {len(header)} columns.")
                yield Row(lines.line_num, dict(zip(header, map(_armed, cells), strict=True)))
    except UnicodeDecodeError:
        raise bad_input(f"{name} is not UTF-8 text.") from None
    except csv.Error as error:
        raise bad_input(f"{name} is not a CSV file: {error}.") from None
    except OSError as error:
        raise bad_input(f"{name} can't be read: {error.strerror}.") from None


def _lines(name: str, file: TextIO) -> Iterator[str]:
    """Yield the lines of a file; one that doesn't end (/dev/zero has no other) is refused before it fills memory."""
    place = 0
    while line := file.readline(_MOST_IN_A_LINE + 1):
        place += 1
        if len(line) > _MOST_IN_A_LINE:
            raise bad_input(f"{name} is not a CSV file: line {place} is longer than {_MOST_IN_A_LINE} letters.")
        yield line


def count_lines(path: Path) -> int:
    """Return about how many rows a file has, for those who wait (0 where it can't be read)."""
    try:
        if not path.is_file():  # a pipe can be read only once
            return 0
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1
    except OSError:
        return 0


def _armed(cell: str) -> str:
    """Undo what `export` does to cells that a spreadsheet could take for formulas."""
    return cell[1:] if cell.startswith(("'=", "'+", "'-", "'@", "'\t", "'\r")) else cell


def _check_header(name: str, header: list[str], allowed: tuple[str, ...], needed: tuple[str, ...]) -> None:
    known = f"{', '.join(allowed)}, and one for each kind of licence"
    for column in header:
        if column not in allowed and not is_licence_name(column):
            raise bad_input(f"{name} has an unknown column '{safe(column)}'.", f"There are {known}.")
        if header.count(column) > 1:
            raise bad_input(f"{name} has the column {column} twice.", "Take one of them out.")
    for column in needed:
        if column not in header:
            raise bad_input(f"{name} has no column {column}.", f"Its first line names the columns: {known}.")


def at_line(line: int, error: SubctlError) -> SubctlError:
    """Return the same refusal, naming the line it is about."""
    return SubctlError(error.code, f"Line {line}: {error.message}", error.hint)
