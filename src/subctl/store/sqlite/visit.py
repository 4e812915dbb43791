"""Visits to the store: one transaction each, that reads only or writes, on a file of today's schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.store import moved
from subctl.store.sqlite.connection import (
    SCHEMA_VERSION,
    Connection,
    check_file,
    commit,
    connect,
)
from subctl.store.sqlite.errors import explained

_HURRIED_SECONDS = 0.2


@contextmanager
def reading(path: Path, *, hurried: bool = False) -> Iterator[Connection]:
    """Visit the store without changing it: one snapshot, and SQLite itself refuses a write.

    A `hurried` visit waits for next to nothing: neither for a writer nor for the copy of an older file (`store_busy`).
    """
    version = check_file(path)
    if hurried and version != SCHEMA_VERSION:
        what, way_out = N_("The store {path} waits to be brought up to date."), N_("Any write does that.")
        raise SubctlError("store_busy", what, way_out, path=path)
    patience = _HURRIED_SECONDS if hurried else None
    with _visit(path, patience) as connection, _as_of_today(connection, version) as current:
        current.hold_writes()
        current.execute("BEGIN").close()
        yield current


def _as_of_today(connection: Connection, version: int) -> AbstractContextManager[Connection]:
    """Lend what is read: the file itself, or a copy of an older one in today's schema."""
    if version == SCHEMA_VERSION:
        return nullcontext(connection)
    from subctl.store.sqlite.migrate import copied

    return copied(connection)


@contextmanager
def writing(path: Path, now: datetime, uid: int, account: str) -> Iterator[Connection]:
    """Visit the store in one write transaction: leaving by an exception rolls all of it back.

    An older file is brought to today's schema first by this account, in a transaction of its own. What is written
    after the transaction's last entry of the history is a bug, for nothing would seal it.
    """
    with to_write(path, now, uid, account) as connection, transaction(connection, path):
        yield connection


@contextmanager
def to_write(path: Path, now: datetime, uid: int, account: str) -> Iterator[Connection]:
    """Open a store that is going to be written, in today's schema, and lock nothing yet."""
    if check_file(path) < SCHEMA_VERSION:
        _migrate(path, now, uid, account)
    with _visit(path) as connection:
        yield connection


@contextmanager
def transaction(connection: Connection, path: Path) -> Iterator[None]:
    """Wait for the lock, and hold it while all is written or nothing."""
    connection.execute("BEGIN IMMEDIATE").close()
    try:
        moved.refuse(connection, path)
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK").close()
        raise
    commit(connection, path)


def _migrate(path: Path, now: datetime, uid: int, account: str) -> None:
    from subctl.store.sqlite.migrate import migrate

    with explained(path):
        migrate(path, now, uid, account)


@contextmanager
def _visit(path: Path, patience: float | None = None) -> Iterator[Connection]:
    with explained(path), closing(connect(path, patience)) as connection:
        yield connection
