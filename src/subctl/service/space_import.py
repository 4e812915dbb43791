"""Adding many spaces with their contracts from a file, all or none.

Many are laid out while nothing is locked: others wait for no more than the rows to be copied in.
"""

from __future__ import annotations

from subctl.results.space_import import Imported
from subctl.service.caller import Caller
from subctl.service.csv_file import BadRows
from subctl.service.laying import laying
from subctl.service.progress import Progress
from subctl.service.session import reading, writing
from subctl.service.space_proof import Proven, Row, find_known, ground_of, prepared, prove_again
from subctl.service.spaces import noted, unchecked
from subctl.store import entering, write

FEW = 1000
"""So many spaces are written at once; more are laid out before."""

_TRIES = 3
"""So often rows are laid out: whenever others add a space or change a customer's details, the numbers move."""


def import_spaces(caller: Caller, proven: Proven, progress: Progress | None = None) -> Imported:
    """Add the spaces with their contracts: all, or none if one is refused, naming each line.

    Whether they are there is looked up again; on another ground all are proven again.
    """
    if caller.dry_run:
        with reading(caller) as session:
            return Imported(session.day, proven.rows)
    for _ in range(_TRIES if proven.rows > FEW else 0):
        done = _in_one_step(caller, proven, progress)
        if done:
            return done
        proven = prove_again(caller, proven)
    return _under_the_lock(caller, proven, progress)


def _in_one_step(caller: Caller, proven: Proven, progress: Progress | None) -> Imported | None:
    """Lay all rows out, and enter them in one short step; nothing where the store has moved meanwhile."""
    added, entered = 0, False
    with laying(caller, entering.TABLES) as laid:
        spaces = entering.LaidOut(laid, proven.numbers)
        for rows in proven.chunks():
            spaces.add([(row.space, row.contract) for row in rows])
            added, entered = added + len(rows), entered or _any_unchecked(rows)
            if progress:
                progress(added, proven.rows)
        with writing(caller, laid=laid) as session:
            session.check_clock()
            if not proven.stands(session):
                return None
            spaces.enter(session.connection)
            session.record(None, spaces=added, **noted(entered=entered))
            return Imported(session.day, added)


def _any_unchecked(rows: list[Row]) -> bool:
    return any(unchecked(row.space) for row in rows)


def _under_the_lock(caller: Caller, proven: Proven, progress: Progress | None) -> Imported:
    bad, added, entered = BadRows(), 0, False
    with writing(caller) as session:
        session.check_clock()
        moved = ground_of(session) != proven.ground
        for chunk in proven.chunks():
            rows = list(prepared(session, ((row.line, row.new) for row in chunk), bad)) if moved else chunk
            find_known(session, rows, bad)
            if not bad:
                write.insert_spaces(session.connection, [(row.space, row.contract) for row in rows])
            added, entered = added + len(chunk), entered or _any_unchecked(rows)
            if progress:
                progress(added, proven.rows)
        bad.refuse()
        if added:
            session.record(None, spaces=added, **noted(entered=entered))
        return Imported(session.day, added)
