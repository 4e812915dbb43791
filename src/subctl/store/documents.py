"""Reading documents: quotes, orders and invoices, as they were kept; each function one query."""

import json
import sqlite3
from datetime import date
from typing import Any, NamedTuple

from subctl.domain.contract import Contract
from subctl.domain.dates import Period
from subctl.domain.invoice import Draft
from subctl.domain.tax import Vat
from subctl.store.read import contract, listed
from subctl.store.rows import day_or_none, read_lines, read_step


class Quote(NamedTuple):
    """A saved offer; `catalog` is the newest catalog known then, `boundary` the day that makes it stale."""

    id: int
    space: str
    day: date
    valid_until: date
    version: int
    catalog: int
    buyer: int
    boundary: date | None
    vat: tuple[str, int]
    before: dict[str, Any]
    document: dict[str, Any]


class Order(NamedTuple):
    """An accepted change or a cancellation; `before` is the contract it was decided on."""

    id: int
    space: str
    day: date
    kind: str
    quote: int | None
    catalog: int
    buyer: int
    before: dict[str, Any]
    document: dict[str, Any]
    withdrawn: date | None
    credit_note: int | None


class Invoice(NamedTuple):
    """An issued invoice or credit note, with the numbers of what it belongs to."""

    id: int
    space: str
    order: int | None
    credits: int | None
    due_date: date
    draft: Draft
    net: int
    vat: int
    total: int
    catalog: int
    buyer: int


_QUOTE = "id, space, date, valid_until, version, catalog, buyer, boundary, vat_category, vat_rate, before, document"


def read_quote(row: tuple[Any, ...]) -> Quote:
    """Return the quote of a row."""
    quote_id, space_id, day, valid_until, version, catalog, buyer, boundary, category, rate, before, document = row
    return Quote(
        quote_id,
        space_id,
        date.fromisoformat(day),
        date.fromisoformat(valid_until),
        version,
        catalog,
        buyer,
        day_or_none(boundary),
        (category, rate),
        json.loads(before),
        json.loads(document),
    )


def quote(connection: sqlite3.Connection, quote_id: int) -> Quote | None:
    """Return a quote, or nothing."""
    row = connection.execute(f"SELECT {_QUOTE} FROM quotes WHERE id = ?", (quote_id,)).fetchone()
    return read_quote(row) if row else None


def quotes_of(connection: sqlite3.Connection, space_id: str, since: date, version: int) -> list[Quote]:
    """Return the quotes of a space made since a day on this version of its contract, newest first."""
    rows = connection.execute(
        f"SELECT {_QUOTE} FROM quotes WHERE space = ? AND date >= ? AND version = ? ORDER BY id DESC",
        (space_id, since.isoformat(), version),
    )
    return [read_quote(row) for row in rows]


_ORDER = (
    "orders.id, space, orders.date, kind, quote, catalog, buyer, before, document, withdrawals.date, credit_note"
    ' FROM orders LEFT JOIN withdrawals ON withdrawals."order" = orders.id'
)


def read_order(row: tuple[Any, ...]) -> Order:
    """Return the order of a row."""
    order_id, space_id, day, kind, quote_id, catalog, buyer, before, document, withdrawn, credit_note = row
    return Order(
        order_id,
        space_id,
        date.fromisoformat(day),
        kind,
        quote_id,
        catalog,
        buyer,
        json.loads(before),
        json.loads(document),
        day_or_none(withdrawn),
        credit_note,
    )


def order(connection: sqlite3.Connection, order_id: int) -> Order | None:
    """Return an order or a cancellation, or nothing."""
    row = connection.execute(f"SELECT {_ORDER} WHERE orders.id = ?", (order_id,)).fetchone()
    return read_order(row) if row else None


def order_of_quote(connection: sqlite3.Connection, quote_id: int) -> Order | None:
    """Return the order that accepted a quote, or nothing."""
    row = connection.execute(f"SELECT {_ORDER} WHERE quote = ?", (quote_id,)).fetchone()
    return read_order(row) if row else None


