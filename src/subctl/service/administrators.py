"""Administrators of the store and of single spaces (docs/safety.md)."""

from __future__ import annotations

import pwd

from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.sentence import N_
from subctl.domain.text import safe
from subctl.results.lists import Administrator, Administrators, Right
from subctl.service import access
from subctl.service.session import Caller, Session, reading, writing
from subctl.store import read, write


def account_of(name: str) -> tuple[int, str]:
    """Return the uid and the name of an OS account (`bad_input` where there is none)."""
    try:
        entry = pwd.getpwuid(int(name)) if name.isascii() and name.isdigit() else pwd.getpwnam(name)
    except (KeyError, OverflowError, ValueError):
        raise bad_input(
            N_("This machine has no account '{account}'."), N_("Give its login name or its uid."), account=safe(name)
        ) from None
    return entry.pw_uid, entry.pw_name


def list_administrators(caller: Caller) -> Administrators:
    """Return who may do what, as a list."""
    with reading(caller) as session:
        return Administrators(_all(session))


def _all(session: Session) -> tuple[Administrator, ...]:
    found = read.administrators(session.connection)
    return tuple(Administrator(uid, account, space or None) for uid, space, account in found)


def add(caller: Caller, name: str, space: str | None) -> Administrators:
    """Make an account an administrator of a space, or of the store; adding it again changes nothing."""
    uid, account = account_of(name)
    right = Right(Administrator(uid, account, space), has=True, dry_run=caller.dry_run)
    with writing(caller, space) as session:
        where = session.space_id(space) if space else access.WHOLE_STORE
        if where in read.rights(session.connection, uid):
            return Administrators(_all(session), right, changed=False)
        session.check_clock()
        if session.writes:
            write.insert(session.connection, "administrators", {"uid": uid, "space": where, "account": account})
            session.record(space, added=account, uid=uid)
        return Administrators(_all(session), right, changed=True)


def remove(caller: Caller, name: str, space: str | None) -> Administrators:
    """Take an account's right to a space, or to the store, away; the last administrator of the store stays."""
    uid, account = account_of(name)
    right = Right(Administrator(uid, account, space), has=False, dry_run=caller.dry_run)
    with writing(caller, space) as session:
        where = session.space_id(space) if space else access.WHOLE_STORE
        if where not in read.rights(session.connection, uid):
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
            write.delete_administrator(session.connection, uid, where)
            session.record(space, removed=account, uid=uid)
        return Administrators(_all(session), right, changed=True)
