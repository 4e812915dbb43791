"""History: a row for every change and every refused write, each with the hash of the one before.

The chain shows that a row was altered or taken out only to someone who kept a later hash elsewhere: whoever
can write the file can write a whole new chain (docs/safety.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.store import digests, seal, state
from subctl.store.rows import Stored, compact, read_object
from subctl.store.tables import HISTORY, Row, damaged

if TYPE_CHECKING:
    from subctl.store.connection import Connection
    from subctl.store.listing import Sought

GENESIS = "0" * 64


class Entry(Record):
    """Who did what, when and on which day of the store; `detail` is JSON.

    `seal` covers what was issued with it, `state` all that is so after it; entries of older schemas have none.
    """

    at: str
    day: str
    uid: int
    account: str
    action: str
    space: str | None
    detail: str
    seal: str | None = None
    state: str | None = None


def entry(
    at: datetime, day: date, uid: int, account: str, action: str, space: str | None, detail: Mapping[str, Any]
) -> Entry:
    """Return an entry in the form that is stored and hashed."""
    return Entry(at.isoformat(timespec="seconds"), day.isoformat(), uid, account, action, space, compact(detail))


def link(previous: str, row: Entry) -> str:
    """Return the hash of an entry after the one with the hash `previous`; it covers what its schema had."""
    columns = 9 if row.state is not None else 8 if row.seal is not None else 7
    linked: str = digests.sha256(compact([previous, *row[:columns]]).encode()).hexdigest()
    return linked


def head(connection: Connection) -> str:
    """Return the hash of the newest entry."""
    newest = connection.newest_entry()
    return newest[1] if newest else GENESIS


class Chain:
    """The end of the history while entries are added to it; they are sent to the engine together, at the end."""

    __slots__ = ("_connection", "_hash", "_place", "_rows", "_seal", "_state")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._place, self._hash, sealed, before = connection.newest_entry() or (0, GENESIS, None, None)
        self._state = None if before is None else _state(before)
        self._seal = seal.UNSEALED if before is None else seal.read(sealed)
        self._rows: list[Row] = []

    def add(self, row: Entry) -> None:
        """Append an entry, sealing every document that came since the one before, and the state as it is now.

        The first entry with a state seals all documents there are: those of older schemas know fewer columns.
        """
        connection = self._connection
        before = self._state
        self._state = state.total(connection) if before is None else before + connection.unsealed
        connection.unsealed = 0
        self._seal = seal.next_seal(connection, self._seal)
        row = row._replace(seal=seal.text(self._seal), state=state.text(self._state))
        self._place, self._hash = self._place + 1, link(self._hash, row)
        self._rows.append((self._place, *row, self._hash))

    def end(self) -> None:
        """Send what was appended."""
        self._connection.add_entries(self._rows)


def add(connection: Connection, row: Entry) -> None:
    """Append an entry to the history."""
    chain = Chain(connection)
    chain.add(row)
    chain.end()


def _state(stored: str) -> int:
    try:
        return state.read(stored)
    except ValueError as error:
        raise damaged(N_("the state that the history sealed can't be read")) from error


Placed = tuple[int, Entry, str]
"""An entry with its place and its hash."""


def _placed(row: Row) -> Placed:
    place, *entry_, hash_ = HISTORY.sound(row)
    return place, Entry(*entry_), hash_


def entries(connection: Connection) -> Iterator[Placed]:
    """Yield every entry, oldest first."""
    return map(_placed, connection.stream(f"SELECT {HISTORY.selected} FROM history ORDER BY id"))


def newest(connection: Connection, sought: Sought, limit: int, after: Row = ()) -> Iterator[Placed]:
    """Yield entries, newest first, behind the place of another one."""
    from subctl.store.listing import listed  # a write adds entries and lists none

    select = f"SELECT {HISTORY.selected} FROM history"
    return map(_placed, listed(connection, select, sought, limit, after=after, day="day"))


def detail_of(row: Entry) -> Stored:
    """Return what an entry says of its change (`store_damaged` where it can't be read)."""
    try:
        return read_object(row.detail)
    except ValueError as error:
        raise damaged(N_("what the history says of {day} can't be read"), day=row.day) from error


def holds(connection: Connection, hash_: str) -> bool:
    """Tell whether a hash that was kept elsewhere is still in the chain."""
    return connection.execute("SELECT 1 FROM history WHERE hash = ?", (hash_,)).fetchone() is not None


def details(connection: Connection, action: str) -> Iterator[tuple[str, str]]:
    """Yield the day and the detail of every entry of an action, oldest first."""
    yield from connection.stream("SELECT day, detail FROM history WHERE action = ? ORDER BY id", (action,))


def seals(connection: Connection, action: str) -> Iterator[str | None]:
    """Yield the seal of every entry of an action, oldest first."""
    for (sealed,) in connection.stream("SELECT seal FROM history WHERE action = ? ORDER BY id", (action,)):
        yield sealed


def sealed_with(connection: Connection, table: str, row: int) -> seal.Seal:
    """Return the seal of the entry with which a row came, by its table and id; it says which others there were."""
    from bisect import bisect_left  # a write needs none

    def last(place: int) -> int:
        """Return up to which row the table was sealed by then: what came later has a greater id."""
        return _seal_of(connection, place)[table].last

    newest = connection.newest_entry()
    places = range(1, newest[0] + 1 if newest else 1)
    return _seal_of(connection, 1 + bisect_left(places, row, key=last))


def _seal_of(connection: Connection, place: int) -> seal.Seal:
    found = connection.execute("SELECT seal FROM history WHERE id = ?", (place,)).fetchone()
    return seal.read(found[0] if found else None)
