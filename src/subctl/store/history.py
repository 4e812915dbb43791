"""History: a row for every change and every refused write, each with the hash of the one before.

The chain shows that a row was altered or taken out only to someone who kept a later hash elsewhere: whoever
can write the file can write a whole new chain (docs/safety.md).
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from subctl.store import seal
from subctl.store.rows import compact

GENESIS = "0" * 64


class Entry(NamedTuple):
    """Who did what, when and on which day of the store; `detail` is JSON, `seal` covers what was issued with it."""

    at: str
    day: str
    uid: int
    account: str
    action: str
    space: str | None
    detail: str
    seal: str | None = None


_COLUMNS = ", ".join(Entry._fields)


def entry(
    at: datetime, day: date, uid: int, account: str, action: str, space: str | None, detail: dict[str, Any]
) -> Entry:
    """Return an entry in the form that is stored and hashed."""
    return Entry(at.isoformat(timespec="seconds"), day.isoformat(), uid, account, action, space, compact(detail))


def link(previous: str, row: Entry) -> str:
    """Return the hash of an entry after the one with the hash `previous`; entries of schema 1 have no seal."""
    sealed = row if row.seal is not None else row[:-1]
    return hashlib.sha256(compact([previous, *sealed]).encode()).hexdigest()


def head(connection: sqlite3.Connection) -> str:
    """Return the hash of the newest entry."""
    row = connection.execute("SELECT hash FROM history ORDER BY id DESC LIMIT 1").fetchone()
    return row[0] if row else GENESIS


def add(connection: sqlite3.Connection, row: Entry) -> None:
    """Append an entry, sealing every document that came since the one before."""
    newest = connection.execute("SELECT hash, seal FROM history ORDER BY id DESC LIMIT 1").fetchone()
    previous, sealed = newest or (GENESIS, None)
    row = row._replace(seal=seal.text(seal.next_seal(connection, seal.read(sealed))))
    connection.execute(
        f"INSERT INTO history ({_COLUMNS}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, link(previous, row))
    )


def entries(connection: sqlite3.Connection) -> Iterator[tuple[int, Entry, str]]:
    """Yield every entry with its place and its hash, oldest first."""
    for place, *row, hash_ in connection.execute(f"SELECT id, {_COLUMNS}, hash FROM history ORDER BY id"):
        yield place, Entry(*row), hash_


def newest(
    connection: sqlite3.Connection, space: str | None, since: date | None, limit: int
) -> Iterator[tuple[int, Entry, str]]:
    """Yield entries with their places and hashes, newest first; of one space, since a day, at most so many."""
    rows = connection.execute(
        f"SELECT id, {_COLUMNS}, hash FROM history"
        " WHERE (?1 IS NULL OR space = ?1) AND (?2 IS NULL OR day >= ?2) ORDER BY id DESC LIMIT ?3",
        (space, since.isoformat() if since else None, limit),
    )
    for place, *row, hash_ in rows:
        yield place, Entry(*row), hash_


def holds(connection: sqlite3.Connection, hash_: str) -> bool:
    """Tell whether a hash that was kept elsewhere is still in the chain."""
    return connection.execute("SELECT 1 FROM history WHERE hash = ?", (hash_,)).fetchone() is not None


def details(connection: sqlite3.Connection, action: str) -> Iterator[tuple[str, str]]:
    """Yield the day and the detail of every entry of an action."""
    yield from connection.execute("SELECT day, detail FROM history WHERE action = ?", (action,))
