"""The check of one contract: its quotes, orders, invoices and steps, each recomputed from what it rests on (7.3)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from subctl.domain.contract import Contract, State, Steps
from subctl.domain.dates import DAY, Period
from subctl.domain.document import Document, change_document, day_text, draft_document
from subctl.domain.ending import cancelled
from subctl.domain.entry import first_billed_day
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import (
    Buyer,
    Draft,
    billed_until_after,
    credit_draft,
    recurring_draft,
    recurring_drafts,
    unbilled_periods,
)
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number, optional_number
from subctl.domain.pricing import Change, Offer, plan_change
from subctl.domain.quoting import quote_terms
from subctl.service.look import CANCEL
from subctl.service.session import Session
from subctl.store import read

T = TypeVar("T")

UNREADABLE = (SubctlError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError)
"""What reading and recomputing something that was altered can raise."""

IssuedOn = Callable[[int], date | None]
"""The day on which a bill run issued an invoice, by the history."""


class _Book(NamedTuple):
    """Everything that is kept of one space."""

    session: Session
    contract: Contract
    quotes: list[read.Quote]
    orders: list[read.Order]
    invoices: list[read.Invoice]
    issued_on: IssuedOn


def problem(code: str, document: str | None, message: str) -> Document:
    """Return one finding: a code, the documents it names, and a sentence."""
    return {"code": code, "document": document, "message": message}


def examine(session: Session, space_id: str, issued_on: IssuedOn) -> Iterator[Document]:
    """Yield whatever is not as it should be with one space."""
    unread: list[Document] = []
    currency = session.catalog.currency
    quotes = _read(session, space_id, "quotes", QUOTE, read.read_quote, unread)
    orders = _read(session, space_id, "orders", ORDER, read.read_order, unread)
    invoices = _read(session, space_id, "invoices", INVOICE, lambda row: read.read_invoice(row, currency), unread)
    yield from unread
    try:
        contract = read.contract(session.connection, space_id)
        book = _Book(session, contract, quotes, orders, invoices, issued_on)
        yield from _entry(book)
    except UNREADABLE as error:
        yield problem("contract", None, f"The contract of {space_id} can't be read: {error}.")
        return
    for each, look in ((quotes, _quote), (orders, _order), (invoices, _invoice)):
        for document in each:
            yield from _guarded(book, document, look)
    for look_at_all in (_chain, _recurring, _sum):
        try:
            yield from look_at_all(book)
        except UNREADABLE as error:
            yield problem("contract", None, f"The contract of {space_id} can't be recomputed: {error}.")


def _read(
    session: Session, space_id: str, table: str, series: str, read_row: Callable[[read.Row], T], unread: list[Document]
) -> list[T]:
    """Return the documents of a space that can be read, and note the others."""
    found = []
    for row in read.rows_of(session.connection, table, space_id):
        try:
            found.append(read_row(row))
        except UNREADABLE as error:
            unread.append(problem(table[:-1], number(series, row[0]), f"It can't be read: {error}."))
    return found


def _name(document: read.Quote | read.Order | read.Invoice) -> str:
    series = {read.Quote: QUOTE, read.Order: ORDER, read.Invoice: INVOICE}[type(document)]
    return number(series, document.id)


def _guarded(book: _Book, document: Any, look: Callable[[_Book, Any], str | None]) -> Iterator[Document]:  # noqa: ANN401
    try:
        fault = look(book, document)
    except UNREADABLE as error:
        fault = f"It can't be recomputed: {error}."
    if fault:
        yield problem(type(document).__name__.lower(), _name(document), fault)


def _entry(book: _Book) -> Iterator[Document]:
    """Look at what no order says: from when the contract is billed, and that its plans are sold."""
    contract = book.contract
    for step in filter(lambda step: contract.priced(step.start), contract.steps):
        book.session.catalogs.at(max(step.start, contract.entered_on)).plan(step.state.plan)
    first = first_billed_day(contract.start)
    if (contract.billed_from, contract.steps[0].start) != (first, first):
        yield problem("contract", None, f"The contract of {contract.space} is not billed from {first} on.")


def _buyer(book: _Book, buyer_id: int) -> Buyer:
    details = read.details(book.session.connection, buyer_id)
    return Buyer(details.country, details.vat_id)


def _recomputed(book: _Book, document: read.Quote | read.Order) -> Change:
    """Return the change that a quote or an order holds, from the contract and the catalogs of its day."""
    offer = None
    if isinstance(document, read.Order) and document.quote is not None:
        quote = read.quote(book.session.connection, document.quote)
        if quote is not None:
            offer = Offer(quote.day, book.session.catalogs.known_by(quote.catalog))
    after = document.document["after"]
    return plan_change(
        read.as_it_was(book.contract, document.before),
        State(after["plan"], after["users"], after["zoom"], after["billing"]),
        document.day,
        book.session.catalogs.known_by(document.catalog),
        _buyer(book, document.buyer),
        offer,
    )


def _quote(book: _Book, quote: read.Quote) -> str | None:
    change = _recomputed(book, quote)
    known = book.session.catalogs.known_by(quote.catalog)
    terms = quote_terms(read.as_it_was(book.contract, quote.before), change, known, _buyer(book, quote.buyer))
    expected = change_document(change, book.contract.space)
    expected |= {"quote": _name(quote), "valid_until": terms.valid_until.isoformat()}
    kept = (quote.valid_until, quote.boundary, quote.vat)
    if quote.document != expected or kept != (terms.valid_until, terms.boundary, (terms.vat.category, terms.vat.rate)):
        return "The quote says something else than the rules."
    return None


def _order(book: _Book, order: read.Order) -> str | None:
    mine = [invoice for invoice in book.invoices if invoice.order == order.id]
    upgrades = [invoice for invoice in mine if invoice.credits is None]
    credits_ = [invoice for invoice in mine if invoice.credits is not None]
    change = None if order.kind == CANCEL else _recomputed(book, order)
    due = change.due_now if change else None
    if len(upgrades) != (1 if due else 0):
        return "Its upgrade invoice is missing, or is one too many."
    expected = _cancellation(book, order) if change is None else _change(book, order, change, upgrades)
    if order.document != expected or order.kind != expected["kind"]:
        return "The order says something else than the rules."
    if bool(credits_) != bool(order.withdrawn and due) or order.credit_note != (credits_[0].id if credits_ else None):
        return "Its withdrawal and its credit note don't fit together."
    if credits_ and (credits_[0].draft.day != order.withdrawn or credits_[0].credits != upgrades[0].id):
        return "Its credit note is not what it should be."
    return None


def _change(book: _Book, order: read.Order, change: Change, upgrades: list[read.Invoice]) -> Document:
    """Return the document of an order with the numbers it must have."""
    quote = read.quote(book.session.connection, order.quote) if order.quote is not None else None
    invoice = optional_number(INVOICE, upgrades[0].id if upgrades else None)
    issued = _numbers(book, change.catch_up) + ([invoice] if invoice else [])
    return change_document(change, book.contract.space) | {
        "quote": optional_number(QUOTE, order.quote),
        "valid_until": quote.valid_until.isoformat() if quote else None,
        "order": _name(order),
        "invoice": invoice,
        "issued": issued,
    }


def _numbers(book: _Book, drafts: tuple[Draft, ...]) -> list[str]:
    """Return the numbers of recurring invoices, by their periods."""
    by_start = {invoice.draft.period.start: _name(invoice) for invoice in book.invoices if invoice.order is None}
    return [by_start[draft.period.start] for draft in drafts]


def _cancellation(book: _Book, order: read.Order) -> Document:
    """Return the document of a cancellation with the numbers it must have."""
    before = read.as_it_was(book.contract, order.before)
    known = book.session.catalogs.known_by(order.catalog)
    due = recurring_drafts(before, order.day, order.day, known, _buyer(book, order.buyer))
    drafts = tuple(draft for draft in due if draft.net)
    after = cancelled(
        before._replace(billed_until=billed_until_after(before, order.day)),
        order.day,
        known.at(order.day).policy.notice_months,
    )
    return {
        "schema": "order/1",
        "number": _name(order),
        "space": book.contract.space,
        "date": order.day.isoformat(),
        "kind": CANCEL,
        "quote": None,
        "change": None,
        "last_day": day_text(after.last_day),
        "currency": known.at(order.day).currency,
        "catch_up": [draft_document(draft) for draft in drafts],
        "issued": _numbers(book, drafts),
        "invoice": None,
        "withdrawn": None,
        "credit_note": None,
        "changed": True,
    }


def _invoice(book: _Book, invoice: read.Invoice) -> str | None:
    draft, catalog = invoice.draft, book.session.catalogs.at(invoice.draft.day)
    if (invoice.net, invoice.vat, invoice.total) != (draft.net, draft.tax, draft.total):
        return "The invoice's sums are not those of its lines."
    if invoice.catalog != catalog.id or invoice.due_date != draft.day + timedelta(days=catalog.policy.payment_days):
        return "The invoice is due on another day, or from another seller."
    # recurring ones belong to no order and are looked at one after the other, by _recurring
    return None if invoice.order is None else _ordered_invoice(book, invoice)


def _ordered_invoice(book: _Book, invoice: read.Invoice) -> str | None:
    """Look at an upgrade invoice or a credit note."""
    orders = [order for order in book.orders if order.id == invoice.order and order.kind != CANCEL]
    if not orders:
        return "The invoice belongs to no order of its space."
    due, withdrawn = _recomputed(book, orders[0]).due_now, orders[0].withdrawn
    if invoice.credits is not None:
        due = credit_draft(due, withdrawn) if due and withdrawn else None
    if invoice.draft != due:
        return "The invoice says something else than the rules."
    credited = [each for each in book.invoices if (each.id, each.order) == (invoice.credits, invoice.order)]
    return "The credit note is for another invoice." if invoice.credits is not None and not credited else None


def _chain(book: _Book) -> Iterator[Document]:
    """Replay all orders: each starts where one before it ended, the last still valid one at today's steps and end."""
    if not book.orders:
        if book.contract.end is not None:
            yield problem("contract", None, f"Nobody cancelled the contract of {book.contract.space}.")
        return
    first = read.as_it_was(book.contract, book.orders[0].before)
    steps, end = first.steps, None
    possible: list[Steps] = [steps]
    ends: list[date | None] = [None]
    for order in book.orders:
        before = read.as_it_was(book.contract, order.before)
        if before.steps not in possible or before.end not in ends:
            yield problem("order", _name(order), "The order doesn't start where the one before it ended.")
        if order.kind == CANCEL:
            notice = book.session.catalogs.known_by(order.catalog).at(order.day).policy.notice_months
            last = cancelled(before, order.day, notice).end
            ends = [*ends, last] if order.withdrawn else [last]
            end = end if order.withdrawn else last
        else:
            after = _recomputed(book, order).contract.steps
            possible = [*possible, after] if order.withdrawn else [after]
            steps = steps if order.withdrawn else after
    if (book.contract.steps, book.contract.end) != (steps, end):
        yield problem(
            "steps", None, f"The price steps or the end of {book.contract.space} are not those of its orders."
        )


