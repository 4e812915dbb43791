"""What a TAB offers: whatever of a kind may be seen and begins as the word that is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from subctl.domain.numbers import COLLECTION, INVOICE, ORDER, PAYMENT, QUOTE, REMINDER, ids_beginning, number
from subctl.domain.paying import open_of
from subctl.domain.payment import UNDO, Payment
from subctl.results.candidates import (
    Candidate,
    Collected,
    Decided,
    Entered,
    Issued,
    NamedSpace,
    Reminded,
    SoldLicence,
    SoldPlan,
)
from subctl.service.account import book_of
from subctl.service.caller import Caller
from subctl.service.open_quotes import is_open
from subctl.service.payments import taken_back_by
from subctl.service.session import Session, reading
from subctl.service.withdrawal import withdrawable
from subctl.store import candidates as store
from subctl.store import documents, read
from subctl.store.tables import Row

_SHOWN = 50


def candidates(caller: Caller, kind: str, prefix: str, space: str | None) -> Sequence[Candidate]:
    """Return what a word of this kind (`KINDS`) may become; documents are those of `space` where the line names one.

    Errors: as `reading`.
    """
    with reading(caller) as session:
        return _KINDS[kind](session, prefix, space)


def _plans(session: Session, _prefix: str, _space: str | None) -> Sequence[Candidate]:
    catalog = session.seen(session.catalog)
    return [SoldPlan(plan, catalog.currency) for plan in catalog.plans.values()]


def _licences(session: Session, _prefix: str, _space: str | None) -> Sequence[Candidate]:
    catalog = session.catalog
    return [SoldLicence(kind, price, catalog.currency) for kind, price in catalog.licences.items()]


def _spaces(session: Session, prefix: str, _space: str | None) -> Sequence[Candidate]:
    return [NamedSpace(*found) for found in store.spaces(session.connection, session.scope(None), prefix)]


def _open_quotes(session: Session, prefix: str, space: str | None) -> Sequence[Candidate]:
    """Return the quotes that can be ordered, newest first; of too many, the oldest is among them."""
    ranges = ids_beginning(QUOTE, prefix)
    valid = store.valid_quotes(session.connection, session.scope(space), session.day, ranges)
    contracts = {name: read.contract(session.connection, name) for name in {quote.space for quote in valid}}
    found = [_quote(quote) for quote in valid if is_open(session, quote, contracts[quote.space])]
    return [*found[:_SHOWN], *found[_SHOWN:][-1:]]


def _quote(quote: documents.Quote) -> Decided:
    return Decided(number(QUOTE, quote.id), quote.space, quote.day, "quote", quote.change)


def _order(order: documents.Order) -> Decided:
    return Decided(number(ORDER, order.id), order.space, order.day, order.kind, order.what)


def _withdrawable_orders(session: Session, prefix: str, space: str | None) -> Sequence[Candidate]:
    """Return what can still be taken back, newest first."""
    spaces = store.spaces_of_orders(session.connection, session.scope(space), ids_beginning(ORDER, prefix))
    found = [order for each in spaces for order in withdrawable(session, *session.load(each))]
    return [_order(order) for order in sorted(found, key=lambda order: -order.id)]


def _open_invoices(session: Session, prefix: str, space: str | None) -> Sequence[Candidate]:
    """Return the invoices that are open, newest first."""
    currency = session.catalog.currency
    rows = store.documents(session.connection, "invoices", session.scope(space), ids_beginning(INVOICE, prefix))
    invoices = [documents.read_invoice(row, currency) for row in rows]
    books = {name: book_of(session, name).on(session.day) for name in {invoice.space for invoice in invoices}}
    open_ = {name: open_of(account) for name, account in books.items()}
    return [_invoice(each, currency) for each in invoices if open_[each.space].get(each.id)]


def _payments(session: Session, prefix: str, space: str | None) -> Sequence[Candidate]:
    """Return the payments that can be taken back, newest first."""
    found = store.payments(session.connection, session.scope(space), ids_beginning(PAYMENT, prefix))
    return [_payment(session, each) for each in found if each.kind != UNDO and taken_back_by(session, each) is None]


def _collections(session: Session, prefix: str, _space: str | None) -> Sequence[Candidate]:
    """Return the collections that count, newest first, to who may see them."""
    if session.scope(None) is not None:
        return []
    return [
        Collected(number(COLLECTION, each.id), each.on, sum(debit.amount for debit in each.debits))
        for each in store.collections(session.connection, ids_beginning(COLLECTION, prefix))
        if each.dropped is None
    ]


def _shown(session: Session, prefix: str, space: str | None) -> Sequence[Candidate]:
    """Return all that `show` shows: spaces, which it takes where no option names one, and documents."""
    spaces = [] if space else _spaces(session, prefix, space)
    return [
        *spaces,
        *_documents(session, prefix, space),
        *_entered(session, prefix, space),
        *_reminders(session, prefix, space),
    ]


def _entered(session: Session, prefix: str, space: str | None) -> Sequence[Candidate]:
    """Return payments, newest first."""
    found = store.payments(session.connection, session.scope(space), ids_beginning(PAYMENT, prefix))
    return [_payment(session, each) for each in found]


def _reminders(session: Session, prefix: str, space: str | None) -> Sequence[Candidate]:
    """Return reminders, newest first."""
    found = store.reminders(session.connection, session.scope(space), ids_beginning(REMINDER, prefix))
    currency = session.catalog.currency
    return [
        Reminded(number(REMINDER, each.id), each.space, each.day, sum(item.open for item in each.items), currency)
        for each in found
    ]


def _payment(session: Session, found: Payment) -> Entered:
    name, currency = number(PAYMENT, found.id), session.catalog.currency
    return Entered(name, found.space, found.day, found.kind, found.amount, currency)


def _documents(session: Session, prefix: str, space: str | None) -> Sequence[Candidate]:
    """Return quotes, orders and invoices, each newest first."""

    def rows(series: str, table: str) -> list[Row]:
        return store.documents(session.connection, table, session.scope(space), ids_beginning(series, prefix))

    currency = session.catalog.currency
    invoices = (documents.read_invoice(row, currency) for row in rows(INVOICE, "invoices"))
    return [
        *(_quote(documents.read_quote(row)) for row in rows(QUOTE, "quotes")),
        *(_order(documents.read_order(row)) for row in rows(ORDER, "orders")),
        *(_invoice(invoice, currency) for invoice in invoices),
    ]


def _invoice(invoice: documents.Invoice, currency: str) -> Issued:
    draft = invoice.draft
    return Issued(number(INVOICE, invoice.id), invoice.space, draft.day, draft.kind, invoice.total, currency)


def _correctable(session: Session, prefix: str, space: str | None) -> Sequence[Candidate]:
    """Return the invoices that aren't credited, newest first."""
    currency = session.catalog.currency
    rows = store.documents(session.connection, "invoices", session.scope(space), ids_beginning(INVOICE, prefix))
    invoices = (documents.read_invoice(row, currency) for row in rows)
    return [
        _invoice(each, currency)
        for each in invoices
        if each.credits is None and documents.credit_of(session.connection, each) is None
    ]


_KINDS: dict[str, Callable[[Session, str, str | None], Sequence[Candidate]]] = {
    "plans": _plans,
    "licences": _licences,
    "spaces": _spaces,
    "quotes": _open_quotes,
    "orders": _withdrawable_orders,
    "shown": _shown,
    "invoices": _open_invoices,
    "payments": _payments,
    "collections": _collections,
    "correctable": _correctable,
}
KINDS = tuple(_KINDS)