def latest_order(connection: sqlite3.Connection, space_id: str, *, cancellation: bool) -> Order | None:
    """Return the latest change, or the latest cancellation, that isn't withdrawn."""
    row = connection.execute(
        f"SELECT {_ORDER} WHERE space = ? AND (kind = 'cancel') = ? AND withdrawals.date IS NULL"
        " ORDER BY orders.id DESC LIMIT 1",
        (space_id, cancellation),
    ).fetchone()
    return read_order(row) if row else None


_INVOICE = (
    'id, space, "order", kind, credits, date, due_date, start, end, net, vat, total,'
    " vat_category, vat_rate, vat_note, catalog, buyer, lines"
)


def invoice(connection: sqlite3.Connection, invoice_id: int, currency: str) -> Invoice | None:
    """Return an invoice or a credit note, or nothing."""
    row = connection.execute(f"SELECT {_INVOICE} FROM invoices WHERE id = ?", (invoice_id,)).fetchone()
    return read_invoice(row, currency) if row else None


def invoice_of_order(connection: sqlite3.Connection, order_id: int, currency: str) -> Invoice | None:
    """Return the upgrade invoice of an order, or nothing."""
    row = connection.execute(
        f"""SELECT {_INVOICE} FROM invoices WHERE "order" = ? AND kind = 'upgrade'""", (order_id,)
    ).fetchone()
    return read_invoice(row, currency) if row else None


def read_invoice(row: tuple[Any, ...], currency: str) -> Invoice:
    """Return the invoice of a row."""
    (invoice_id, space_id, order_id, kind, credits_, day, due_date, start, end, net, vat, total,
     category, rate, note, catalog, buyer, lines) = row  # fmt: skip
    draft = Draft(
        kind,
        date.fromisoformat(day),
        Period(date.fromisoformat(start), date.fromisoformat(end)),
        read_lines(lines),
        Vat(category, rate, note),
        currency,
    )
    return Invoice(
        invoice_id,
        space_id,
        order_id,
        credits_,
        date.fromisoformat(due_date),
        draft,
        net,
        vat,
        total,
        catalog,
        buyer,
    )


def before_of(connection: sqlite3.Connection, document: Quote | Order) -> Contract:
    """Return the contract that a quote or an order was decided on."""
    return as_it_was(contract(connection, document.space), document.before)


def as_it_was(now: Contract, snapshot: dict[str, Any]) -> Contract:
    """Return a contract as a snapshot of it says it was (`write.contract_snapshot`)."""
    return now._replace(
        billed_until=date.fromisoformat(snapshot["billed_until"]),
        end=day_or_none(snapshot["end"]),
        steps=tuple(map(read_step, snapshot["steps"])),
    )


def list_quotes(
    connection: sqlite3.Connection, spaces: list[str] | None, since: date | None, limit: int
) -> list[Quote]:
    """Return quotes, newest first."""
    return [
        read_quote(row) for row in listed(connection, f"SELECT {_QUOTE} FROM quotes", spaces, since, "id DESC", limit)
    ]


def list_orders(
    connection: sqlite3.Connection, spaces: list[str] | None, since: date | None, limit: int
) -> list[Order]:
    """Return orders and cancellations, newest first."""
    rows = listed(connection, f"SELECT {_ORDER}", spaces, since, "orders.id DESC", limit, "orders.date")
    return [read_order(row) for row in rows]


def list_invoices(
    connection: sqlite3.Connection, spaces: list[str] | None, since: date | None, limit: int, currency: str
) -> list[Invoice]:
    """Return invoices and credit notes, newest first."""
    rows = listed(connection, f"SELECT {_INVOICE} FROM invoices", spaces, since, "id DESC", limit)
    return [read_invoice(row, currency) for row in rows]


Row = tuple[Any, ...]


def rows_of(connection: sqlite3.Connection, table: str, space_id: str) -> list[Row]:
    """Return every quote, order or invoice of a space as `read_quote`, `read_order` or `read_invoice` take it."""
    select = {
        "quotes": f"SELECT {_QUOTE} FROM quotes WHERE space = ? ORDER BY id",
        "orders": f"SELECT {_ORDER} WHERE space = ? ORDER BY orders.id",
        "invoices": f"SELECT {_INVOICE} FROM invoices WHERE space = ? ORDER BY id",
    }[table]
    return connection.execute(select, (space_id,)).fetchall()
