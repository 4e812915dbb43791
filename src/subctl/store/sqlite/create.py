"""Making a store: a complete file appears under its name in one step, or nothing does."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.store.sqlite.connection import APPLICATION_ID, Connection, commit, connect
from subctl.store.sqlite.errors import explained, os_refusal
from subctl.store.sqlite.files import building, put_instead, put_new

PRIVATE, SHARED, SHARED_FOLDER = 0o600, 0o660, 0o2770


def create(
    path: Path,
    fill: Callable[[Connection], None],
    *,
    replace: bool,
    now: datetime,
    even_moved: bool = False,
    group: int | None = None,
) -> Path | None:
    """Make a store at `path` and fill it; return where a replaced one was kept.

    The file is built beside and linked to its name when it is complete. `group` is the gid of those who share
    it; without it the file is private, whatever the umask. Errors: `store_exists`, `store_denied`,
    `store_failed`, `store_busy`, and `store_moved` unless one is replaced `even_moved`.
    """
    try:
        _make_folder(path.parent, group)
        with explained(path), building(path) as file:
            build(file, fill)
            if group is not None:
                os.chown(file, -1, group)
            file.chmod(PRIVATE if group is None else SHARED)
            if replace:
                return put_instead(file, path, now, even_moved=even_moved)
            put_new(file, path, now)
            return None
    except FileExistsError:
        raise SubctlError(
            "store_exists",
            N_("There is a store at {path} already."),
            N_("Use it, or name another with --store."),
            path=path,
        ) from None
    except OSError as error:
        what = N_("The store {file} can't be made: {reason}.")
        raise os_refusal(path, error, what, N_("Name a folder you may write to with --store.")) from None


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
            N_("The folder {folder} is not the group's: new files in it would not be shared."),
            N_("Name a new folder with --store, or run {first} and {then}."),
            folder=folder,
            first=f"chgrp GROUP {folder}",
            then=f"chmod 2770 {folder}",
        )


def build(path: Path, fill: Callable[[Connection], None]) -> None:
    """Make an empty file a store in today's schema, and fill it."""
    from subctl.store.sqlite.migrate import to_today

    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE").close()
        to_today(connection)
        fill(connection)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}").close()
        commit(connection, path)
