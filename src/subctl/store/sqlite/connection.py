"""Opening the store's file: what is refused, the pragmas, and one transaction a visit.

Nothing here creates a file; that is `create`'s. Every write runs in BEGIN IMMEDIATE, so that reading,
deciding, numbering and writing happen under one lock.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.sentence import N_
from subctl.domain.text import safe
from subctl.store.sqlite.errors import HEADER, cut_off, disk_failed, os_refusal
from subctl.store.tables import HISTORY, RESTORE, Row, Table

if TYPE_CHECKING:
    from subctl.store.seal import Coming

APPLICATION_ID = 0x73756263
SCHEMA_VERSION = 6
BUSY_SECONDS = 10.0

_PLAIN = frozenset(range(0x20, 0x7F)) - frozenset(b"%?#")
"""Bytes of a path that stand for themselves in an address of SQLite; a path needn't be text."""

_MAGIC = b"SQLite format 3\x00"
_VERSION_AT, _APPLICATION_AT = 60, 68

_ANOTHER = N_("Name another file with --store.")


def check_file(path: Path) -> int:
    """Return the schema version of the store at `path`; raise what keeps it from being opened.

    Errors: `store_missing`, `store_denied`, `store_failed`, `store_foreign`, `store_damaged`, `store_newer`.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        raise SubctlError(
            "store_missing",
            N_("There is no store at {path}."),
            N_("Make one with subctl init, try it with subctl init --demo, or name another with --store."),
            path=path,
        ) from None
    except OSError as error:
        raise os_refusal(path, error, N_("The store {file} can't be reached: {reason}.")) from None
    _check_status(path, status)
    try:
        with path.open("rb") as file:
            header = file.read(HEADER)
    except PermissionError:
        raise SubctlError(
            "store_denied",
            N_("You may not read the store {path}."),
            N_("Ask its owner for access, or name another store."),
            path=path,
        ) from None
    except OSError as error:
        raise disk_failed(path, error) from None
    return _check_header(path, header)


def _check_status(path: Path, status: os.stat_result) -> None:
    """Refuse a file that others could put or change there behind the owner's back (safety.md)."""
    if stat.S_ISLNK(status.st_mode):
        raise SubctlError("store_denied", N_("{path} is a link."), N_("Name the file itself with --store."), path=path)
    if not stat.S_ISREG(status.st_mode):
        directory = stat.S_ISDIR(status.st_mode)
        raise SubctlError(
            "store_foreign",
            N_("{path} is a directory, not a store.") if directory else N_("{path} is no regular file, not a store."),
            N_("Name a store's file with --store."),
            path=path,
        )
    if status.st_mode & stat.S_IWOTH:
        raise SubctlError(
            "store_denied",
            N_("Everyone may write to {path}: it can't be trusted."),
            N_("Run {command}."),
            path=path,
            command=f"chmod o-w {path}",
        )
    shared = status.st_mode & stat.S_IWGRP and status.st_gid in {os.getegid(), *os.getgroups()}
    if status.st_uid != os.geteuid() and os.geteuid() != 0 and not shared:
        raise SubctlError(
            "store_denied",
            N_("The store {path} belongs to another account."),
            N_("Use your own store, or ask for one that is made for a group: {command}."),
            path=path,
            command="subctl init --group",
        )


def _check_header(path: Path, header: bytes) -> int:
    if not header:
        raise SubctlError("store_damaged", N_("The store {path} is empty."), RESTORE, path=path)
    if not header.startswith(_MAGIC[: len(header)]):
        raise SubctlError("store_foreign", N_("{path} is not a store of subctl."), _ANOTHER, path=path)
    if len(header) < HEADER:
        raise cut_off(path)
    if int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4]) != APPLICATION_ID:
        raise SubctlError("store_foreign", N_("{path} is a database of another program."), _ANOTHER, path=path)
    version = int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4])
    if version > SCHEMA_VERSION:
        raise SubctlError(
            "store_newer",
            N_("The store {path} was written by a newer subctl (version {version}, this one knows {known})."),
            N_("Install the newer subctl."),
            path=path,
            version=version,
            known=SCHEMA_VERSION,
        )
    return version