def _as_billed(book: _Book, start: date) -> Contract:
    """Return the contract as it stood when the period that begins on `start` was billed.

    An order carries the contract it was decided on; the periods that started up to its day were billed with
    or before it. A withdrawn order touched no period that was billed meanwhile (pricing.md 4.11).
    """
    for order in book.orders:
        if start <= order.day:
            return read.as_it_was(book.contract, order.before)
    return book.contract


def _recurring(book: _Book) -> Iterator[Document]:
    """Go from period to period: each billed once, with the right invoice, on the right day."""
    waiting = [invoice for invoice in book.invoices if invoice.order is None]
    first = read.first_billed(book.session.connection, book.contract.space)
    while first < book.contract.billed_until:
        then = _as_billed(book, first)
        here = [invoice for invoice in waiting if invoice.draft.period.start == first]
        invoice = here[0] if here else None
        period = Period(first, then.period_at(first).end)
        if invoice and invoice.draft.period.end < period.end:
            period = invoice.draft.period  # cut by an end, or a switch, that was taken back since
        day = invoice.draft.day if invoice else first
        buyer = _buyer(book, invoice.buyer) if invoice else Buyer("", None)
        expected = recurring_draft(then, period, book.session.catalogs, buyer, day)
        if invoice is None:
            if expected.net:
                yield problem("missing", None, f"{book.contract.space} has no invoice from {first} on.")
        elif invoice.draft != expected or day < first or day != _issue_day(book, invoice):
            yield problem("invoice", _name(invoice), "The invoice says something else than the rules.")
        waiting = [each for each in waiting if each is not invoice]
        first = period.end
    if first != book.contract.billed_until:
        yield problem("contract", None, f"{book.contract.space} is billed into a period: {book.contract.billed_until}.")
    for invoice in waiting:
        yield problem("invoice", _name(invoice), "The invoice's period is billed twice, or not yet.")


