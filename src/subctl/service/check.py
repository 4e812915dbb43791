"""The check of the book: everything is recomputed from the orders, the price steps and the catalogs (7.3).

Contracts are taken one by one, so that memory stays bounded whatever the size of the store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date

from subctl.domain.contract import Contract, State
from subctl.domain.dates import DAY, Period
from subctl.domain.document import Document, change_document
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import Buyer, Draft, credit_draft, recurring_draft, unbilled_periods
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number
from subctl.domain.pricing import Change, Offer, plan_change
from subctl.service import access
from subctl.service.look import CANCEL
from subctl.service.session import Caller, Session, reading
from subctl.store import audit, history, read

Progress = Callable[[int, int], None]

_FILLED_LATER = ("quote", "valid_until", "order", "invoice", "issued")
_STEP = 100


def check(caller: Caller, kept_head: str | None = None, progress: Progress | None = None) -> Document:
    """Recompute the whole book; name every document that differs (`check/1`).

    `kept_head` is a hash of the history that was kept elsewhere: it must still be in the chain.
    """
    with reading(caller, "check") as session:
        access.require(session.rights, "check", None, caller.account)
        problems = list(_everything(session, progress))
        if kept_head is not None and not history.holds(session.connection, kept_head):
            problems.append(_problem("head", None, f"The history no longer holds {kept_head}: it was rewritten."))
        counts = audit.counts(session.connection)
        head = history.head(session.connection)
    return {"schema": "check/1", "ok": not problems, "counts": counts, "problems": problems, "head": head}


def _problem(code: str, document: str | None, message: str) -> Document:
    return {"code": code, "document": document, "message": message}


def _everything(session: Session, progress: Progress | None) -> Iterator[Document]:
    yield from _file(session.connection)
    yield from _numbers(session.connection)
    yield from _history(session.connection)
    total = read.count_spaces(session.connection)
    for done, space_id in enumerate(read.space_ids(session.connection), 1):
        yield from _space(session, space_id)
        if progress and done % _STEP == 0:
            progress(done, total)


def _file(connection: sqlite3.Connection) -> Iterator[Document]:
    for fault in audit.file_faults(connection):
        yield _problem("store_damaged", None, fault)


def _numbers(connection: sqlite3.Connection) -> Iterator[Document]:
    """Find gaps, and dates that fall (pricing.md 7.1)."""
    for series, table in ((INVOICE, "invoices"), (QUOTE, "quotes"), (ORDER, "orders")):
        for document_id, fault in audit.number_faults(connection, table):
            yield _problem("number", number(series, document_id), fault)


def _history(connection: sqlite3.Connection) -> Iterator[Document]:
    previous = history.GENESIS
    for place, (entry_id, entry, hash_) in enumerate(history.entries(connection), 1):
        if entry_id != place:
            yield _problem("history", None, f"Entry {place} of the history is missing.")
            return
        if history.link(previous, entry) != hash_:
            yield _problem("history", None, f"Entry {place} of the history was altered.")
            return
        previous = hash_


def _space(session: Session, space_id: str) -> Iterator[Document]:
    connection = session.connection
    contract = read.contract(connection, space_id)
    orders = read.orders_of(connection, space_id)
    try:
        for quote in read.all_quotes_of(connection, space_id):
            yield from _quote(session, contract, quote)
        yield from _orders(session, contract, orders)
        yield from _invoices(session, contract, orders)
    except (SubctlError, ValueError, KeyError, TypeError) as error:
        yield _problem("contract", None, f"The contract of {space_id} can't be recomputed: {error}")


def _buyer(session: Session, buyer_id: int) -> Buyer:
    details = read.details(session.connection, buyer_id)
    return Buyer(details.country, details.vat_id)


def _recomputed(session: Session, contract: Contract, document: read.Quote | read.Order, offer: Offer | None) -> Change:
    before = read.as_it_was(contract, document.before)
    after = document.document["after"]
    wanted = State(after["plan"], after["users"], after["zoom"], after["billing"])
    known = session.catalogs.known_by(document.catalog)
    return plan_change(before, wanted, document.day, known, _buyer(session, document.buyer), offer)


def _bare(document: Document) -> Document:
    return {key: value for key, value in document.items() if key not in _FILLED_LATER}


def _quote(session: Session, contract: Contract, quote: read.Quote) -> Iterator[Document]:
    change = _recomputed(session, contract, quote, None)
    if _bare(change_document(change, quote.space)) != _bare(quote.document):
        yield _problem("quote", number(QUOTE, quote.id), "The quote says something else than the rules.")


def _offer(session: Session, order: read.Order) -> Offer | None:
    if order.quote is None:
        return None
    quote = read.quote(session.connection, order.quote)
    assert quote is not None  # noqa: S101  # a foreign key
    return Offer(quote.day, session.catalogs.known_by(quote.catalog))


def _orders(session: Session, contract: Contract, orders: list[read.Order]) -> Iterator[Document]:
    """Replay all orders that still hold: each starts where the one before it ended, the last at today's steps."""
    steps = None
    for order in orders:
        if order.withdrawn is not None:
            continue
        before = read.as_it_was(contract, order.before)
        name = number(ORDER, order.id)
        if steps is not None and before.steps != steps:
            yield _problem("order", name, "The order doesn't start from the price steps of the one before it.")
        steps = before.steps
        if order.kind == CANCEL:
            continue
        change = _recomputed(session, contract, order, _offer(session, order))
        if _bare(change_document(change, order.space)) != _bare(order.document):
            yield _problem("order", name, "The order says something else than the rules.")
        steps = change.contract.steps
    if steps is not None and contract.steps != steps:
        yield _problem("steps", None, f"The price steps of {contract.space} are not those of its orders.")


