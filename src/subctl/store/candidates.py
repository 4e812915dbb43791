"""What a word that is still typed may become: spaces and documents, found by an index, few however many there are.

Where there are more than are returned the last one is among them: a shell types what all candidates begin with,
and that must hold for those it wasn't told as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.collection import Collection
from subctl.domain.numbers import Ranges
from subctl.domain.payment import Payment
from subctl.domain.reminder import Reminder
from subctl.store.collections import QUERY as COLLECTIONS
from subctl.store.collections import read_collection
from subctl.store.documents import SELECT, Quote, read_quote
from subctl.store.payments import QUERY, read_payment
from subctl.store.reminders import QUERY as REMINDERS
from subctl.store.reminders import read_reminder
from subctl.store.tables import Row, among

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_LAST_LETTER = "\U0010ffff"

_SHOWN = 50
_SHOWN_SPACES = 200
_RECENT_QUOTES, _VALID_QUOTES = 2000, 200
"""Among so many of the newest quotes those are looked for that are valid by their date, and so many are returned."""

_RECENT_ORDERS = 200


def spaces(connection: Connection, scope: Sequence[str] | None, prefix: str) -> list[tuple[str, str]]:
    """Return IDs and customers' names of spaces in the order of their IDs."""
    where, values = among("id", scope)
    return _first_and_last(
        connection,
        "SELECT id, (SELECT name FROM buyers WHERE buyers.id = buyer) FROM spaces"
        f" WHERE id >= ? AND id < ? AND {where}",
        (prefix, prefix + _LAST_LETTER, *values),
        ("id", "id DESC", _SHOWN_SPACES),
    )


def documents(connection: Connection, table: str, scope: Sequence[str] | None, ranges: Ranges) -> list[Row]:
    """Return rows of quotes, orders or invoices as `documents` reads them, newest first."""
    where, values = among("space", scope)
    query = f"{SELECT[table]} WHERE {_numbered(table, ranges)} AND {where}"
    return _first_and_last(connection, query, values, (f"{table}.id DESC", f"{table}.id", _SHOWN))


def payments(connection: Connection, scope: Sequence[str] | None, ranges: Ranges) -> list[Payment]:
    """Return payments, newest first."""
    where, values = among("space", scope)
    query = f"{QUERY} WHERE {_numbered('payments', ranges)} AND {where}"
    rows = _first_and_last(connection, query, values, ("payments.id DESC", "payments.id", _SHOWN))
    return list(map(read_payment, rows))


def reminders(connection: Connection, scope: Sequence[str] | None, ranges: Ranges) -> list[Reminder]:
    """Return reminders, newest first."""
    where, values = among("space", scope)
    query = f"{REMINDERS} WHERE {_numbered('reminders', ranges)} AND {where}"
    return list(map(read_reminder, _first_and_last(connection, query, values, ("id DESC", "id", _SHOWN))))


def collections(connection: Connection, ranges: Ranges) -> list[Collection]:
    """Return collections, newest first."""
    query = f"{COLLECTIONS} WHERE {_numbered('collections', ranges)}"
    rows = _first_and_last(connection, query, [], ("collections.id DESC", "collections.id", _SHOWN))
    return list(map(read_collection, rows))


def valid_quotes(connection: Connection, scope: Sequence[str] | None, day: date, ranges: Ranges) -> list[Quote]:
    """Return recent quotes that are valid on a day by their date, newest first."""
    where, values = among("space", scope)
    recent = f"SELECT id FROM quotes WHERE {_numbered('quotes', ranges)} AND {where} ORDER BY id DESC"
    rows = connection.execute(
        f"{SELECT['quotes']} WHERE id IN ({recent} LIMIT {_RECENT_QUOTES}) AND valid_until >= ?"
        f" ORDER BY id DESC LIMIT {_VALID_QUOTES}",
        (*values, day.isoformat()),
    )
    return list(map(read_quote, rows))


def spaces_of_orders(connection: Connection, scope: Sequence[str] | None, ranges: Ranges) -> list[str]:
    """Return the spaces of recent orders, the one of the newest first."""
    where, values = among("space", scope)
    recent = f"SELECT space FROM orders WHERE {_numbered('orders', ranges)} AND {where} ORDER BY id DESC"
    return list(dict.fromkeys(space for (space,) in connection.execute(f"{recent} LIMIT {_RECENT_ORDERS}", values)))


def _numbered(table: str, ranges: Ranges) -> str:
    """Return the condition that a document's id lies in one of some ranges."""
    return f"({' OR '.join(f'{table}.id BETWEEN {first:d} AND {last:d}' for first, last in ranges) or '1 = 0'})"


def _first_and_last(
    connection: Connection, query: str, values: Sequence[str], order: tuple[str, str, int]
) -> list[Row]:
    forwards, backwards, limit = order
    rows = connection.execute(f"{query} ORDER BY {forwards} LIMIT {limit}", values).fetchall()
    if len(rows) == limit:
        rows += connection.execute(f"{query} ORDER BY {backwards} LIMIT 1", values).fetchall()
    return list(dict.fromkeys(rows))