def _issue_day(book: _Book, invoice: read.Invoice) -> date | None:
    """Return the day on which a recurring invoice was issued: its order's, or the bill run's by the history."""
    name = _name(invoice)
    for order in book.orders:
        if name in order.document["issued"]:
            return order.day
    return book.issued_on(invoice.id)


def _sum(book: _Book) -> Iterator[Document]:
    """Compare the sum of all invoices and credit notes with what the price steps say is owed, rounding apart."""
    contract, catalogs = book.contract, book.session.catalogs
    first = read.first_billed(book.session.connection, contract.space)
    owed, lines = _added_to_elsewhere(book, first)
    for period in unbilled_periods(contract._replace(billed_until=first)):
        if period.start >= contract.billed_until:
            break
        billed = Period(period.start, min(period.end, contract.billed_until))
        draft = recurring_draft(contract, billed, catalogs, Buyer("", None), period.start)
        owed, lines = owed + draft.net, lines + len(draft.lines)
    total = sum(invoice.net for invoice in book.invoices)
    lines += sum(len(invoice.draft.lines) for invoice in book.invoices)
    if abs(owed - total) > (lines + 1) // 2:
        yield problem("sum", None, f"{contract.space} was billed {total}, its price steps say {owed} (minor units).")


def _added_to_elsewhere(book: _Book, first: date) -> tuple[int, int]:
    """Return what upgrades added to the period that was invoiced elsewhere, and in how many lines (2.5)."""
    contract = book.contract
    if first <= contract.billed_from:
        return 0, 0
    period = contract.period_at(first - DAY)
    draft = recurring_draft(contract, period, book.session.catalogs, Buyer("", None), period.start)
    added = [line.amount for line in draft.lines if line.fees]
    return sum(added), len(added)
