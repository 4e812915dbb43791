"""Making a store: a complete file appears under its name in one step, or nothing does."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from subctl.domain.errors import SubctlError
from subctl.store.connection import APPLICATION_ID, SCHEMA_VERSION, connect, refusal


def create(path: Path, fill: Callable[[sqlite3.Connection], None], *, replace: bool, now: datetime) -> Path | None:
    """Make a store at `path` and fill it; return where a replaced one was kept.

    The file is built beside and linked to its name when it is complete. Errors: `store_exists`, `store_denied`.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        building = path.with_name(f".{path.name}.{os.getpid()}.new")
        os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
    except OSError as error:
        raise _denied(path, error) from None
    try:
        _build(building, fill)
        return _publish(building, path, replace=replace, now=now)
    except sqlite3.Error as error:
        raise refusal(error, path) from error
    finally:
        for leftover in (building, building.with_name(building.name + "-journal")):
            leftover.unlink(missing_ok=True)


def _build(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    from sqlite_utils import Database

    from subctl.store.migrations import migrations

    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE").close()
        migrations.apply(Database(connection, execute_plugins=False))
        fill(connection)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}").close()
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}").close()
        connection.execute("COMMIT").close()


def _publish(building: Path, path: Path, *, replace: bool, now: datetime) -> Path | None:
    kept = None
    try:
        if replace:
            kept = path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%S}.old")
            os.link(path, kept)
            building.replace(path)
        else:
            os.link(building, path, follow_symlinks=False)
        sync_folder(path.parent)
    except FileExistsError:
        raise SubctlError(
            "store_exists", f"There is a store at {path} already.", "Use it, or name another with --store."
        ) from None
    except OSError as error:
        raise _denied(path, error) from None
    return kept


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    with suppress(OSError):  # some file systems can't sync a folder; the file itself is synced
        os.fsync(descriptor)
    os.close(descriptor)


def _denied(path: Path, error: OSError) -> SubctlError:
    return SubctlError(
        "store_denied",
        f"The store {path} can't be made: {error.strerror}.",
        "Name a folder you may write to with --store.",
    )
