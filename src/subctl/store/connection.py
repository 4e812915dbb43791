"""Opening the store's file: what is refused, the pragmas, and one transaction a visit.

Nothing here creates a file; that is `store.create`'s. Every write runs in BEGIN IMMEDIATE, so that reading,
deciding, numbering and writing happen under one lock.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from subctl.domain.errors import SubctlError

APPLICATION_ID = 0x73756263
SCHEMA_VERSION = 1
BUSY_SECONDS = 10.0

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_VERSION_AT, _APPLICATION_AT = 60, 68


def check_file(path: Path) -> int:
    """Return the schema version of the store at `path`; raise what keeps it from being opened.

    Errors: `store_missing`, `store_denied`, `store_foreign`, `store_damaged`, `store_newer`.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        raise SubctlError(
            "store_missing",
            f"There is no store at {path}.",
            "Make one with subctl init, try it with subctl init --demo, or name another with --store.",
        ) from None
    except (PermissionError, NotADirectoryError) as error:
        raise SubctlError("store_denied", f"The store {path} can't be reached: {error.strerror}.") from None
    _check_status(path, status)
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except PermissionError:
        raise SubctlError(
            "store_denied",
            f"You may not read the store {path}.",
            "Ask its owner for access, or name another store.",
        ) from None
    return _check_header(path, header)


def _check_status(path: Path, status: os.stat_result) -> None:
    """Refuse a file that others could put or change there behind the owner's back (safety.md)."""
    if stat.S_ISLNK(status.st_mode):
        raise SubctlError("store_denied", f"{path} is a link.", "Name the file itself with --store.")
    if not stat.S_ISREG(status.st_mode):
        what = "a directory" if stat.S_ISDIR(status.st_mode) else "no regular file"
        raise SubctlError("store_foreign", f"{path} is {what}, not a store.", "Name a store's file with --store.")
    if status.st_mode & stat.S_IWOTH:
        raise SubctlError(
            "store_denied", f"Everyone may write to {path}: it can't be trusted.", f"Run chmod o-w {path}."
        )
    shared = status.st_mode & stat.S_IWGRP and status.st_gid in {os.getegid(), *os.getgroups()}
    if status.st_uid != os.geteuid() and os.geteuid() != 0 and not shared:
        raise SubctlError(
            "store_denied",
            f"The store {path} belongs to another account.",
            "Use your own store, or ask for one that is made for a group: subctl init --group.",
        )


def _check_header(path: Path, header: bytes) -> int:
    if not header:
        raise SubctlError(
            "store_damaged", f"The store {path} is empty.", "Bring back a backup with subctl restore FILE."
        )
    if not header.startswith(_MAGIC[: len(header)]):
        raise SubctlError("store_foreign", f"{path} is not a store of subctl.", "Name another file with --store.")
    if len(header) < _HEADER:
        raise SubctlError(
            "store_damaged", f"The store {path} is cut off.", "Bring back a backup with subctl restore FILE."
        )
    if int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4]) != APPLICATION_ID:
        raise SubctlError(
            "store_foreign", f"{path} is a database of another program.", "Name another file with --store."
        )
    version = int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4])
    if version > SCHEMA_VERSION:
        raise SubctlError(
            "store_newer",
            f"The store {path} was written by a newer subctl (version {version}, this one knows {SCHEMA_VERSION}).",
            "Install the newer subctl.",
        )
    return version


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing file for reading and writing, with every pragma the store relies on."""
    name = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = sqlite3.connect(f"file:{name}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    for pragma in (
        "foreign_keys=ON",
        "recursive_triggers=ON",  # without it INSERT OR REPLACE slips past the triggers that forbid DELETE
        "trusted_schema=OFF",
        "journal_mode=DELETE",
        "synchronous=EXTRA",  # FULL loses the last commit in a power cut: the journal's deletion is not synced
    ):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def refusal(error: sqlite3.Error, path: Path) -> SubctlError:
    """Return what an error of SQLite means for the person at the terminal."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return SubctlError("store_busy", f"Another command is writing to {path}.", "Try again in a moment.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return SubctlError("store_denied", f"The store {path} can't be written: {error}.", "Check who may write there.")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return SubctlError(
            "store_failed",
            f"The disk failed while {path} was in use: {error}.",
            "Nothing was changed. Free some space.",
        )
    return SubctlError(
        "store_damaged",
        f"The store {path} is damaged: {error}.",
        "Bring back a backup with subctl restore FILE.",
    )


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Visit the store without changing it: one snapshot, and SQLite itself refuses a write."""
    check_file(path)
    with _visit(path) as connection:
        connection.execute("PRAGMA query_only=ON").close()
        connection.execute("BEGIN").close()
        yield connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Visit the store in one write transaction: leaving by an exception rolls all of it back."""
    check_file(path)
    with _visit(path) as connection:
        connection.execute("BEGIN IMMEDIATE").close()
        try:
            yield connection
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK").close()
            raise
        connection.execute("COMMIT").close()


@contextmanager
def _visit(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(connect(path)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise refusal(error, path) from error
