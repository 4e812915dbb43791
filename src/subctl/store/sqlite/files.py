"""Giving a finished file its name: whole or not at all, and never beside a journal that isn't its own.

SQLite finds a journal by its name. One that a crash left would be rolled back into whatever stands at the
store's name next, so it goes aside with the file it belongs to (safety.md).
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.store import moved
from subctl.store.sqlite.connection import connect
from subctl.store.sqlite.errors import disk_failed, explained

_MOST_OF_A_SECOND = 1000
_MARKS = "SELECT 1 FROM sqlite_schema WHERE name = 'moved'"
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP)


@contextmanager
def building(path: Path) -> Iterator[Path]:
    """Lend an empty private file beside `path`, gone afterwards whatever happens (OSError).

    Its name is new each time: what a killed command left (with a journal, perhaps) is in nobody's way.
    """
    if not path.name:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    file = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
        yield file
    finally:
        for leftover in (file, journal_of(file)):
            with suppress(OSError):
                leftover.unlink()


def journal_of(path: Path) -> Path:
    """Return where SQLite looks for the journal of a file."""
    return path.with_name(path.name + "-journal")


def replace_file(path: Path, content: bytes, mode: int) -> None:
    """Write a file in one step: it is there as it was, or as it is wanted (OSError).

    A link at the file's name is replaced, never written through.
    """
    with building(path) as file:
        with file.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fchmod(opened.fileno(), mode)
            os.fsync(opened.fileno())
        file.replace(path)
        sync_folder(path.parent)


def put_new(file: Path, path: Path, now: datetime) -> None:
    """Give a file a name that nobody has (FileExistsError otherwise; OSError)."""
    if not os.path.lexists(path):
        _journal_aside(path, None, now)
    os.link(file, path, follow_symlinks=False)
    _settle(path)


def put_instead(file: Path, path: Path, now: datetime, *, even_moved: bool = False) -> Path | None:
    """Give a file the name of a store, while nobody writes there; return where the old one was kept (OSError).

    Errors: `store_busy`, and `store_moved` unless `even_moved` says that it may have been moved.
    """
    with _alone(path, even_moved=even_moved):
        kept = keep_beside(path, now) if path.exists() else None
        _journal_aside(path, kept, now)
        file.replace(path)
    _settle(path)
    return kept


@contextmanager
def _alone(path: Path, *, even_moved: bool) -> Iterator[None]:
    """Hold off who writes to a store; what can't be opened, nobody writes to."""
    with ExitStack() as stack:
        if path.exists():
            try:
                with explained(path):
                    connection = stack.enter_context(closing(connect(path)))
                    connection.execute("BEGIN EXCLUSIVE").close()
                    if not even_moved and connection.execute(_MARKS).fetchone():
                        moved.refuse(connection, path)
            except SubctlError as error:
                if error.code != "store_damaged":
                    raise
        yield


def _journal_aside(path: Path, kept: Path | None, now: datetime) -> None:
    """Put the journal of a file that is gone, or can't be opened, where only that file's copy finds it.

    In this order a crash leaves no store, or the old one with its journal.
    """
    journal = journal_of(path)
    if not journal.exists():
        return
    if kept is None:
        keep_beside(journal, now)
    else:
        os.link(journal, journal_of(kept))
        path.unlink()
    journal.unlink()


def keep_beside(path: Path, now: datetime) -> Path:
    """Give a file that is about to be replaced a second name beside it, and return that name."""
    for place in range(1, _MOST_OF_A_SECOND):
        kept = path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%S}{f'-{place}' if place > 1 else ''}.old")
        with suppress(FileExistsError):
            os.link(path, kept)
            return kept
    raise FileExistsError(errno.EEXIST, N_("too many old files of this second"))


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut; some file systems can't, and say so (OSError)."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def _settle(path: Path) -> None:
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise disk_failed(path, error, sure=False) from None
