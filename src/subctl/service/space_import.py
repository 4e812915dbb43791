"""Adding many spaces with their contracts from a file, all or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from subctl.domain.contract import Contract
from subctl.domain.errors import SubctlError
from subctl.results.space_import import Imported
from subctl.service.apply import Progress
from subctl.service.csv_file import BadRows
from subctl.service.session import Caller, Session, writing
from subctl.service.spaces import NewSpace, noted, prepare, unchecked
from subctl.store import read, write

CHUNK = 1000

_Numbered = tuple[int, NewSpace]


def import_spaces(
    caller: Caller,
    new: Iterable[_Numbered],
    total: int = 0,
    progress: Progress | None = None,
    bad: BadRows | None = None,
) -> Imported:
    """Add many spaces with their contracts: all, or none if one is refused, naming each line.

    `bad` collects the rows that are refused; some are, perhaps, while `new` is read.
    """
    added, seen, bad, entered = 0, set[str](), BadRows() if bad is None else bad, False
    rows = iter(new)
    with writing(caller) as session:
        session.check_clock()
        while chunk := list(islice(rows, CHUNK)):
            prepared = list(_prepared(session, _unknown(session, chunk, seen, bad), bad))
            if session.writes and not bad:
                write.insert_spaces(session.connection, prepared)
            added += len(chunk)
            entered = entered or any(unchecked(space) for space, _ in prepared)
            if progress:
                progress(added, max(total, added))
        bad.refuse()
        if added and session.writes:
            session.record(None, spaces=added, **noted(entered=entered))
        return Imported(session.day, added)


def _prepared(session: Session, chunk: Iterable[_Numbered], bad: BadRows) -> Iterator[tuple[read.Space, Contract]]:
    for line, space in chunk:
        with bad.at(line):
            yield prepare(session, space)


def _unknown(session: Session, chunk: list[_Numbered], seen: set[str], bad: BadRows) -> Iterator[_Numbered]:
    """Yield those whose IDs aren't there, and don't stand in the file twice; `seen` are those that aren't written."""
    known = read.known_spaces(session.connection, [space.id for _, space in chunk])
    mine: set[str] = set()
    for line, space in chunk:
        if space.id in known or space.id in mine or space.id in seen:
            bad.add(line, SubctlError("already_exists", f"There is a space {space.id} already.", "Take the line out."))
        else:
            mine.add(space.id)
            yield line, space
    if bad or not session.writes:
        seen |= mine
