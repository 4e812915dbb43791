"""Direct-debit files: read, kept for ever, and noted as never sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.collection import Collection, Debit
from subctl.domain.record import Record
from subctl.store.listing import Sought, listed
from subctl.store.rows import compact, day_or_none, read_day, read_object, reads
from subctl.store.tables import COLLECTION_DROPS, COLLECTIONS, Row, among

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_VERSION = 1
QUERY = (
    f"SELECT {COLLECTIONS.selected}, (SELECT date FROM collection_drops WHERE collection = collections.id)"
    " FROM collections"
)
_STANDING = f"{QUERY} WHERE id NOT IN (SELECT collection FROM collection_drops)"


class Debtor(Record):
    """Who is debited for an invoice, and what he has signed."""

    space: str
    name: str
    signed: date
    scheme: str
    iban: str


def read_collection(row: Row) -> Collection:
    """Return a collection from a row of the query."""
    *kept, dropped = row
    return _read(tuple(kept))._replace(dropped=day_or_none(dropped))


@reads(COLLECTIONS)
def _read(row: Row) -> Collection:
    place, day, on, items = row
    kept = read_object(items)
    debits = tuple(Debit(each["invoice"], each["amount"], each["mandate"]) for each in kept["items"])
    return Collection(place, read_day(day), read_day(on), kept["catalog"], debits)


def collection(connection: Connection, collection_id: int) -> Collection | None:
    """Return a collection, or nothing."""
    row = connection.execute(f"{QUERY} WHERE id = ?", (collection_id,)).fetchone()
    return read_collection(row) if row else None


def newest_on(connection: Connection, on: date) -> Collection | None:
    """Return the last collection that is debited on a day and wasn't dropped, or nothing."""
    query = f"{_STANDING} AND debit_on = ? ORDER BY id DESC LIMIT 1"
    row = connection.execute(query, (on.isoformat(),)).fetchone()
    return read_collection(row) if row else None


def of_all(connection: Connection) -> Iterator[Collection]:
    """Yield all collections, as they were made."""
    return map(read_collection, connection.stream(f"{QUERY} ORDER BY id"))


def since(connection: Connection, on: date) -> Iterator[Collection]:
    """Yield the collections that are debited on a day or later and weren't dropped."""
    return map(read_collection, connection.stream(f"{_STANDING} AND debit_on >= ? ORDER BY id", (on.isoformat(),)))


def collections(connection: Connection, sought: Sought, limit: int, after: Row = ()) -> list[Collection]:
    """Return collections, newest first; `after` is the id of another one."""
    return [read_collection(row) for row in listed(connection, QUERY, sought, limit, after)]


_INVOICED = (
    "SELECT invoices.id, invoices.space, buyers.name FROM invoices JOIN buyers ON buyers.id = invoices.buyer WHERE {}"
)
_SIGNED = "SELECT name, signed, scheme, iban FROM mandates WHERE {}"
_AT_ONCE = 1000


def debtors(connection: Connection, debits: Sequence[Debit]) -> dict[int, Debtor]:
    """Return who is debited, by the invoice: its buyer as it was issued to him, and the account of the mandate."""
    found: dict[int, Debtor] = {}
    for start in range(0, len(debits), _AT_ONCE):
        found |= _debtors(connection, debits[start : start + _AT_ONCE])
    return found


def _debtors(connection: Connection, debits: Sequence[Debit]) -> dict[int, Debtor]:
    where, values = among("lower(name)", [debit.mandate.lower() for debit in debits])
    signed = {name.lower(): rest for name, *rest in connection.execute(_SIGNED.format(where), values)}
    where, values = among("invoices.id", [debit.invoice for debit in debits])
    invoiced = {invoice: rest for invoice, *rest in connection.execute(_INVOICED.format(where), values)}
    found: dict[int, Debtor] = {}
    for debit in debits:
        if debit.invoice in invoiced and debit.mandate.lower() in signed:
            (space, name), (day, scheme, iban) = invoiced[debit.invoice], signed[debit.mandate.lower()]
            found[debit.invoice] = Debtor(space, name, read_day(day), scheme, iban)
    return found


def insert(connection: Connection, new: Collection) -> Collection:
    """Keep a collection under the next number of its series, and return it with that."""
    from subctl.store.write import insert_rows, next_document_id

    place = next_document_id(connection, "collections", new.day)
    kept = {"v": _VERSION, "catalog": new.catalog, "items": [debit._asdict() for debit in new.debits]}
    insert_rows(connection, COLLECTIONS, [(place, new.day.isoformat(), new.on.isoformat(), compact(kept))])
    return new._replace(id=place)


def drop(connection: Connection, found: Collection, day: date) -> None:
    """Note that the file of a collection was never sent."""
    from subctl.store.write import insert_rows

    insert_rows(connection, COLLECTION_DROPS, [(found.id, day.isoformat())])
