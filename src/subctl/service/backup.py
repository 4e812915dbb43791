"""Backups: complete copies of the store, made and brought back by SQLite's backup API (docs/safety.md)."""

from __future__ import annotations

from pathlib import Path

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.results.backup import Copied
from subctl.service.caller import Caller
from subctl.service.session import reading
from subctl.store.engine import engine_of
from subctl.store.sqlite.backup import check_sound
from subctl.store.sqlite.connection import check_file


def backup(caller: Caller, target: Path) -> Copied:
    """Copy the store to a new file and check the copy (`already_exists`, `store_denied`, `store_damaged`)."""
    engine = engine_of(caller.store)
    with reading(caller) as session:
        if caller.dry_run:
            size = engine.size(session.connection, target)
        else:
            size = engine.backup(session.connection, target, caller.now)
    return Copied(str(caller.store), target, size, restored=False, kept=None)


def check_restore(caller: Caller, source: Path) -> None:
    """Refuse to bring back what is no sound store, or into a store of somebody else's."""
    try:
        check_file(source)
    except SubctlError as error:
        if error.code != "store_missing":
            raise
        raise SubctlError(
            "store_missing",
            N_("There is no file {file}."),
            N_("Name a backup, as {command} made it."),
            file=str(source),
            command="subctl backup FILE",
        ) from None
    check_sound(source)
    try:
        with reading(caller) as session:  # whoever comes this far may
            session.refuse_moved()
    except SubctlError as error:
        if error.code not in ("store_missing", "store_damaged", "store_newer"):
            raise


def restore(caller: Caller, source: Path) -> Copied:
    """Bring a backup back; the file it replaces stays beside."""
    check_restore(caller, source)
    kept = None if caller.dry_run else engine_of(caller.store).restore(source, caller.store, caller.now)
    return Copied(str(caller.store), source, source.stat().st_size, restored=True, kept=kept)