class Connection(sqlite3.Connection):
    """A connection to a store's file (`store.connection`)."""

    unsealed: int = 0
    coming: dict[str, Coming]
    account: str | None = None
    now: datetime | None = None

    def __init__(self, *words: Any, **named: Any) -> None:  # noqa: ANN401  # as sqlite3 has it
        super().__init__(*words, **named)
        self.coming = {}

    def stream(self, sql: str, values: Sequence[Any] = (), /) -> sqlite3.Cursor:
        """Yield the rows of an answer: SQLite reads them one by one."""
        return self.execute(sql, values)

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows of all columns into a table."""
        self.executemany(table.inserting, rows).close()

    def change(self, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Change columns of rows of a table; each row has their values and then its key."""
        self.executemany(table.changing(columns), rows).close()

    def newest_id(self, table: str) -> int | None:
        """Return the greatest id of a table."""
        newest: int | None = self.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
        return newest

    def first_hash(self) -> str | None:
        """Return the hash of the first entry of the history."""
        row = self.execute("SELECT hash FROM history ORDER BY id LIMIT 1").fetchone()
        return row[0] if row else None

    def newest_entry(self) -> tuple[int, str, str | None, str | None] | None:
        """Return id, hash, seal and state of the newest entry of the history."""
        newest: tuple[int, str, str | None, str | None] | None = self.execute(
            "SELECT id, hash, seal, state FROM history ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return newest

    def add_entries(self, rows: Sequence[Row]) -> None:
        """Append rows to the history."""
        self.insert(HISTORY, rows)

    def account_named(self, name: str) -> tuple[int | None, str]:
        """Return uid and name of an account of this machine, by either (`bad_input` where there is none)."""
        import pwd

        try:
            entry = pwd.getpwuid(int(name)) if name.isascii() and name.isdigit() else pwd.getpwnam(name)
        except (KeyError, OverflowError, ValueError):
            raise bad_input(
                N_("This machine has no account '{account}'."),
                N_("Give its login name or its uid."),
                account=safe(name),
            ) from None
        return entry.pw_uid, entry.pw_name

    def take_time(self) -> None:
        """Do nothing: SQLite ends no transaction that stands still."""

    def hold_writes(self) -> None:
        """Let SQLite itself refuse every write, also in a transaction that may write, until `let_write`."""
        self.execute("PRAGMA query_only=ON").close()

    def let_write(self) -> None:
        """Take what `hold_writes` held back."""
        self.execute("PRAGMA query_only=OFF").close()


def connect(path: Path, patience: float | None = None) -> Connection:
    """Open an existing file for reading and writing, with every pragma the store relies on.

    `patience` is how many seconds to wait for another command; without it as many as are usual.
    """
    name = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02x}" for byte in os.fsencode(path.absolute()))
    timeout = BUSY_SECONDS if patience is None else patience
    connection = sqlite3.connect(
        f"file:{name}?mode=rw", uri=True, timeout=timeout, isolation_level=None, factory=Connection
    )
    for pragma in (
        "foreign_keys=ON",
        "recursive_triggers=ON",  # without it INSERT OR REPLACE slips past the triggers that forbid DELETE
        "trusted_schema=OFF",
        "journal_mode=DELETE",
        "synchronous=EXTRA",  # FULL loses the last commit in a power cut: the journal's deletion is not synced
    ):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def commit(connection: Connection, path: Path) -> None:
    """End a transaction; an error of the disk can come after the journal is gone, and with it the way back."""
    if connection.unsealed:
        raise RuntimeError("something was written that no entry of the history seals")
    try:
        connection.execute("COMMIT").close()
    except sqlite3.Error as error:
        if not error.sqlite_errorname.startswith("SQLITE_IOERR"):
            raise
        raise disk_failed(path, error, sure=False) from error
