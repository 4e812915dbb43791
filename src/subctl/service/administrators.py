"""Administrators of the store and of single spaces (docs/safety.md)."""

from __future__ import annotations

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.results.lists import Administrator, Administrators, Right
from subctl.service import access
from subctl.service.session import Caller, Session, reading, writing
from subctl.store import read, write


def list_administrators(caller: Caller) -> Administrators:
    """Return who may do what, as a list."""
    with reading(caller) as session:
        return Administrators(_all(session))


def _all(session: Session) -> tuple[Administrator, ...]:
    found = read.administrators(session.connection)
    return tuple(Administrator(uid, account, space or None) for uid, space, account in found)


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
            write.insert(session.connection, "administrators", {"uid": uid, "space": where, "account": account})
            session.record(space, added=account, uid=uid)
        return Administrators(_all(session), right, changed=True)


def remove(caller: Caller, name: str, space: str | None) -> Administrators:
    """Take an account's right to a space, or to the store, away; the last administrator of the store stays."""
    with writing(caller, space) as session:
        uid, account = session.connection.account_named(name)
        right = Right(Administrator(uid, account, space), has=False, dry_run=caller.dry_run)
        where = session.space_id(space) if space else access.WHOLE_STORE
        if where not in read.rights(session.connection, uid, account):
            return Administrators(_all(session), right, changed=False)
        if where == access.WHOLE_STORE and read.count_store_administrators(session.connection) == 1:
            raise SubctlError(
                "last_administrator",
                N_("{account} is the only administrator of the store."),
                N_("Add another one first: {command}, without --space."),
                account=account,
                command="subctl admin add ACCOUNT",
            )
        session.check_clock()
        if session.writes:
            write.delete_administrator(session.connection, uid, account, where)
            session.record(space, removed=account, uid=uid)
        return Administrators(_all(session), right, changed=True)