def _invoices(session: Session, contract: Contract, orders: list[read.Order]) -> Iterator[Document]:
    """Compare every invoice with what it should be, and the sum of all with what the price steps say."""
    invoices = read.invoices_of(session.connection, contract.space, session.catalog.currency)
    by_id = {invoice.id: invoice for invoice in invoices}
    recurring = [invoice for invoice in invoices if invoice.order is None]
    for invoice in invoices:
        if (invoice.net, invoice.vat, invoice.total) != (invoice.draft.net, invoice.draft.tax, invoice.draft.total):
            yield _problem("invoice", number(INVOICE, invoice.id), "The invoice's sums are not those of its lines.")
    yield from _recurring(session, contract, orders, recurring)
    for order in orders:
        yield from _upgrade(session, contract, order, by_id)
    yield from _sum(session, contract, invoices)


def _as_billed(contract: Contract, orders: list[read.Order], start: date) -> Contract:
    """Return the contract as it stood when the period that begins on `start` was billed.

    An order carries the contract it was decided on; the periods that started up to its day were billed with
    or before it. A withdrawn order touched no period that was billed meanwhile (pricing.md 4.11).
    """
    for order in orders:
        if start <= order.day:
            return read.as_it_was(contract, order.before)
    return contract


def _recurring(
    session: Session, contract: Contract, orders: list[read.Order], invoices: list[read.Invoice]
) -> Iterator[Document]:
    first = read.first_billed(session.connection, contract.space)
    waiting = {invoice.draft.period.start: invoice for invoice in invoices}
    while first < contract.billed_until:
        then = _as_billed(contract, orders, first)
        invoice = waiting.pop(first, None)
        period = Period(first, then.period_at(first).end)
        if invoice and invoice.draft.period.end < period.end:
            period = invoice.draft.period  # cut by an end, or a switch, that was taken back since
        day = invoice.draft.day if invoice else period.start
        buyer = _buyer(session, invoice.buyer) if invoice else Buyer("", None)
        expected = recurring_draft(then, period, session.catalogs, buyer, day)
        if invoice is None:
            if expected.net:
                yield _problem("invoice_missing", None, f"{contract.space} has no invoice from {first} on.")
        elif invoice.draft != expected:
            yield _problem("invoice", number(INVOICE, invoice.id), "The invoice says something else than the rules.")
        first = period.end
    for invoice in waiting.values():
        yield _problem("invoice", number(INVOICE, invoice.id), "The invoice's period is billed twice or not due.")


def _upgrade(
    session: Session, contract: Contract, order: read.Order, by_id: dict[int, read.Invoice]
) -> Iterator[Document]:
    mine = [invoice for invoice in by_id.values() if invoice.order == order.id]
    expected: list[Draft] = []
    if order.kind != CANCEL:
        change = _recomputed(session, contract, order, _offer(session, order))
        expected = [change.due_now] if change.due_now else []
        if order.withdrawn and change.due_now:
            expected.append(credit_draft(change.due_now, order.withdrawn))
    if [invoice.draft for invoice in mine] != expected:
        names = ", ".join(number(INVOICE, invoice.id) for invoice in mine) or None
        yield _problem("invoice", names, f"What {number(ORDER, order.id)} issued is not what it should have.")


def _sum(session: Session, contract: Contract, invoices: list[read.Invoice]) -> Iterator[Document]:
    """Compare the sum of all invoices and credit notes with what the price steps say is owed, rounding apart."""
    first = read.first_billed(session.connection, contract.space)
    owed, lines = _added_to_elsewhere(session, contract, first)
    for period in unbilled_periods(_rewound(contract, first)):
        if period.start >= contract.billed_until:
            break
        billed = Period(period.start, min(period.end, contract.billed_until))
        draft = recurring_draft(contract, billed, session.catalogs, Buyer("", None), period.start)
        owed, lines = owed + draft.net, lines + len(draft.lines)
    total = sum(invoice.net for invoice in invoices)
    lines += sum(len(invoice.draft.lines) for invoice in invoices)
    if abs(owed - total) > (lines + 1) // 2:
        yield _problem("sum", None, f"{contract.space} was billed {total}, its price steps say {owed} (minor units).")


def _added_to_elsewhere(session: Session, contract: Contract, first: date) -> tuple[int, int]:
    """Return what upgrades added to the period that was invoiced elsewhere, and in how many lines (2.5)."""
    if first <= contract.billed_from:
        return 0, 0
    period = contract.period_at(first - DAY)
    draft = recurring_draft(contract, period, session.catalogs, Buyer("", None), period.start)
    added = [line.amount for line in draft.lines if line.fees]
    return sum(added), len(added)


def _rewound(contract: Contract, first: date) -> Contract:
    return contract._replace(billed_until=first)
