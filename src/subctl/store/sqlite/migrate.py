"""Older files: brought to today's schema by the first command that writes, with a backup beside (docs/safety.md).

Reading changes nothing: it looks at a temporary copy of an older file that is brought up to date.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from subctl.store import history, read, state
from subctl.store.sqlite.backup import backup
from subctl.store.sqlite.connection import SCHEMA_VERSION, Connection, commit, connect
from subctl.store.sqlite.migrations import migrations
from subctl.store.tables import MIGRATIONS, Row

_FIRST_SEALED = 3
"""The first schema whose entries seal the state."""


def to_today(connection: Connection) -> None:
    """Apply what is missing inside the transaction that is open, and note the version.

    What that adds to the sum of the state is known afterwards: whatever was altered before stays to be found.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    before = state.total(connection, _columns(connection)) if version >= _FIRST_SEALED else None
    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}").close()
    if before is not None:
        connection.unsealed += state.total(connection) - before


def _columns(connection: Connection) -> state.Columns:
    """Return what a file of an older schema has of the tables of the state."""
    names = [table.name for table in state.TABLES]
    return {name: [column for _, column, *_ in connection.execute(f"PRAGMA table_info({name})")] for name in names}


def migration_rows() -> list[Row]:
    """Return what a file of today's schema says of the migrations that made it."""
    with closing(sqlite3.connect(":memory:")) as new:
        migrations.apply(Database(new, execute_plugins=False))
        return new.execute(f"SELECT {MIGRATIONS.selected} FROM {MIGRATIONS.name} ORDER BY id").fetchall()


def migrate(path: Path, now: datetime, uid: int, account: str) -> None:
    """Bring a file to today's schema: all of it or nothing; the backup is complete and checked before.

    Tables are made anew while others point to them, so SQLite doesn't look at foreign keys meanwhile. An entry of the
    history says who did it, and seals what there is.
    """
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF").close()
        connection.execute("BEGIN IMMEDIATE").close()
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version < SCHEMA_VERSION:  # else another command was faster
            _keep(path, version, now)
            to_today(connection)
            day = read.settings(connection).last_write or now.date()
            detail = {"from": version, "to": SCHEMA_VERSION}
            history.add(connection, history.entry(now, day, uid, account, "migrate", None, detail))
        commit(connection, path)


def _keep(path: Path, version: int, now: datetime) -> None:
    """Copy the file beside itself, for the same people."""
    kept = _free_name(path, version)
    with closing(connect(path)) as reader:  # SQLite copies nothing from a connection that is writing
        backup(reader, kept, now)
    kept.chmod(path.stat().st_mode & 0o777)


def _free_name(path: Path, version: int) -> Path:
    names = (path.with_name(f"{path.name}.schema-{version}{f'-{place}' if place else ''}.old") for place in count())
    return next(name for name in names if not name.exists())


@contextmanager
def copied(connection: Connection) -> Iterator[Connection]:
    """Lend a copy of an older file in today's schema; it is SQLite's own temporary file, and gone afterwards."""
    with closing(sqlite3.connect("", isolation_level=None, factory=Connection)) as copy:
        connection.backup(copy)
        copy.execute("BEGIN").close()
        to_today(copy)
        copy.execute("COMMIT").close()
        yield copy
