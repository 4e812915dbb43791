"""Copying a store whole: by SQLite's backup API, checked before it gets its name."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from subctl.domain.errors import SubctlError
from subctl.store.connection import APPLICATION_ID, connect, refusal
from subctl.store.create import keep_beside, sync_folder


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Lend an empty private file beside `path`, gone afterwards whatever happens."""
    if not path.name:
        raise SubctlError("store_denied", f"{path} can't be written: {os.strerror(errno.EISDIR)}.")
    building = path.with_name(f".{path.name}.{os.getpid()}.copy")
    try:
        os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
    except OSError as error:
        raise SubctlError("store_denied", f"{path} can't be written: {error.strerror}.") from None
    try:
        yield building
    finally:
        for leftover in (building, building.with_name(building.name + "-journal")):
            leftover.unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, path: Path) -> None:
    try:
        with closing(connect(path)) as target:
            source.backup(target)
        check_sound(path)
    except sqlite3.Error as error:
        raise refusal(error, path) from error


def check_sound(path: Path) -> None:
    """Raise `store_damaged` unless SQLite finds the file whole."""
    try:
        with closing(connect(path)) as connection:
            application: int = connection.execute("PRAGMA application_id").fetchone()[0]
            faults = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    except sqlite3.Error as error:
        raise refusal(error, path) from error
    if application != APPLICATION_ID or faults != ["ok"]:
        raise SubctlError("store_damaged", f"{path} is damaged: {faults[0]}.", "Use another backup.")


def backup(connection: sqlite3.Connection, store: Path, target: Path) -> int:
    """Copy an open store to a new file, and return its size in bytes."""
    with _beside(target) as building:
        _copy(connection, building)
        try:
            os.link(building, target, follow_symlinks=False)
            sync_folder(target.parent)
        except FileExistsError:
            raise SubctlError(
                "already_exists", f"There is a file {target} already.", f"Name a new file for the backup of {store}."
            ) from None
        except OSError as error:
            raise SubctlError("store_denied", f"{target} can't be written: {error.strerror}.") from None
        return target.stat().st_size


def restore(source: Path, path: Path, now: datetime) -> Path | None:
    """Put a copy of `source` in the place of the store; return where the old file was kept, if there was one."""
    with _beside(path) as building:
        try:
            with closing(connect(source)) as connection:
                _copy(connection, building)
        except sqlite3.Error as error:
            raise refusal(error, source) from error
        kept = None
        try:
            if path.exists():
                building.chmod(path.stat().st_mode & 0o777)
                kept = keep_beside(path, now)
            building.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            raise SubctlError("store_denied", f"{path} can't be replaced: {error.strerror}.") from None
        return kept
