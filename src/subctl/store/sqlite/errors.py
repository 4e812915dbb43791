"""What the engine's errors and the system's mean for the person at the terminal: one table, and no guess beyond it.

`store_damaged` is said only of what is damage. What stands in no table is a bug, and stays one.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_, Sentence
from subctl.domain.system import reason
from subctl.store.tables import RESTORE, UNSURE

HEADER = 100
"""Bytes of a file that say what it is."""

_LONGEST_PATH = 480
"""Bytes of a path that SQLite opens for sure, with the names of what is built beside it and of a journal."""

REASONS = (
    N_("access permission denied"),
    N_("attempt to write a readonly database"),
    N_("database disk image is malformed"),
    N_("database or disk is full"),
    N_("disk I/O error"),
    N_("file is not a database"),
    N_("unable to open database file"),
)
"""What SQLite says of the usual ones; anything else is said as SQLite says it."""

_PAGE_SIZE, _PAGES = (16, 2), (28, 4)
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise what an error of SQLite means for the file at `path`; a bug passes as it is."""
    try:
        yield
    except sqlite3.Error as error:
        refused = refusal(error, path)
        if refused is None:
            raise
        raise refused from error
    except UnicodeDecodeError as error:  # SQLite quotes a schema that it can't read, and what it quotes is no text
        what = N_("The store {path} is damaged: its schema is no text.")
        raise SubctlError("store_damaged", what, RESTORE, path=path) from error


def refusal(error: sqlite3.Error, path: Path) -> SubctlError | None:
    """Return what an error of SQLite means, or nothing for a bug."""
    name, message = getattr(error, "sqlite_errorname", ""), str(error)
    for begins, says, meaning in _MEANINGS:
        if name.startswith(begins) and message.startswith(says):
            return meaning(path, error)
    return None


def _busy(path: Path, _error: Exception) -> SubctlError:
    return SubctlError(
        "store_busy", N_("Another command is writing to {path}."), N_("Try again in a moment."), path=path
    )


def _moved(path: Path, _error: Exception) -> SubctlError:
    return SubctlError("store_busy", N_("The store {path} was replaced meanwhile."), N_("Try again."), path=path)


def _denied(path: Path, error: Exception) -> SubctlError:
    what, way_out = N_("The store {path} can't be written: {reason}."), N_("Check who may write there.")
    return SubctlError("store_denied", what, way_out, path=path, reason=_reason(error))


def _not_opened(path: Path, error: Exception) -> SubctlError:
    """Tell a path that is too long, a missing right, and a disk without room for a journal from each other."""
    if any(len(os.fsencode(name)) > _LONGEST_PATH for name in (path.absolute(), os.path.realpath(path))):
        what, way_out = (
            N_("The path {path} is too long."),
            N_("Name a shorter one: at most {most} bytes, from the root."),
        )
        return SubctlError("store_denied", what, way_out, path=path, most=_LONGEST_PATH)
    return disk_failed(path, error) if _may_write(path) else _denied(path, error)


def _refused_row(path: Path, error: Exception) -> SubctlError:
    what, way_out = N_("The store {path} refused a row: {reason}."), N_("Nothing was changed.")
    return SubctlError("store_failed", what, way_out, path=path, reason=_reason(error))


def _damaged(path: Path, error: Exception) -> SubctlError:
    if _is_cut_off(path):
        return cut_off(path)
    return SubctlError(
        "store_damaged", N_("The store {path} is damaged: {reason}."), RESTORE, path=path, reason=_reason(error)
    )


def cut_off(path: Path) -> SubctlError:
    """Return the refusal of a store whose end is missing."""
    return SubctlError("store_damaged", N_("The store {path} is cut off."), RESTORE, path=path)


def disk_failed(path: Path, error: Exception, *, sure: bool = True) -> SubctlError:
    """Return `store_failed`; where it isn't `sure` that nothing was changed, the hint says how to find out."""
    return SubctlError(
        "store_failed",
        N_("The disk failed while {path} was in use: {reason}."),
        N_("Nothing was changed. See whether the disk is full.") if sure else UNSURE,
        path=path,
        reason=_reason(error),
    )


_MEANINGS: tuple[tuple[str, str, Callable[[Path, Exception], SubctlError]], ...] = (
    ("SQLITE_BUSY", "", _busy),
    ("SQLITE_LOCKED", "", _busy),
    ("SQLITE_READONLY_DBMOVED", "", _moved),
    ("SQLITE_CANTOPEN", "", _not_opened),
    ("SQLITE_READONLY", "", _denied),
    ("SQLITE_PERM", "", _denied),
    ("SQLITE_FULL", "", disk_failed),
    ("SQLITE_IOERR", "", disk_failed),
    ("SQLITE_CONSTRAINT", "", _refused_row),
    ("SQLITE_CORRUPT", "", _damaged),
    ("SQLITE_NOTADB", "", _damaged),
    ("SQLITE_ERROR", "no such table", _damaged),
    ("SQLITE_ERROR", "no such column", _damaged),
    ("SQLITE_ERROR", "table ", _damaged),  # … has no column named …
    ("SQLITE_ERROR", "unsupported file format", _damaged),
    ("SQLITE_ERROR", "integer overflow", _damaged),  # of a sum: no sound amounts come to so much
    ("", "Could not decode to UTF-8", _damaged),  # said by Python of a text that holds what is none
)
"""How an error's name and its message begin, and what it means; the first that fits counts."""


def _is_cut_off(path: Path) -> bool:
    """Tell whether a file that SQLite refuses has fewer pages than its header says."""
    with suppress(OSError):
        with path.open("rb") as file:
            header = file.read(HEADER)
        page, pages = (int.from_bytes(header[at : at + size]) for at, size in (_PAGE_SIZE, _PAGES))
        return path.stat().st_size < page * pages
    return False


def _may_write(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)


def _reason(error: Exception) -> Sentence:
    return reason(error) if isinstance(error, OSError) else Sentence(str(error))


def os_refusal(path: Path, error: OSError, what: str, way_out: str = "") -> SubctlError:
    """Return what an error of the system means: `store_failed` for the disk's, else `store_denied`.

    The templates know the `{file}` and the `{reason}`.
    """
    if error.errno in _DISK:
        return disk_failed(path, error)
    return SubctlError("store_denied", what, way_out, file=path, reason=reason(error))
