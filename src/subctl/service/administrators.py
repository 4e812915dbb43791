"""Administrators of the store and of single spaces (docs/safety.md)."""

from __future__ import annotations

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.results.lists import Administrator, Administrators, Right
from subctl.service import access
from subctl.service.caller import Caller
from subctl.service.session import Session, reading, writing
from subctl.store import read, write
from subctl.store.read import Held


def list_administrators(caller: Caller) -> Administrators:
    """Return who may do what, as a list."""
    with reading(caller) as session:
        return Administrators(_all(session))


def _all(session: Session) -> tuple[Administrator, ...]:
    found = read.administrators(session.connection)
    return tuple(Administrator(held.uid, held.account, held.space or None) for held in found)


def add(caller: Caller, name: str, space: str | None) -> Administrators:
    """Make an account an administrator of a space, or of the store; adding it again changes nothing."""
    with writing(caller, space) as session:
        uid, account = session.connection.account_named(name)
        right = Right(Administrator(uid, account, space), has=True, dry_run=caller.dry_run)
        where = session.space_id(space) if space else access.WHOLE_STORE
        if where in read.rights(session.connection, uid, account):
            return Administrators(_all(session), right, changed=False)
        session.check_clock()
        if session.writes:
            write.insert_administrator(session.connection, Held(uid, where, account))
            session.record(space, added=account, uid=uid)
        return Administrators(_all(session), right, changed=True)


def remove(caller: Caller, name: str, space: str | None) -> Administrators:
    """Take an account's right to a space, or to the store, away; the last administrator of the store stays."""
    with writing(caller, space) as session:
        where = session.space_id(space) if space else access.WHOLE_STORE
        uid, account = _kept(session, name, where)
        right = Right(Administrator(uid, account, space), has=False, dry_run=caller.dry_run)
        everyone = [held for held in read.administrators(session.connection) if held.space == where]
        his = [held for held in everyone if held.of(uid, account)]
        if not his:
            return Administrators(_all(session), right, changed=False)
        if where == access.WHOLE_STORE and his == everyone:
            raise SubctlError(
                "last_administrator",
                N_("{account} is the only administrator of the store."),
                N_("Add another one first: {command}, without --space."),
                account=account,
                command="subctl admin add ACCOUNT",
            )
        session.check_clock()
        if session.writes:
            for held in his:
                write.delete_administrator(session.connection, held)
            session.record(space, removed=account, uid=uid)
        return Administrators(_all(session), right, changed=True)


def _kept(session: Session, name: str, where: str) -> tuple[int | None, str]:
    """Return an account; one that is there no longer, and has a right all the same, by what was kept of it."""
    try:
        return session.connection.account_named(name)
    except SubctlError:
        kept = [held for held in read.administrators(session.connection) if name in (held.account, str(held.uid))]
        if not kept:
            raise
        return next((held.uid for held in kept if held.space == where), None), kept[0].account
