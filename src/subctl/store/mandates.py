"""Mandates of direct debits, read and written: neither they nor their ends ever change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.record import Record
from subctl.store.listing import Sought, listed
from subctl.store.rows import day_or_none, read_day, reads
from subctl.store.tables import MANDATE_ENDS, MANDATES, Row

if TYPE_CHECKING:
    from subctl.store.connection import Connection


class Mandate(Record):
    """A mandate that was `added` for a space, and the day it ended, where it did."""

    id: int
    name: str
    space: str
    added: date
    signed: date
    scheme: str
    iban: str
    ended: date | None = None


_MANDATES = f"SELECT {MANDATES.selected}, (SELECT date FROM mandate_ends WHERE mandate = mandates.id) FROM mandates"


def _mandate(row: Row) -> Mandate:
    *mandate, ended = row
    return _read(tuple(mandate))._replace(ended=day_or_none(ended))


@reads(MANDATES)
def _read(row: Row) -> Mandate:
    place, name, space, added, signed, scheme, iban = row
    return Mandate(place, name, space, read_day(added), read_day(signed), scheme, iban)


def mandate(connection: Connection, name: str) -> Mandate | None:
    """Return a mandate by its id, in capitals or not, or nothing."""
    row = connection.execute(f"{_MANDATES} WHERE lower(name) = lower(?)", (name,)).fetchone()
    return _mandate(row) if row else None


def mandates(connection: Connection, sought: Sought, limit: int, after: Row = ()) -> list[Mandate]:
    """Return mandates, newest first; `after` is the place of another one."""
    return [_mandate(row) for row in listed(connection, _MANDATES, sought, limit, after)]


def paying_by(connection: Connection) -> dict[str, str]:
    """Return the spaces that pay by direct debit, each with the mandate that its documents name now."""
    rows = connection.execute(
        "SELECT spaces.id, buyers.mandate FROM spaces JOIN buyers ON buyers.id = spaces.buyer"
        " WHERE buyers.payment = 'direct-debit' AND buyers.mandate IS NOT NULL ORDER BY spaces.id"
    )
    return dict(rows.fetchall())


def days_of_use(connection: Connection, found: Mandate, before: int | None = None) -> list[date]:
    """Return the days of the invoices that name a mandate, oldest first; of those before another one, by its id.

    A credit note names it too, and debits nothing.
    """
    rows = connection.execute(
        "SELECT invoices.date FROM invoices JOIN buyers ON buyers.id = invoices.buyer"
        " WHERE invoices.space = ? AND buyers.mandate = ? AND buyers.payment = 'direct-debit' AND invoices.id < ?"
        " AND invoices.kind <> 'credit'"
        " ORDER BY invoices.id",
        (found.space, found.name, _NEVER if before is None else before),
    )
    return [read_day(day) for (day,) in rows]


_NEVER = 2**63 - 1


def insert(connection: Connection, new: Mandate) -> None:
    """Add a mandate behind all others; its place is given here."""
    from subctl.store.write import insert_rows

    place = (connection.newest_id("mandates") or 0) + 1
    row = (place, new.name, new.space, new.added.isoformat(), new.signed.isoformat(), new.scheme, new.iban)
    insert_rows(connection, MANDATES, [row])


def end(connection: Connection, found: Mandate, day: date) -> None:
    """Note that a mandate serves no more."""
    from subctl.store.write import insert_rows

    insert_rows(connection, MANDATE_ENDS, [(found.id, day.isoformat())])
