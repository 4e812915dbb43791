"""Reading: each function one query, on the connection of a transaction, with the standard library alone."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from subctl.domain.catalog import Catalog, Catalogs
from subctl.domain.catalog_file import read_catalog
from subctl.domain.contract import Contract
from subctl.domain.dates import Period
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import Draft
from subctl.domain.tax import Vat
from subctl.store.rows import day_or_none, read_lines, read_step

RESTORE = "Bring back a backup with subctl restore FILE."


class Settings(NamedTuple):
    """Whether the store is a sandbox, the day it stands on, the day of its last write, its default space."""

    sandbox: bool
    day: date | None
    last_write: date | None
    default_space: str | None


class Details(NamedTuple):
    """What an invoice says of its buyer; a change of it is a new row, so that old invoices keep theirs."""

    name: str
    country: str
    address: str | None = None
    vat_id: str | None = None
    email: str | None = None
    reference: str | None = None


class Space(NamedTuple):
    """A customer's workspace: its details and what stands beside them."""

    id: str
    buyer: int
    details: Details
    payment: str
    iban: str | None
    active_users: int
    locked: bool


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


def settings(connection: sqlite3.Connection) -> Settings:
    """Return the store's settings (`store_damaged` where it has none)."""
    row = connection.execute("SELECT sandbox, day, last_write, default_space FROM store").fetchone()
    if row is None:
        raise SubctlError("store_damaged", "The store has lost its settings.", RESTORE)
    sandbox, day, last_write, default_space = row
    return Settings(bool(sandbox), day_or_none(day), day_or_none(last_write), default_space)


def catalogs(connection: sqlite3.Connection) -> Catalogs:
    """Return every catalog that was imported (`store_damaged` where none can be read)."""
    rows = connection.execute("SELECT id, content FROM catalogs ORDER BY id").fetchall()
    if not rows:
        raise SubctlError("store_damaged", "The store has lost its catalogs.", RESTORE)
    return Catalogs(tuple(_catalog(*row) for row in rows))


def _catalog(catalog_id: int, content: str) -> Catalog:
    try:
        data = json.loads(content)
        data["valid_from"] = date.fromisoformat(data["valid_from"])
        catalog, faults = read_catalog(data, catalog_id)
    except (ValueError, KeyError, TypeError) as error:
        raise SubctlError(
            "store_damaged", f"The catalog {catalog_id} in the store is damaged: {error}.", RESTORE
        ) from None
    if faults:
        raise SubctlError("store_damaged", f"The catalog {catalog_id} in the store is damaged: {faults[0]}.", RESTORE)
    return catalog


def catalog_content(connection: sqlite3.Connection, catalog_id: int) -> str:
    """Return a catalog's data as JSON, as it was imported."""
    content: str = connection.execute("SELECT content FROM catalogs WHERE id = ?", (catalog_id,)).fetchone()[0]
    return content


def plans_in_use(connection: sqlite3.Connection, day: date) -> list[str]:
    """Return the plans of all price steps in force on a day or later, of contracts that haven't ended."""
    rows = connection.execute(
        "SELECT DISTINCT plan FROM steps JOIN contracts USING (space) WHERE (end IS NULL OR end > ?1)"
        " AND NOT EXISTS (SELECT 1 FROM steps AS later WHERE later.space = steps.space"
        " AND later.start > steps.start AND later.start <= ?1) ORDER BY plan",
        (day.isoformat(),),
    )
    return [plan for (plan,) in rows]


def space_ids(connection: sqlite3.Connection, limit: int = -1, start: str = "") -> Iterator[str]:
    """Yield the IDs of spaces from `start` on, sorted, as they are read; at most `limit` if it isn't negative."""
    rows = connection.execute("SELECT id FROM spaces WHERE id >= ? ORDER BY id LIMIT ?", (start, limit))
    return (space_id for (space_id,) in rows)


def count_spaces(connection: sqlite3.Connection) -> int:
    """Return how many spaces there are."""
    count: int = connection.execute("SELECT count(*) FROM spaces").fetchone()[0]
    return count


def space(connection: sqlite3.Connection, space_id: str) -> Space | None:
    """Return a space, or nothing."""
    row = connection.execute(
        "SELECT id, buyer, payment, iban, active_users, locked FROM spaces WHERE id = ?", (space_id,)
    ).fetchone()
    if row is None:
        return None
    found, buyer, payment, iban, active_users, locked = row
    return Space(found, buyer, details(connection, buyer), payment, iban, active_users, bool(locked))


def known_spaces(connection: sqlite3.Connection, ids: list[str]) -> set[str]:
    """Return which of these spaces are there."""
    marks = ",".join("?" * len(ids))
    return {row[0] for row in connection.execute(f"SELECT id FROM spaces WHERE id IN ({marks})", ids)}


