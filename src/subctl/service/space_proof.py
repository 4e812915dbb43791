"""Proving the rows of a file of spaces while nothing is locked, however slowly they come."""

from __future__ import annotations

import pickle  # of what this process has made itself
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from subctl.domain.contract import Contract
from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.service.caller import Caller
from subctl.service.csv_file import BadRows
from subctl.service.progress import Progress
from subctl.service.session import Session, noting_refusals, reading
from subctl.service.spaces import NewSpace, prepare
from subctl.store import read, write

CHUNK = 1000

_LOOKED_UP = 10
"""So many chunks are looked up in one visit: who reads keeps others from ending their writes."""

Numbered = tuple[int, NewSpace]
"""A space with the line it stands on."""


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
    """The rows of a file, each found good on a ground, and none of them in the store while `numbers` are next.

    They are kept small: a file may have two million.
    """

    ground: Ground
    numbers: write.Numbers
    rows: int
    packed: tuple[bytes, ...]

    def chunks(self) -> Iterator[list[Row]]:
        """Yield the rows, a good many at a time."""
        return map(_unpacked, self.packed)

    def stands(self, session: Session) -> bool:
        """Tell whether the rows are still as good: by the same ground, and by the same numbers."""
        return (self.ground, self.numbers) == (ground_of(session), write.next_numbers(session.connection))


def packed(rows: list[Row]) -> bytes:
    """Return rows as few bytes."""
    return zlib.compress(pickle.dumps(rows), 1)


def _unpacked(few: bytes) -> list[Row]:
    rows: list[Row] = pickle.loads(zlib.decompress(few))  # noqa: S301  # packed above, in this process
    return rows


def ground_of(session: Session) -> Ground:
    """Return what rows are proven by in a visit."""
    return Ground(read.first_hash(session.connection), session.day, session.catalogs.newest)


def prove_spaces(
    caller: Caller,
    new: Iterable[Numbered],
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
            session.refuse_moved()
            session.check_clock()
            ground = ground_of(session)
        rows, packed = _proven(session, new, total, progress, bad)
        return Proven(ground, _looked_up(caller, packed, bad), rows, packed)


def prove_again(caller: Caller, proven: Proven) -> Proven:
    """Prove rows by what is so now: all that the rules ask, or only that they are new where no more has moved."""
    with reading(caller) as session:
        moved = ground_of(session) != proven.ground
    if moved:
        return prove_spaces(caller, ((row.line, row.new) for rows in proven.chunks() for row in rows), proven.rows)
    with noting_refusals(caller, []):
        return proven._replace(numbers=_looked_up(caller, proven.packed, BadRows()))


def _proven(
    session: Session, new: Iterable[Numbered], total: int, progress: Progress | None, bad: BadRows
) -> tuple[int, tuple[bytes, ...]]:
    """Prove rows as they come, by what a session knows whose visit is over; return how many, and what was made."""
    rows, seen, found, count = iter(new), set[str](), list[bytes](), 0
    while chunk := list(islice(rows, CHUNK)):
        found.append(packed(list(prepared(session, _unseen(chunk, seen, bad), bad))))
        count += len(chunk)
        if progress:
            progress(count, max(total, count))
    return count, tuple(found)


def prepared(session: Session, chunk: Iterable[Numbered], bad: BadRows) -> Iterator[Row]:
    """Yield what is made of rows, but for the bad ones."""
    for line, new in chunk:
        with bad.at(line):
            yield Row(line, new, *prepare(session, new))


def _unseen(chunk: list[Numbered], seen: set[str], bad: BadRows) -> Iterator[Numbered]:
    """Yield those whose IDs don't stand in the file before."""
    for line, new in chunk:
        if new.id in seen:
            bad.add(line, _there_already(new.id))
        else:
            seen.add(new.id)
            yield line, new


def _looked_up(caller: Caller, packed: Sequence[bytes], bad: BadRows) -> write.Numbers:
    """Refuse rows whose spaces are in the store, and return the numbers that come next as long as that is so."""
    with reading(caller) as session:
        numbers = write.next_numbers(session.connection)
    for start in range(0, len(packed), _LOOKED_UP):
        some = [_unpacked(each) for each in packed[start : start + _LOOKED_UP]]
        with reading(caller) as session:
            for rows in some:
                find_known(session, rows, bad)
    bad.refuse()
    return numbers


def find_known(session: Session, rows: list[Row], bad: BadRows) -> None:
    """Add the rows whose spaces are in the store to the bad ones."""
    known = read.known_spaces(session.connection, [row.space.id for row in rows])
    for row in rows:
        if row.space.id in known:
            bad.add(row.line, _there_already(row.space.id))


def _there_already(space: str) -> SubctlError:
    return SubctlError("already_exists", N_("There is a space {space} already."), N_("Take the line out."), space=space)
