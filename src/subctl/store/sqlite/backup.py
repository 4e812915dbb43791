"""Copying a store whole: by SQLite's backup API, checked before it gets its name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.store.sqlite.connection import APPLICATION_ID, connect
from subctl.store.sqlite.errors import explained, os_refusal
from subctl.store.sqlite.files import building, put_instead, put_new


def _copy(source: sqlite3.Connection, file: Path) -> None:
    """Fill a new file."""
    with closing(connect(file)) as target:
        source.backup(target)


def check_sound(path: Path) -> None:
    """Raise `store_damaged` unless SQLite finds the file whole."""
    with explained(path), closing(connect(path)) as connection:
        application: int = connection.execute("PRAGMA application_id").fetchone()[0]
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    if application != APPLICATION_ID or faults != ["ok"]:
        raise SubctlError(
            "store_damaged", N_("{file} is damaged: {reason}."), N_("Use another backup."), file=path, reason=faults[0]
        )


def refuse_taken(target: Path) -> None:
    """Refuse a name that something has already (`already_exists`)."""
    if os.path.lexists(target):
        raise _taken(target)


def _taken(target: Path) -> SubctlError:
    what, way_out = N_("There is a file {file} already."), N_("Name a new file for the backup.")
    return SubctlError("already_exists", what, way_out, file=target)


def size(connection: sqlite3.Connection, target: Path) -> int:
    """Return how many bytes a backup would have (`already_exists`)."""
    refuse_taken(target)
    pages, page = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * page)


def backup(connection: sqlite3.Connection, target: Path, now: datetime) -> int:
    """Copy an open store to a new file, and return its size in bytes."""
    return write_new(target, partial(_copy, connection), now)


def write_new(target: Path, fill: Callable[[Path], None], now: datetime) -> int:
    """Fill a file, check it and give it a name that nobody has; return its size in bytes.

    Errors: `already_exists`, `store_denied`, `store_failed`, `store_damaged`.
    """
    try:
        with building(target) as file:
            with explained(target):
                fill(file)
                check_sound(file)
            put_new(file, target, now)
            return target.stat().st_size
    except FileExistsError:
        raise _taken(target) from None
    except OSError as error:
        raise os_refusal(target, error, N_("{file} can't be written: {reason}.")) from None


def restore(source: Path, path: Path, now: datetime) -> Path | None:
    """Put a copy of `source` in the place of the store; return where the old file was kept, if there was one."""
    try:
        with building(path) as file:
            with explained(source), closing(connect(source)) as connection, explained(path):
                _copy(connection, file)
                check_sound(file)
            if path.exists():
                file.chmod(path.stat().st_mode & 0o777)
            return put_instead(file, path, now)
    except OSError as error:
        raise os_refusal(path, error, N_("{file} can't be replaced: {reason}.")) from None
