"""Many contracts at once: a file of wanted states applied, exported, and a file of new spaces imported.

Rows are numbered as an editor shows them: the header is line 1.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from subctl.domain.catalog_file import is_licence_name
from subctl.domain.contract import Contract, Wish
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.pricing import Change
from subctl.domain.text import safe
from subctl.results.apply import Applied, NotApplied
from subctl.results.change import ShownChange
from subctl.results.imported import Imported
from subctl.results.lists import StateItem, States
from subctl.service.change import order_in
from subctl.service.session import Caller, Session, reading, writing
from subctl.service.spaces import NewSpace, prepare
from subctl.store import read, write

CHUNK = 1000
_MOST_IN_A_LINE = 1_000_000

APPLY_COLUMNS = ("space", "plan", "users", "billing")
"""The columns of `apply`; others are kinds of licences."""

Progress = Callable[[int, int], None]


class Row(NamedTuple):
    """A line of a file: its number and its cells by column."""

    line: int
    cells: Mapping[str, str]


class Wanted(NamedTuple):
    """What one line of `apply` wants of a space."""

    line: int
    space: str
    wish: Wish


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


def apply(
    caller: Caller,
    wanted: list[Wanted],
    *,
    keep_going: bool,
    shown: Applied | None = None,
    progress: Progress | None = None,
) -> Applied:
    """Bring contracts to wanted states in one transaction: all, or none if one is refused.

    With `keep_going` the refused ones are listed and the others ordered. `shown` is the preview that was
    agreed to. Errors: those of an order, naming the line.
    """
    with writing(caller) as session:
        applied = _apply(session, wanted, keep_going=keep_going, progress=progress)
        if shown is not None and _planned(shown) != _planned(applied):
            raise SubctlError("quote_stale", "The contracts have moved since this preview.", "Look again, then apply.")
        return applied


def preview_apply(caller: Caller, wanted: list[Wanted], *, keep_going: bool) -> Applied:
    """Return what applying would change and cost, and write nothing."""
    with reading(caller) as session:
        return _apply(session, wanted, keep_going=keep_going, progress=None)


def _planned(applied: Applied) -> list[tuple[str, Change]]:
    """Return what changes, without the numbers that only ordering gives."""
    return [(shown.space, shown.change) for shown in applied.changes]


def _apply(session: Session, wanted: list[Wanted], *, keep_going: bool, progress: Progress | None) -> Applied:
    _refuse_doubles(wanted)
    changes: list[ShownChange] = []
    failed: list[NotApplied] = []
    for done, row in enumerate(wanted, 1):
        try:
            changes.append(order_in(session, row.space, row.wish))
        except SubctlError as error:
            if not keep_going:
                raise at_line(row.line, error) from None
            failed.append(NotApplied(row.line, row.space, error))
        if progress:
            progress(done, len(wanted))
    return Applied(session.day, session.catalog.currency, tuple(changes), tuple(failed))


def _refuse_doubles(wanted: list[Wanted]) -> None:
    seen: dict[str, int] = {}
    for row in wanted:
        if row.space in seen:
            raise bad_input(
                f"Line {row.line}: {row.space} stands on line {seen[row.space]} already.", "Keep one of them."
            )
        seen[row.space] = row.line


def export(caller: Caller) -> States:
    """Return the current state of every contract one may see that hasn't ended, as `apply` reads it."""
    with reading(caller) as session:
        contracts = (read.contract(session.connection, space_id) for space_id in session.visible_spaces())
        items = (StateItem(each.space, each.current) for each in contracts if not each.ended(session.day))
        return States(tuple(items), tuple(session.catalog.licences))


def import_spaces(
    caller: Caller, new: Iterable[tuple[int, NewSpace]], total: int = 0, progress: Progress | None = None
) -> Imported:
    """Add many spaces with their contracts: all, or none if one is refused, naming its line."""
    added, seen = 0, set[str]()
    rows = iter(new)
    with writing(caller) as session:
        session.check_clock()
        while chunk := list(islice(rows, CHUNK)):
            prepared = [_prepared(session, line, space) for line, space in chunk]
            _refuse_known(session, chunk, seen)
            if session.writes:
                write.insert_spaces(session.connection, prepared)
            added += len(chunk)
            if progress:
                progress(added, max(total, added))
        if added and session.writes:
            session.record(None, spaces=added)
        return Imported(session.day, added)


def _prepared(session: Session, line: int, new: NewSpace) -> tuple[read.Space, Contract]:
    try:
        return prepare(session, new)
    except SubctlError as error:
        raise at_line(line, error) from None


def _refuse_known(session: Session, chunk: list[tuple[int, NewSpace]], seen: set[str]) -> None:
    """Refuse IDs that are there, or stand in the file twice; a dry run has to remember them all."""
    known = read.known_spaces(session.connection, [space.id for _, space in chunk])
    mine: set[str] = set()
    for line, space in chunk:
        if space.id in known or space.id in mine or space.id in seen:
            raise SubctlError(
                "already_exists", f"Line {line}: there is a space {space.id} already.", "Take the line out."
            )
        mine.add(space.id)
    if not session.writes:
        seen |= mine
