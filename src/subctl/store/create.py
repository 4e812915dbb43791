"""Making a store: a complete file appears under its name in one step, or nothing does."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from subctl.domain.errors import SubctlError
from subctl.store.connection import APPLICATION_ID, connect, refusal

_MOST_OF_A_SECOND = 1000

PRIVATE, SHARED, SHARED_FOLDER = 0o600, 0o660, 0o2770


def create(
    path: Path, fill: Callable[[sqlite3.Connection], None], *, replace: bool, now: datetime, group: int | None = None
) -> Path | None:
    """Make a store at `path` and fill it; return where a replaced one was kept.

    The file is built beside and linked to its name when it is complete. `group` is the gid of those who share
    it; without it the file is private, whatever the umask. Errors: `store_exists`, `store_denied`.
    """
    try:
        _make_folder(path.parent, group)
        building = path.with_name(f".{path.name}.{os.getpid()}.new")
        os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
    except OSError as error:
        raise _denied(path, error) from None
    try:
        _build(building, fill)
        if group is not None:
            os.chown(building, -1, group)
        building.chmod(PRIVATE if group is None else SHARED)
        return _publish(building, path, replace=replace, now=now)
    except sqlite3.Error as error:
        raise refusal(error, path) from error
    finally:
        for leftover in (building, building.with_name(building.name + "-journal")):
            leftover.unlink(missing_ok=True)


def _make_folder(folder: Path, group: int | None) -> None:
    """Make the store's folder; one that is there must be the group's already (docs/safety.md)."""
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        if group is not None:
            os.chown(folder, -1, group)
            folder.chmod(SHARED_FOLDER)
    status = folder.stat()
    if group is not None and (status.st_gid != group or status.st_mode & SHARED_FOLDER != SHARED_FOLDER):
        raise SubctlError(
            "store_denied",
            f"The folder {folder} is not the group's: new files in it would not be shared.",
            f"Name a new folder with --store, or run chgrp GROUP {folder} and chmod 2770 {folder}.",
        )


def _build(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    from subctl.store.migrate import to_today

    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE").close()
        to_today(connection)
        fill(connection)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}").close()
        connection.execute("COMMIT").close()


def _publish(building: Path, path: Path, *, replace: bool, now: datetime) -> Path | None:
    kept = None
    try:
        if replace:
            kept = keep_beside(path, now)
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


def keep_beside(path: Path, now: datetime) -> Path:
    """Give a file that is about to be replaced a second name beside it, and return that name."""
    for place in range(1, _MOST_OF_A_SECOND):
        kept = path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%S}{f'-{place}' if place > 1 else ''}.old")
        with suppress(FileExistsError):
            os.link(path, kept)
            return kept
    raise FileExistsError(errno.EEXIST, "too many old files of this second")


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