def details(connection: sqlite3.Connection, buyer: int) -> Details:
    """Return a buyer's details as they were frozen under this number."""
    return Details(
        *connection.execute(
            "SELECT name, country, address, vat_id, email, reference FROM buyers WHERE id = ?", (buyer,)
        ).fetchone()
    )


_CONTRACT = "space, start, billed_from, entered_on, billed_until, end, version"


def contract(connection: sqlite3.Connection, space_id: str) -> Contract:
    """Return the contract of a space that is there."""
    row = connection.execute(f"SELECT {_CONTRACT} FROM contracts WHERE space = ?", (space_id,)).fetchone()
    steps = connection.execute(
        "SELECT start, plan, users, zoom, billing, anchor, user_rate, zoom_rate"
        " FROM steps WHERE space = ? ORDER BY start",
        (space_id,),
    )
    found, start, billed_from, entered_on, billed_until, end, version = row
    return Contract(
        space=found,
        start=date.fromisoformat(start),
        billed_from=date.fromisoformat(billed_from),
        entered_on=date.fromisoformat(entered_on),
        billed_until=date.fromisoformat(billed_until),
        steps=tuple(map(read_step, steps)),
        end=day_or_none(end),
        version=version,
    )


def first_billed(connection: sqlite3.Connection, space_id: str) -> date:
    """Return the first day that this store bills; what is before was invoiced elsewhere (pricing.md 2.5)."""
    row = connection.execute("SELECT first_billed FROM contracts WHERE space = ?", (space_id,)).fetchone()
    return date.fromisoformat(row[0])


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


def newest_id(connection: sqlite3.Connection, table: str) -> int | None:
    """Return the greatest id of a table: the last number that was given, or nothing."""
    newest: int | None = connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
    return newest


def rights(connection: sqlite3.Connection, uid: int) -> set[str]:
    """Return the spaces an account administers; the empty name stands for the whole store."""
    return {row[0] for row in connection.execute("SELECT space FROM administrators WHERE uid = ?", (uid,))}


def administrators(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Return uid, space (empty: the store) and account of every administrator."""
    return connection.execute("SELECT uid, space, account FROM administrators ORDER BY space, account").fetchall()


def count_store_administrators(connection: sqlite3.Connection) -> int:
    """Return how many accounts administer the whole store."""
    count: int = connection.execute("SELECT count(*) FROM administrators WHERE space = ''").fetchone()[0]
    return count


def _listed(
    connection: sqlite3.Connection,
    select: str,
    spaces: list[str] | None,
    since: date | None,
    order: str,
    limit: int,
    day: str = "date",
) -> list[tuple[Any, ...]]:
    """Return rows of some spaces (None: of all), since a day, the first `limit` in an order."""
    clauses: list[str] = ["1"]
    values: list[object] = []
    if spaces is not None:
        clauses.append(f"space IN ({','.join('?' * len(spaces))})")
        values += spaces
    if since is not None:
        clauses.append(f"{day} >= ?")
        values.append(since.isoformat())
    query = f"{select} WHERE {' AND '.join(clauses)} ORDER BY {order} LIMIT ?"
    return connection.execute(query, (*values, limit)).fetchall()


def newest_spaces(
    connection: sqlite3.Connection, spaces: list[str] | None, since: date | None, limit: int
) -> list[str]:
    """Return the IDs of spaces, those that were entered last first."""
    rows = _listed(
        connection,
        "SELECT space FROM contracts",
        spaces,
        since,
        "entered_on DESC, entry DESC",
        limit,
        "entered_on",
    )
    return [space_id for (space_id,) in rows]


def list_quotes(
    connection: sqlite3.Connection, spaces: list[str] | None, since: date | None, limit: int
) -> list[Quote]:
    """Return quotes, newest first."""
    return [
        read_quote(row) for row in _listed(connection, f"SELECT {_QUOTE} FROM quotes", spaces, since, "id DESC", limit)
    ]


def list_orders(
    connection: sqlite3.Connection, spaces: list[str] | None, since: date | None, limit: int
) -> list[Order]:
    """Return orders and cancellations, newest first."""
    rows = _listed(connection, f"SELECT {_ORDER}", spaces, since, "orders.id DESC", limit, "orders.date")
    return [read_order(row) for row in rows]


def list_invoices(
    connection: sqlite3.Connection, spaces: list[str] | None, since: date | None, limit: int, currency: str
) -> list[Invoice]:
    """Return invoices and credit notes, newest first."""
    rows = _listed(connection, f"SELECT {_INVOICE} FROM invoices", spaces, since, "id DESC", limit)
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
