"""Copying all rows of a store into another one, whichever engines serve them, and holding a copy to its original.

Rows are copied as they stand, the history's and the migrations' too: what sealed them there seals them here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import TYPE_CHECKING

from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.store import digests
from subctl.store.tables import MIGRATIONS, STORE, TABLES, Row, Table

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_ORDER = (*(table for table in TABLES.values() if table is not STORE), STORE)
"""No row points to one of a later table, or to a later one of its own."""

_CHUNK = 1000

Told = Callable[[int], None]
"""Called with how many rows were read since it was called last."""

Explained = Callable[[], AbstractContextManager[None]]
"""Around what is done with a store: raises what its engine's errors mean."""


class Rows(Record):
    """How many rows a table has, and a hash over all of them."""

    number: int
    hash: str


Content = Mapping[str, Rows]
"""What stands in a store, by the names of its tables."""


def counts(connection: Connection) -> Mapping[str, int]:
    """Return how many rows each table has."""
    asked = ", ".join(f"(SELECT count(*) FROM {table.name})" for table in _ORDER)
    found = connection.execute(f"SELECT {asked}").fetchone()
    return dict(zip((table.name for table in _ORDER), found, strict=True))


def copy(source: Connection, target: Connection, told: Told, explained: Explained) -> Content:
    """Copy everything into a store that was made just now and is empty, and return what was read.

    What goes wrong at the source is `explained` as such. Errors: `store_damaged` where a row can't be read.
    """
    target.execute(f"DELETE FROM {MIGRATIONS.name}").close()  # those of the source are sealed with its state
    return _read(source, told, target.insert, explained)


def content(connection: Connection, told: Told) -> Content:
    """Return what stands in a store (`store_damaged` where a row can't be read)."""
    return _read(connection, told, lambda _table, _rows: None)


def compare(original: Content, copied: Content) -> None:
    """Refuse a copy that isn't what it was copied from (`store_failed`)."""
    for name, rows in original.items():
        if copied[name] != rows:
            raise SubctlError(
                "store_failed",
                N_("The copy isn't what was copied: {table} has {copied} rows, of {original}, or other ones."),
                N_("Nothing was changed. Look for what is wrong with {command}."),
                table=name,
                copied=copied[name].number,
                original=rows.number,
                command="subctl check",
            )


def _read(
    connection: Connection,
    told: Told,
    take: Callable[[Table, list[Row]], None],
    explained: Explained = nullcontext,
) -> Content:
    """Read all tables, each from its first key to its last, some rows at a time."""
    digests.many_to_come()
    found = {}
    for table in _ORDER:
        number, digest, rows = 0, digests.sha256(), _rows(connection, table, explained)
        while chunk := list(islice(rows, _CHUNK)):
            take(table, chunk)
            digest.update(ascii(chunk).encode())
            number += len(chunk)
            told(len(chunk))
        found[table.name] = Rows(number, digest.hexdigest())
    return found


def _rows(connection: Connection, table: Table, explained: Explained) -> Iterator[Row]:
    key = ", ".join(f'"{column}"' for column in table.key)
    with explained():
        yield from map(table.sound, connection.stream(f"SELECT {table.selected} FROM {table.name} ORDER BY {key}"))
