"""Reading documents: quotes, orders and invoices, as they were kept; each function one query."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.contract import Contract, Snapshot
from subctl.domain.dates import Period
from subctl.domain.ending import CANCEL, Cancellation
from subctl.domain.invoice import KINDS, UPGRADE, Draft
from subctl.domain.languages import ENGLISH
from subctl.domain.pricing import Change
from subctl.domain.record import Record
from subctl.results.words import Words
from subctl.store import kept_words
from subctl.store.facts import read_lines, read_ordered, read_snapshot
from subctl.store.read import contract
from subctl.store.rows import UNREADABLE, day_or_none, read_day, reads
from subctl.store.tables import INVOICES, ORDERS, QUOTES, WITHDRAWALS, Row

if TYPE_CHECKING:
    from subctl.store.connection import Connection


class Quote(Record):
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
    before: Snapshot
    change: Change
    rules: int


class Order(Record):
    """An accepted change or a cancellation; `before` is the contract it was decided on, `issued` what came with it."""

    id: int
    space: str
    day: date
    kind: str
    quote: int | None
    catalog: int
    buyer: int
    before: Snapshot
    what: Change | Cancellation
    issued: tuple[str, ...]
    withdrawn: date | None
    credit_note: int | None
    rules: int

    @property
    def change(self) -> Change:
        """The change of an order that is no cancellation."""
        if not isinstance(self.what, Change):
            raise TypeError(self.kind)
        return self.what

    @property
    def cancellation(self) -> Cancellation:
        """What an order of the kind `cancel` ends."""
        if not isinstance(self.what, Cancellation):
            raise TypeError(self.kind)
        return self.what


class Invoice(Record):
    """An issued invoice or credit note, with the numbers of what it belongs to."""

    id: int
    space: str
    order: int | None
    credits: int | None
    due_date: date | None
    draft: Draft
    net: int
    vat: int
    total: int
    catalog: int
    buyer: int
    rules: int
    words: Words


_QUOTE = f"SELECT {QUOTES.selected} FROM quotes"


@reads(QUOTES)
def read_quote(row: Row) -> Quote:
    """Return the quote of a row."""
    (quote_id, space_id, day, valid_until, version, catalog, buyer, boundary, category, rate, rules,
     before, facts, _) = row  # fmt: skip
    change, _ = read_ordered(facts)
    if not isinstance(change, Change):
        raise TypeError(quote_id)  # nobody quotes a cancellation
    return Quote(
        quote_id,
        space_id,
        read_day(day),
        read_day(valid_until),
        version,
        catalog,
        buyer,
        day_or_none(boundary),
        (category, rate),
        read_snapshot(before),
        change,
        rules,
    )


def quote(connection: Connection, quote_id: int) -> Quote | None:
    """Return a quote, or nothing."""
    row = connection.execute(f"{_QUOTE} WHERE id = ?", (quote_id,)).fetchone()
    return read_quote(row) if row else None


def quotes_of(connection: Connection, space_id: str, since: date, version: int) -> list[Quote]:
    """Return the quotes of a space made since a day on this version of its contract, newest first."""
    rows = connection.execute(
        f"{_QUOTE} WHERE space = ? AND date >= ? AND version = ? ORDER BY id DESC",
        (space_id, since.isoformat(), version),
    )
    return [read_quote(row) for row in rows]


_ORDER = (
    f"SELECT {ORDERS.selected}, {WITHDRAWALS.selected} FROM orders"
    ' LEFT JOIN withdrawals ON withdrawals."order" = orders.id'
)


def read_order(row: Row) -> Order:
    """Return the order of a row, and its withdrawal's."""
    columns = len(ORDERS.columns)
    order, withdrawal = row[:columns], row[columns:]
    if withdrawal[0] is None:
        return _order(order)
    _, withdrawn, credit_note = WITHDRAWALS.sound(withdrawal)
    return _order(order, withdrawn, credit_note)


@reads(ORDERS)
def _order(row: Row, withdrawn: str | None = None, credit_note: int | None = None) -> Order:
    order_id, space_id, day, kind, quote_id, catalog, buyer, rules, before, facts, _ = row
    what, issued = read_ordered(facts)
    if isinstance(what, Cancellation) != (kind == CANCEL):
        raise TypeError(kind)
    if isinstance(what, Change) and what.due_now and not issued:
        raise LookupError(order_id)
    return Order(
        order_id,
        space_id,
        read_day(day),
        kind,
        quote_id,
        catalog,
        buyer,
        read_snapshot(before),
        what,
        issued,
        day_or_none(withdrawn),
        credit_note,
        rules,
    )


