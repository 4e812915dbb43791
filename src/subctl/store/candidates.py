"""What TAB looks up: small read-only queries that import nothing but sqlite3, so that no key press waits.

Each returns the first rows of an order, and where there are more the last one too: a shell types what all
candidates begin with, and that must hold for those it wasn't told as well.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from subctl.store.sqlite.connection import check_file

TYPE_CHECKING = False  # the module typing takes longer to load than a query runs
if TYPE_CHECKING:
    from typing import Any

Ranges = list[tuple[int, int]]

_PATIENCE = 0.2
"""Seconds to wait for a writer; a TAB rather shows nothing than hangs."""

_LAST_LETTER = "\U0010ffff"

_SHOWN = 50
_SHOWN_SPACES = 200
_RECENT = 2000
"""Among so many of the newest quotes the open ones are looked for, however many there are in all."""


@contextmanager
def visiting(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the store for reading only: neither a lock nor a journal is ever left behind."""
    check_file(path)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF").close()
        yield connection


def rights(connection: sqlite3.Connection, uid: int) -> set[str]:
    """Return the spaces an account administers; the empty name stands for the whole store."""
    return {space for (space,) in connection.execute("SELECT space FROM administrators WHERE uid = ?", (uid,))}


def sandbox_day(connection: sqlite3.Connection) -> str | None:
    """Return the day a sandbox stands on; a live store has none."""
    day: str | None = connection.execute("SELECT day FROM store").fetchone()[0]
    return day


def catalog(connection: sqlite3.Connection, day: str) -> dict[str, Any]:
    """Return the content of the catalog in force; the earliest also covers the days before it."""
    begun = "SELECT content FROM catalogs WHERE valid_from <= ? ORDER BY valid_from DESC, id DESC LIMIT 1"
    row = connection.execute(begun, (day,)).fetchone()
    row = row or connection.execute("SELECT content FROM catalogs ORDER BY valid_from, id DESC LIMIT 1").fetchone()
    content: dict[str, Any] = json.loads(row[0])
    return content


def spaces(connection: sqlite3.Connection, scope: Sequence[str] | None, prefix: str) -> list[tuple[str, str]]:
    """Return IDs and customers' names of spaces in the order of their IDs."""
    where, values = _within("id", scope)
    return _first_and_last(
        connection,
        "SELECT id, (SELECT name FROM buyers WHERE buyers.id = buyer) FROM spaces"
        f" WHERE id >= ? AND id < ? AND {where}",
        (prefix, prefix + _LAST_LETTER, *values),
        ("id", "id DESC", _SHOWN_SPACES),
    )


def open_quotes(
    connection: sqlite3.Connection, scope: Sequence[str] | None, day: str, ranges: Ranges
) -> list[tuple[int, str, str]]:
    """Return id, space and document of quotes that can be ordered, newest first (pricing.md 6)."""
    where, values = _within("space", scope)
    return _first_and_last(
        connection,
        "SELECT quotes.id, space, document FROM"
        f" (SELECT * FROM quotes WHERE {_numbered(ranges)} AND {where} ORDER BY id DESC LIMIT {_RECENT}) AS quotes"
        " JOIN contracts USING (space) WHERE valid_until >= ? AND quotes.version = contracts.version"
        ' AND (boundary IS NULL OR boundary > ?) AND ("end" IS NULL OR "end" > ?)',
        (*values, day, day, day),
        ("quotes.id DESC", "quotes.id", _SHOWN),
    )


def documents(
    connection: sqlite3.Connection, series: str, scope: Sequence[str] | None, ranges: Ranges
) -> list[tuple[Any, ...]]:
    """Return the documents of a series, newest first: id, space, date, kind, total in minor units or a document."""
    where, values = _within("space", scope)
    return _first_and_last(
        connection,
        f"SELECT id, space, date, {_COLUMNS[series]} WHERE {_numbered(ranges)} AND {where}",
        values,
        ("id DESC", "id", _SHOWN),
    )


_COLUMNS = {
    "INV": "kind, total FROM invoices",
    "Q": "'quote', document FROM quotes",
    "O": "kind, document FROM orders",
}


def _numbered(ranges: Ranges) -> str:
    """Return the condition that an id lies in one of some ranges, both ends inside."""
    return f"({' OR '.join(f'id BETWEEN {first:d} AND {last:d}' for first, last in ranges) or '1 = 0'})"


def _within(column: str, scope: Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
    """Return the condition that a row belongs to some spaces (None: to any), and its values."""
    if scope is None:
        return "1 = 1", ()
    return f"{column} IN ({','.join('?' * len(scope))})", tuple(scope)


def _first_and_last(
    connection: sqlite3.Connection, query: str, values: Sequence[str], order: tuple[str, str, int]
) -> list[tuple[Any, ...]]:
    forwards, backwards, limit = order
    rows = connection.execute(f"{query} ORDER BY {forwards} LIMIT {limit}", values).fetchall()
    if len(rows) == limit:
        rows += connection.execute(f"{query} ORDER BY {backwards} LIMIT 1", values).fetchall()
    return list(dict.fromkeys(rows))
