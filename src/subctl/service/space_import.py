"""Adding many spaces with their contracts from a file, all or none.

Everything is read and proven before the lock is taken, however slowly the rows come: others can write meanwhile.
"""

from __future__ import annotations

import pickle  # of what this process has made itself
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from subctl.domain.contract import Contract
from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.results.space_import import Imported
from subctl.service.csv_file import BadRows
from subctl.service.progress import Progress
from subctl.service.session import Caller, Session, noting_refusals, reading, writing
from subctl.service.spaces import NewSpace, noted, prepare, unchecked
from subctl.store import read, write

CHUNK = 1000

_Numbered = tuple[int, NewSpace]


class Row(Record):
    """A row that was read, and what was made of it."""

    line: int
    new: NewSpace
    space: read.Space
    contract: Contract


class Ground(Record):
    """What rows are proven by: the store, by the first hash of its history, its day, and the catalogs known then."""

    store: str
    day: date
    catalog: int


class Proven(Record):
    """The rows of a file, each found good on a ground.

    They are kept small: a file may have two million.
    """

    ground: Ground
    rows: int
    packed: tuple[bytes, ...]

    def chunks(self) -> Iterator[list[Row]]:
        """Yield the rows, a good many at a time."""
        for each in self.packed:
            yield pickle.loads(zlib.decompress(each))  # noqa: S301  # packed below, in this process


def packed(rows: list[Row]) -> bytes:
    """Return rows as few bytes."""
    return zlib.compress(pickle.dumps(rows), 1)


def prove_spaces(
    caller: Caller,
    new: Iterable[_Numbered],
    total: int = 0,
    progress: Progress | None = None,
    bad: BadRows | None = None,
) -> Proven:
    """Read and prove all rows while nothing is locked; refuse the file where a row is, naming each line.

    `bad` collects the rows that are refused; some are, perhaps, while `new` is read.
    """
    bad = BadRows() if bad is None else bad
    with noting_refusals(caller, []):
        with reading(caller) as session:
            session.check_clock()
            ground = _ground(session)
        proven = Proven(ground, *_proven(session, new, total, progress, bad))
        with reading(caller) as now:
            for rows in proven.chunks():
                _find_known(now, rows, bad)
        bad.refuse()
    return proven


def _ground(session: Session) -> Ground:
    return Ground(read.first_hash(session.connection), session.day, session.catalogs.newest)


def _proven(
    session: Session, new: Iterable[_Numbered], total: int, progress: Progress | None, bad: BadRows
) -> tuple[int, tuple[bytes, ...]]:
    """Prove rows as they come, by what a session knows whose visit is over; return how many, and what was made."""
    rows, seen, found, count = iter(new), set[str](), list[bytes](), 0
    while chunk := list(islice(rows, CHUNK)):
        found.append(packed(list(_prepared(session, _unseen(chunk, seen, bad), bad))))
        count += len(chunk)
        if progress:
            progress(count, max(total, count))
    return count, tuple(found)


def _prepared(session: Session, chunk: Iterable[_Numbered], bad: BadRows) -> Iterator[Row]:
    for line, new in chunk:
        with bad.at(line):
            yield Row(line, new, *prepare(session, new))


def _unseen(chunk: list[_Numbered], seen: set[str], bad: BadRows) -> Iterator[_Numbered]:
    """Yield those whose IDs don't stand in the file before."""
    for line, new in chunk:
        if new.id in seen:
            bad.add(line, _there_already(new.id))
        else:
            seen.add(new.id)
            yield line, new


def _find_known(session: Session, rows: list[Row], bad: BadRows) -> None:
    """Add the rows whose spaces are in the store to the bad ones."""
    known = read.known_spaces(session.connection, [row.space.id for row in rows])
    for row in rows:
        if row.space.id in known:
            bad.add(row.line, _there_already(row.space.id))


def _there_already(space: str) -> SubctlError:
    return SubctlError("already_exists", N_("There is a space {space} already."), N_("Take the line out."), space=space)


def import_spaces(caller: Caller, proven: Proven, progress: Progress | None = None) -> Imported:
    """Add the spaces with their contracts: all, or none if one is refused, naming each line.

    Whether they are there is looked up again; on another ground all are proven again.
    """
    bad, added, entered = BadRows(), 0, False
    with writing(caller) as session:
        session.check_clock()
        moved = _ground(session) != proven.ground
        for chunk in proven.chunks():
            rows = list(_prepared(session, ((row.line, row.new) for row in chunk), bad)) if moved else chunk
            _find_known(session, rows, bad)
            if session.writes and not bad:
                write.insert_spaces(session.connection, [(row.space, row.contract) for row in rows])
            added += len(chunk)
            entered = entered or any(unchecked(row.space) for row in rows)
            if progress:
                progress(added, proven.rows)
        bad.refuse()
        if added and session.writes:
            session.record(None, spaces=added, **noted(entered=entered))
        return Imported(session.day, added)