def order(connection: Connection, order_id: int) -> Order | None:
    """Return an order or a cancellation, or nothing."""
    row = connection.execute(f"{_ORDER} WHERE orders.id = ?", (order_id,)).fetchone()
    return read_order(row) if row else None


def changed_on(connection: Connection, contract: Contract) -> date:
    """Return the day of a contract's last change: an order or a withdrawal, else the day it was entered."""
    days = connection.execute(
        "SELECT orders.date, withdrawals.date FROM orders"
        ' LEFT JOIN withdrawals ON withdrawals."order" = orders.id WHERE space = ?',
        (contract.space,),
    )
    try:
        return max([contract.entered_on, *(read_day(day) for row in days for day in row if day is not None)])
    except UNREADABLE as error:
        raise ORDERS.unreadable_at(contract.space) from error


def order_of_quote(connection: Connection, quote_id: int) -> Order | None:
    """Return the order that accepted a quote, or nothing."""
    row = connection.execute(f"{_ORDER} WHERE quote = ?", (quote_id,)).fetchone()
    return read_order(row) if row else None


def latest_order(connection: Connection, space_id: str, *, cancellation: bool) -> Order | None:
    """Return the latest change, or the latest cancellation, that isn't withdrawn."""
    row = connection.execute(
        f"{_ORDER} WHERE space = ? AND kind {'=' if cancellation else '<>'} 'cancel' AND withdrawals.date IS NULL"
        " ORDER BY orders.id DESC LIMIT 1",
        (space_id,),
    ).fetchone()
    return read_order(row) if row else None


_INVOICE = f"SELECT {INVOICES.selected} FROM invoices"


def invoice(connection: Connection, invoice_id: int, currency: str) -> Invoice | None:
    """Return an invoice or a credit note, or nothing."""
    row = connection.execute(f"{_INVOICE} WHERE id = ?", (invoice_id,)).fetchone()
    return read_invoice(row, currency) if row else None


def invoice_of_order(connection: Connection, order_id: int, currency: str) -> Invoice | None:
    """Return the upgrade invoice of an order, or nothing; of a corrected one that in its place."""
    row = connection.execute(
        f"""{_INVOICE} WHERE "order" = ? AND kind = 'upgrade' AND id NOT IN (SELECT invoice FROM corrections)""",
        (order_id,),
    ).fetchone()
    return read_invoice(row, currency) if row else None


def invoice_day(connection: Connection, invoice_id: int) -> date:
    """Return the day that an invoice is dated."""
    return _invoice_day(connection.execute(f"{_INVOICE} WHERE id = ?", (invoice_id,)).fetchone())


@reads(INVOICES)
def _invoice_day(row: Row) -> date:
    return read_day(row[INVOICES.columns.index("date")])


def credit_of(connection: Connection, credited: Invoice) -> int | None:
    """Return the credit note for an invoice: its correction's, or that of its order's withdrawal."""
    row = connection.execute("SELECT credit_note FROM corrections WHERE invoice = ?", (credited.id,)).fetchone()
    if row is None and credited.draft.kind == UPGRADE:
        withdrawn = 'SELECT credit_note FROM withdrawals WHERE "order" = ?'
        row = connection.execute(withdrawn, (credited.order,)).fetchone()
    return row[0] if row else None


@reads(INVOICES)
def read_invoice(row: Row, currency: str) -> Invoice:
    """Return the invoice of a row."""
    (invoice_id, space_id, order_id, catalog, buyer, credits_, kind, day, due_date, start, end, net, vat, total,
     category, rate, note, rules, lines, words) = row  # fmt: skip
    if kind not in KINDS:
        raise ValueError(kind)
    found, taxed = read_lines(lines, kind, note)
    period = Period(read_day(start), read_day(end))
    draft = Draft(kind, read_day(day), period, found, taxed._replace(category=category, rate=rate), currency)
    said = kept_words.read(words) if words else Words(tuple(line.words or "" for line in found), note, ENGLISH)
    if len(said.lines) != len(found):
        raise ValueError(words)
    return Invoice(
        invoice_id,
        space_id,
        order_id,
        credits_,
        day_or_none(due_date),
        draft,
        net,
        vat,
        total,
        catalog,
        buyer,
        rules,
        said,
    )


def before_of(connection: Connection, document: Quote | Order) -> Contract:
    """Return the contract that a quote or an order was decided on."""
    return document.before.of(contract(connection, document.space))


SELECT = {"quotes": _QUOTE, "orders": _ORDER, "invoices": _INVOICE}
"""The query for the rows of a table as `read_quote`, `read_order` or `read_invoice` takes them."""
