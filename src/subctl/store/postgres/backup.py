"""A server's store as a file and back: copied row by row in one snapshot, and held to what it was copied from."""

from __future__ import annotations

import os
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from subctl.store import copying, history, moved, read
from subctl.store.postgres.create import create
from subctl.store.postgres.errors import explained
from subctl.store.sqlite import visit as files
from subctl.store.sqlite.backup import refuse_taken, write_new
from subctl.store.sqlite.connection import SCHEMA_VERSION, check_file
from subctl.store.sqlite.create import build
from subctl.store.sqlite.errors import explained as file_explained

if TYPE_CHECKING:
    from subctl.store.connection import Connection as AnyConnection
    from subctl.store.places import Server
    from subctl.store.postgres.connection import Connection

_SIZE = (
    "SELECT CAST(sum(pg_table_size(oid)) AS BIGINT) FROM pg_class"
    " WHERE relnamespace = CAST('subctl' AS regnamespace) AND relkind = 'r'"
)


def size(connection: Connection, target: Path) -> int:
    """Return how many bytes a backup would have, roughly: what the tables have on the server (`already_exists`)."""
    refuse_taken(target)
    [(found,)] = connection.execute(_SIZE)
    return int(found)


def backup(connection: Connection, target: Path, now: datetime) -> int:
    """Copy an open store to a new file, and return its size in bytes."""

    def fill(copy: AnyConnection) -> None:
        _fill(connection, copy, partial(explained, connection.place))

    return write_new(target, lambda file: build(file, fill), now)


def restore(source: Path, place: Server, now: datetime) -> str | None:
    """Put a copy of a file in the place of the store; return the name of the schema that keeps a replaced one."""
    version = check_file(source)
    with files.reading(source) as connection:

        def fill(copy: AnyConnection) -> None:
            copy.take_time()
            _fill(connection, copy, partial(file_explained, source))
            if version < SCHEMA_VERSION:
                _note_migration(copy, version, connection.unsealed, now)

        return create(place, fill, replace=True, now=now)


def _fill(source: AnyConnection, copy: AnyConnection, explained: copying.Explained) -> None:
    """Copy everything into an empty store, the mark of one that was moved too."""
    copied = copying.copy(source, copy, _untold, explained)
    copying.compare(copied, copying.content(copy, _untold))
    to = read.settings(source).moved
    if to is not None:
        moved.mark(copy, to)


def _note_migration(copy: AnyConnection, version: int, added: int, now: datetime) -> None:
    """Add the entry that says who brought an older file to today's schema, and seals what that added."""
    copy.unsealed += added
    day = read.settings(copy).last_write or now.date()
    detail = {"from": version, "to": SCHEMA_VERSION}
    history.add(copy, history.entry(copy.now or now, day, os.getuid(), copy.account or "", "migrate", None, detail))


def _untold(_rows: int) -> None:
    """Tell nobody how far it is."""
