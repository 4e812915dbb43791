"""What the seals of the history say: that each row which never changes is still as it was entered (pricing.md 7.1).

The rules can't tell whether a buyer's name or a seller's address was altered; the seals can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from subctl.domain.numbers import COLLECTION, INVOICE, ORDER, PAYMENT, QUOTE, REMINDER, number
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.results.check import Problem
from subctl.service.check.ground import UNREADABLE
from subctl.service.check.suspects import suspects
from subctl.store import history, seal, state
from subctl.store.listing import Sought

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_SERIES = {
    "quotes": QUOTE,
    "orders": ORDER,
    "invoices": INVOICE,
    "payments": PAYMENT,
    "collections": COLLECTION,
    "reminders": REMINDER,
}
_COLUMN = {"buyers": "buyer", "catalogs": "catalog"}
_MOST_NAMED = 10

_ALTERED = {
    "buyers": N_("The buyer details are not what entry {entry} of the history sealed."),
    "catalogs": N_("The catalog details are not what entry {entry} of the history sealed."),
    "quotes": N_("The quotes {first} to {last} are not what entry {entry} of the history sealed."),
    "orders": N_("The orders {first} to {last} are not what entry {entry} of the history sealed."),
    "invoices": N_("The invoices {first} to {last} are not what entry {entry} of the history sealed."),
    "payments": N_("The payments {first} to {last} are not what entry {entry} of the history sealed."),
    "collections": N_("The collections {first} to {last} are not what entry {entry} of the history sealed."),
    "reminders": N_("The reminders {first} to {last} are not what entry {entry} of the history sealed."),
}
_UNSEALED = {
    "buyers": N_("The buyer details are in no entry of the history."),
    "catalogs": N_("The catalog details are in no entry of the history."),
    "quotes": N_("The quotes {first} to {last} are in no entry of the history."),
    "orders": N_("The orders {first} to {last} are in no entry of the history."),
    "invoices": N_("The invoices {first} to {last} are in no entry of the history."),
    "payments": N_("The payments {first} to {last} are in no entry of the history."),
    "collections": N_("The collections {first} to {last} are in no entry of the history."),
    "reminders": N_("The reminders {first} to {last} are in no entry of the history."),
}


class Rows(Record):
    """Rows of a table with ids after one and up to another."""

    table: str
    after: int
    last: int


class Unlike(Record):
    """Rows that are not what an entry of the history sealed, or that none sealed; no rows where it can't be read."""

    entry: int | None
    rows: Rows | None


def unlike(connection: Connection) -> Iterator[Unlike]:
    """Yield which rows differ from their seal, and which were never sealed; a store of schema 1 has no seals yet.

    It ends at a seal that can't be read, with nothing but its entry.
    """
    previous, sealed, old = seal.UNSEALED, False, True
    for place, entry, _ in history.entries(connection):
        try:
            current = seal.read(entry.seal)
        except UNREADABLE:
            yield Unlike(place, None)
            return
        if entry.seal is not None:
            if entry.state is not None and old:
                previous, old = seal.UNSEALED, False
            yield from (Unlike(place, rows) for rows in _differing(connection, previous, current, old=old))
            previous, sealed = current, True
    if sealed:
        for table, (last, _) in previous.items():
            found = seal.part(connection, table, last).last
            if found > last:
                yield Unlike(None, Rows(table, last, found))


def _differing(connection: Connection, previous: seal.Seal, current: seal.Seal, *, old: bool) -> Iterator[Rows]:
    for table, (last, hash_) in current.items():
        after = previous[table].last
        if seal.part(connection, table, after, last, old=old) != (last, hash_):
            yield Rows(table, after, last)


def sealed_faults(connection: Connection, found: Iterable[Unlike], named: set[tuple[str, int]]) -> Iterator[Problem]:
    """Yield what differs from its seal.

    A seal covers all rows that came with an entry: where one of them is `named` already, it is explained.
    """
    for entry, rows in found:
        if rows is None:
            fault = Sentence(N_("The seal of entry {entry} of the history can't be read."), {"entry": entry})
            yield Problem("seal", None, fault)
        elif entry is None or not _explained(rows, named):
            yield _fault(connection, rows, entry)


def _explained(rows: Rows, named: set[tuple[str, int]]) -> bool:
    series = _SERIES.get(rows.table)
    return any(name == series and rows.after < document <= rows.last for name, document in named)


def _fault(connection: Connection, rows: Rows, entry: int | None) -> Problem:
    """Name the one document, or say between which it is; for buyers and catalogs the invoices that rest on them.

    They are not what an `entry` sealed, or none sealed them.
    """
    template = (_UNSEALED if entry is None else _ALTERED)[rows.table]
    if rows.table in _COLUMN:
        found = seal.resting_on(connection, _COLUMN[rows.table], rows.after, rows.last, _MOST_NAMED)
        names = ", ".join(number(INVOICE, each) for each in found)
        return Problem("seal", names or None, Sentence(template, {"entry": entry}))
    series, first = _SERIES[rows.table], seal.first_between(connection, rows.table, rows.after, rows.last)
    start, end = number(series, first), number(series, rows.last)
    if start != end:
        return Problem("seal", None, Sentence(template, {"first": start, "last": end, "entry": entry}))
    if entry is None:
        alone = N_("{document} is in no entry of the history.")
    else:
        alone = N_("{document} is not what entry {entry} of the history sealed.")
    return Problem("seal", end, Sentence(alone, {"document": end, "entry": entry}))


def altered_state(connection: Connection) -> int | None:
    """Return the newest entry where the state is another than it sealed; before schema 3 none was sealed."""
    newest = next(history.newest(connection, Sought(), 1), None)
    if newest is None or newest[1].state is None:
        return None
    place, entry, _ = newest
    try:
        found = state.text(state.total(connection) - connection.unsealed)
    except UNREADABLE:
        return place
    return None if found == entry.state else place


def state_faults(connection: Connection, entry: int | None) -> Iterator[Problem]:
    """Yield that the state is another than an entry sealed, if there is one, and what may be the reason."""
    if entry is not None:
        fault = N_("The state of the store is not what entry {entry} of the history sealed.")
        yield Problem("state", None, Sentence(fault, {"entry": entry}))
        yield from suspects(connection)
