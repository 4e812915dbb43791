"""Adding many spaces with their contracts from a file, all or none."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from subctl.domain.contract import Contract
from subctl.domain.errors import SubctlError
from subctl.results.space_import import Imported
from subctl.service.apply import Progress
from subctl.service.csv_file import at_line
from subctl.service.session import Caller, Session, writing
from subctl.service.spaces import NewSpace, noted, prepare, unchecked
from subctl.store import read, write

CHUNK = 1000


def import_spaces(
    caller: Caller, new: Iterable[tuple[int, NewSpace]], total: int = 0, progress: Progress | None = None
) -> Imported:
    """Add many spaces with their contracts: all, or none if one is refused, naming its line."""
    added, seen, entered = 0, set[str](), False
    rows = iter(new)
    with writing(caller) as session:
        session.check_clock()
        while chunk := list(islice(rows, CHUNK)):
            prepared = [_prepared(session, line, space) for line, space in chunk]
            _refuse_known(session, chunk, seen)
            if session.writes:
                write.insert_spaces(session.connection, prepared)
            added += len(chunk)
            entered = entered or any(unchecked(space) for space, _ in prepared)
            if progress:
                progress(added, max(total, added))
        if added and session.writes:
            session.record(None, spaces=added, **noted(entered=entered))
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
