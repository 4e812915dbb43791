"""The engine of files: what can be done with a store as a whole (`store.engine`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from subctl.store.sqlite.errors import explained
from subctl.store.sqlite.visit import reading, writing

if TYPE_CHECKING:
    from subctl.domain.sentence import Sentence
    from subctl.store.sqlite.connection import Connection
    from subctl.store.sqlite.laying import Laying
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


def maker(_place: Path) -> tuple[None, None]:
    """Return neither role nor time: the operating system says who makes a file, and when."""
    return None, None


def laying(
    place: Path, now: datetime, uid: int, account: str, tables: Sequence[Table]
) -> AbstractContextManager[Laying]:
    """Open a store's file to lay rows out (`laying.laying`)."""
    from subctl.store.sqlite import laying

    return laying.laying(place, now, uid, account, tables)


def create(
    place: Path,
    fill: Callable[[Connection], None],
    *,
    replace: bool,
    now: datetime,
    even_moved: bool = False,
    group: int | None = None,
) -> str | None:
    """Make a store in a file (`create.create`)."""
    from subctl.store.sqlite import create

    return _named(create.create(place, fill, replace=replace, now=now, even_moved=even_moved, group=group))


def identity(place: Path, _connection: Connection) -> tuple[object, ...]:
    """Return what only this file has, by whichever of its names it was opened."""
    status = place.stat()
    return status.st_dev, status.st_ino


def faults(connection: Connection) -> Iterator[Sentence]:
    """Yield what SQLite finds in the file, and what of the schema is not as it was made."""
    from subctl.store.sqlite import soundness

    yield from soundness.file_faults(connection)
    yield from soundness.schema_faults(connection)


def size(connection: Connection, target: Path) -> int:
    """Return how many bytes a backup would have (`already_exists`)."""
    from subctl.store.sqlite import backup

    return backup.size(connection, target)


def backup(connection: Connection, target: Path, now: datetime) -> int:
    """Copy an open store to a new file, and return its size in bytes."""
    from subctl.store.sqlite import backup

    return backup.backup(connection, target, now)


def restore(source: Path, place: Path, now: datetime) -> str | None:
    """Put a copy of `source` in the place of the store; return where the old file was kept, if there was one."""
    from subctl.store.sqlite import backup

    return _named(backup.restore(source, place, now))


def _named(kept: Path | None) -> str | None:
    return None if kept is None else str(kept)
