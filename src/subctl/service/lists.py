"""Lists of spaces, plans, quotes, orders and invoices, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from subctl.domain.contract import contract_status, step_at
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number, optional_number
from subctl.domain.pricing import Change
from subctl.results.lists import (
    Documents,
    InvoiceItem,
    Invoices,
    OrderItem,
    Orders,
    Plans,
    QuoteItem,
    Quotes,
    SpaceItem,
    Spaces,
)
from subctl.service.document_page import quote_status
from subctl.service.session import Caller, Session, reading
from subctl.store import documents, read

T = TypeVar("T")


def list_documents(caller: Caller, kind: str, asked: str | None, since: date | None, limit: int) -> Documents:
    """Return the first `limit` spaces, plans, quotes, orders or invoices, newest first."""
    with reading(caller) as session:
        if asked is not None:
            session.space_id(asked)
        return _LISTS[kind](session, asked, since, limit)


def _first(found: Sequence[T], limit: int) -> tuple[Sequence[T], bool]:
    """Return the first of what was found, and whether there is more: one more was asked for."""
    return found[:limit], len(found) > limit


def _list_spaces(session: Session, asked: str | None, since: date | None, limit: int) -> Spaces:
    found, more = _first(read.newest_spaces(session.connection, session.scope(asked), since, limit + 1), limit)
    items = tuple(_space_item(session, space_id) for space_id in found)
    return Spaces(items, tuple(session.catalog.licences), session.catalog.currency, more)


def _space_item(session: Session, space_id: str) -> SpaceItem:
    space, contract = session.load(space_id)
    return SpaceItem(
        id=space_id,
        name=space.details.name,
        entered_on=contract.entered_on,
        status=contract_status(contract, session.day),
        state=contract.current,
        billing=step_at(contract.steps, session.day).state.billing,
        active_users=space.active_users,
        renews_on=None if contract.ended(session.day) else contract.period_at(session.day).end,
        last_day=contract.last_day,
        default=space_id == session.settings.default_space,
    )


def _list_plans(session: Session, _asked: str | None, _since: date | None, limit: int) -> Plans:
    catalog = session.seen(session.catalog)
    plans, more = _first(list(catalog.plans.values()), limit)
    return Plans(tuple(plans), catalog.licences, catalog.valid_from, catalog.currency, more)


def _list_quotes(session: Session, asked: str | None, since: date | None, limit: int) -> Quotes:
    found, more = _first(documents.list_quotes(session.connection, session.scope(asked), since, limit + 1), limit)
    return Quotes(tuple(_quote_item(session, quote) for quote in found), session.catalog.currency, more)


def _quote_item(session: Session, quote: documents.Quote) -> QuoteItem:
    status = quote_status(session, quote, read.contract(session.connection, quote.space))
    return QuoteItem(number(QUOTE, quote.id), quote.space, quote.day, quote.valid_until, status, quote.change)


def _list_orders(session: Session, asked: str | None, since: date | None, limit: int) -> Orders:
    found, more = _first(documents.list_orders(session.connection, session.scope(asked), since, limit + 1), limit)
    return Orders(tuple(map(_order_item, found)), session.catalog.currency, more)


def _order_item(order: documents.Order) -> OrderItem:
    charged = isinstance(order.what, Change) and order.what.due_now is not None
    return OrderItem(
        number=number(ORDER, order.id),
        space=order.space,
        day=order.day,
        kind=order.kind,
        what=order.what,
        invoice=order.issued[-1] if charged else None,
        quote=optional_number(QUOTE, order.quote),
        withdrawn=order.withdrawn,
    )


def _list_invoices(session: Session, asked: str | None, since: date | None, limit: int) -> Invoices:
    currency = session.catalog.currency
    scope = session.scope(asked)
    found, more = _first(documents.list_invoices(session.connection, scope, since, limit + 1, currency), limit)
    return Invoices(tuple(map(_invoice_item, found)), currency, more)


def _invoice_item(invoice: documents.Invoice) -> InvoiceItem:
    return InvoiceItem(
        number=number(INVOICE, invoice.id),
        space=invoice.space,
        day=invoice.draft.day,
        kind=invoice.draft.kind,
        period=invoice.draft.period,
        net=invoice.net,
        vat=invoice.vat,
        total=invoice.total,
        due_date=invoice.due_date,
        credits=optional_number(INVOICE, invoice.credits),
    )


_LISTS: dict[str, Callable[[Session, str | None, date | None, int], Documents]] = {
    "spaces": _list_spaces,
    "plans": _list_plans,
    "quotes": _list_quotes,
    "orders": _list_orders,
    "invoices": _list_invoices,
}
LISTS = tuple(_LISTS)
