"""The engine of servers: what can be done with a store as a whole (`store.engine`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING

from subctl.store.postgres.errors import explained
from subctl.store.postgres.visit import reading, writing

if TYPE_CHECKING:
    from pathlib import Path

    from subctl.domain.sentence import Sentence
    from subctl.store.places import Server
    from subctl.store.postgres.connection import Connection
    from subctl.store.postgres.laying import Laying
    from subctl.store.tables import Table

__all__ = [
    "backup",
    "create",
    "explained",
    "faults",
    "identity",
    "laying",
    "maker",
    "reading",
    "restore",
    "size",
    "writing",
]

_IDENTITY = """
SELECT CAST(extract(epoch FROM pg_postmaster_start_time()) * 1000000 AS bigint),
  (SELECT CAST(oid AS bigint) FROM pg_catalog.pg_database WHERE datname = current_database()),
  CAST(CAST(CAST('subctl' AS regnamespace) AS oid) AS bigint)
"""


def laying(
    place: Server, now: datetime, uid: int, account: str, tables: Sequence[Table]
) -> AbstractContextManager[Laying]:
    """Open a server's store to lay rows out (`laying.laying`)."""
    from subctl.store.postgres import laying

    del uid  # a server's accounts have none
    return laying.laying(place, now, account, tables)


def create(
    place: Server,
    fill: Callable[[Connection], None],
    *,
    replace: bool,
    now: datetime,
    even_moved: bool = False,
    group: int | None = None,
) -> str | None:
    """Make a store on a server (`create.create`)."""
    from subctl.store.postgres import create

    del group  # a server has roles: whoever names a group for one is refused before
    return create.create(place, fill, replace=replace, now=now, even_moved=even_moved)


def maker(place: Server) -> tuple[str | None, datetime | None]:
    """Return the role that would make a store, and the time (`store_denied` where a superuser has to help first)."""
    from subctl.store.postgres import create

    return create.maker(place)


def identity(_place: Server, connection: Connection) -> tuple[object, ...]:
    """Return what only this schema has, at whichever address of its server, and as long as that one runs."""
    [row] = connection.execute(_IDENTITY)
    return tuple(row)


def faults(connection: Connection) -> Iterator[Sentence]:
    """Yield what of the schema is not as it was made."""
    from subctl.store.postgres import soundness

    return soundness.schema_faults(connection)


def size(connection: Connection, target: Path) -> int:
    """Return how many bytes a backup would have, roughly (`already_exists`)."""
    from subctl.store.postgres import backup

    return backup.size(connection, target)


def backup(connection: Connection, target: Path, now: datetime) -> int:
    """Copy an open store to a new file, and return its size in bytes."""
    from subctl.store.postgres import backup

    return backup.backup(connection, target, now)


def restore(source: Path, place: Server, now: datetime) -> str | None:
    """Put a copy of a file in the place of the store; return the name of the schema that keeps a replaced one."""
    from subctl.store.postgres import backup

    return backup.restore(source, place, now)
