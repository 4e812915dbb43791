"""What the seals of the history say: that each row which never changes is still as it was entered (pricing.md 7.1).

The rules can't tell whether a buyer's name or a seller's address was altered; the seals can.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number
from subctl.results.check import Problem
from subctl.service.check.ground import UNREADABLE
from subctl.service.check.suspects import suspects
from subctl.store import history, seal, state
from subctl.store.listing import Sought
from subctl.store.sqlite.connection import Connection

_SERIES = {"quotes": QUOTE, "orders": ORDER, "invoices": INVOICE}
_COLUMN = {"buyers": "buyer", "catalogs": "catalog"}
_MOST_NAMED = 10


class _Rows(NamedTuple):
    """Rows of a table with ids after one and up to another."""

    table: str
    after: int
    last: int


def sealed_faults(connection: sqlite3.Connection, named: set[tuple[str, int]]) -> Iterator[Problem]:
    """Yield what differs from its seal, and what was never sealed; a store of schema 1 has no seals yet.

    A seal covers all rows that came with an entry: where one of them is `named` already, it is explained.
    """
    previous, sealed, old = seal.UNSEALED, False, True
    for place, entry, _ in history.entries(connection):
        try:
            current = seal.read(entry.seal)
        except UNREADABLE:
            yield Problem("seal", None, f"The seal of entry {place} of the history can't be read.")
            return
        if entry.seal is not None:
            if entry.state is not None and old:
                previous, old = seal.UNSEALED, False
            for rows in _differing(connection, previous, current, old=old):
                if not _explained(rows, named):
                    yield _fault(connection, rows, f"not what entry {place} of the history sealed")
            previous, sealed = current, True
    if sealed:
        for table, (last, _) in previous.items():
            found = seal.part(connection, table, last).last
            if found > last:
                yield _fault(connection, _Rows(table, last, found), "in no entry of the history")


def _differing(
    connection: sqlite3.Connection, previous: seal.Seal, current: seal.Seal, *, old: bool
) -> Iterator[_Rows]:
    for table, (last, hash_) in current.items():
        after = previous[table].last
        if seal.part(connection, table, after, last, old=old) != (last, hash_):
            yield _Rows(table, after, last)


def _explained(rows: _Rows, named: set[tuple[str, int]]) -> bool:
    series = _SERIES.get(rows.table)
    return any(name == series and rows.after < document <= rows.last for name, document in named)


def _fault(connection: sqlite3.Connection, rows: _Rows, what: str) -> Problem:
    """Name the one document, or say between which it is; for buyers and catalogs the invoices that rest on them."""
    if rows.table in _COLUMN:
        found = seal.resting_on(connection, _COLUMN[rows.table], rows.after, rows.last, _MOST_NAMED)
        names = ", ".join(number(INVOICE, each) for each in found)
        return Problem("seal", names or None, f"The {rows.table[:-1]} details are {what}.")
    series, first = _SERIES[rows.table], seal.first_between(connection, rows.table, rows.after, rows.last)
    start, end = number(series, first), number(series, rows.last)
    if start == end:
        return Problem("seal", end, f"{end} is {what}.")
    return Problem("seal", None, f"The {rows.table} {start} to {end} are {what}.")


def state_faults(connection: Connection) -> Iterator[Problem]:
    """Yield whether the state is another than the newest entry sealed; before schema 3 none was sealed."""
    newest = next(history.newest(connection, Sought(), 1), None)
    if newest is None or newest[1].state is None:
        return
    place, entry, _ = newest
    try:
        found = state.text(state.total(connection) - connection.unsealed)
    except UNREADABLE as error:
        found = f"unreadable: {error}"
    if found != entry.state:
        yield Problem("state", None, f"The state of the store is not what entry {place} of the history sealed.")
        yield from suspects(connection)
