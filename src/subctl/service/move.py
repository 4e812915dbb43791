"""Moving the whole store to another place, from file or server to either: afterwards the old one is only read."""

from __future__ import annotations

from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.sentence import N_
from subctl.domain.text import safe
from subctl.results.move import Moved
from subctl.service import access
from subctl.service.caller import Caller, as_maker
from subctl.service.groups import gid_of
from subctl.service.session import Session, writing
from subctl.store import copying, history, moved, read
from subctl.store.engine import engine_of
from subctl.store.places import Place

if TYPE_CHECKING:
    from subctl.service.progress import Progress
    from subctl.store.connection import Connection
    from subctl.store.copying import Told


class _Target(Enum):
    """What stands in the target: nothing, the copy of an interrupted move, or a store that was moved here once."""

    NOTHING = 0
    COPY = 1
    MOVED = 2


def move(caller: Caller, target: Place, *, group: str | None = None, progress: Progress | None = None) -> Moved:
    """Copy the store to where there is none, hold the copy to it, and mark it as moved; all of it under its lock.

    A store that stands in the target is in the way (`store_exists`), unless it is this one: of the copy that an
    interrupted move left only the mark is missing; what was moved from there to here is kept beside. Errors:
    `bad_input` for the store itself and for a group that there isn't, `not_administrator`, those of making a store.
    """
    target, gid = _from_anywhere(target), gid_of(group, target)
    with writing(caller) as session:
        session.connection.take_time()  # a server is looked for, and everything is copied
        maker, uid = as_maker(caller, target)
        require_mover(session, target, uid, maker.account)
        there = _standing(session, target)
        counts, kept = copying.counts(session.connection), None
        session.check_clock()
        if session.writes:
            told = _told(progress, 2 * sum(counts.values()))
            if there is _Target.COPY:
                _compare(session, caller, target, told)
            else:
                kept = _copy(session, target, told, replace=there is _Target.MOVED, group=gid)
            moved.mark(session.connection, str(target))
        return Moved(
            store=str(caller.store),
            target=str(target),
            sandbox=session.settings.sandbox,
            hash=history.head(session.connection),
            spaces=counts["spaces"],
            entries=counts["history"],
            rows=sum(counts.values()),
            finished=there is _Target.COPY,
            kept=kept,
        )


def _from_anywhere(place: Place) -> Place:
    """Return a place as it is named in any folder."""
    return place.absolute() if isinstance(place, Path) else place


def require_mover(session: Session, target: Place, uid: int | None, account: str) -> None:
    """Refuse an account of the target that would be no administrator of the store there (`not_administrator`)."""
    if access.WHOLE_STORE not in read.rights(session.connection, uid, account):
        raise SubctlError(
            "not_administrator",
            N_("At {place} you are {account}, who is not an administrator of this store."),
            N_("Let {account} be one first: {command}."),
            place=safe(str(target)),
            account=safe(account),
            command=f"subctl admin add {safe(account)}",
        )


def _standing(session: Session, target: Place) -> _Target:
    """Return what stands in the target, unless it is in the way (`store_exists`) or the store itself (`bad_input`)."""
    ours, store = session.connection, session.caller.store
    try:
        with engine_of(target).reading(target) as theirs:
            if engine_of(target).identity(target, theirs) == engine_of(store).identity(store, ours):
                itself, way_out = N_("{option} names the store itself: {place}."), N_("Name another place.")
                raise bad_input(itself, way_out, option="--to", place=safe(str(target)))
            if theirs.first_hash() == ours.first_hash():
                head = history.head(theirs)
                if read.settings(theirs).moved is None:
                    if head == history.head(ours):
                        return _Target.COPY
                elif history.holds(ours, head):
                    return _Target.MOVED
    except SubctlError as error:
        if error.code == "store_missing":
            return _Target.NOTHING
        raise
    raise SubctlError(
        "store_exists",
        N_("There is a store at {path} already."),
        N_("It stays as it is: name another place with {option}."),
        path=safe(str(target)),
        option="--to",
    )


def _told(progress: Progress | None, total: int) -> Told:
    """Return who adds up how many rows were read."""
    done = 0

    def told(rows: int) -> None:
        nonlocal done
        done += rows
        if progress is not None:
            progress(done, total)

    return told


def _copy(session: Session, target: Place, told: Told, *, replace: bool, group: int | None) -> str | None:
    """Make the copy, whole or not at all; return where what it replaces is kept."""
    store = session.caller.store
    explained = partial(engine_of(store).explained, store)

    def fill(connection: Connection) -> None:
        connection.take_time()
        copied = copying.copy(session.connection, connection, told, explained)
        copying.compare(copied, copying.content(connection, told))

    making = engine_of(target).create
    return making(target, fill, replace=replace, even_moved=replace, now=session.caller.now, group=group)


def _compare(session: Session, caller: Caller, target: Place, told: Told) -> None:
    """Hold the copy that an interrupted move left to the store, while nobody writes to either."""
    with engine_of(target).writing(target, caller.now, caller.uid, caller.account) as connection:
        connection.take_time()
        copying.compare(copying.content(session.connection, told), copying.content(connection, told))
