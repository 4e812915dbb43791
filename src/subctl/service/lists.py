"""Lists of spaces, plans, quotes, orders and invoices, newest first, and of deadlines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from subctl.domain.collection import STATUSES as COLLECTION_STATUSES
from subctl.domain.contract import contract_status, step_at
from subctl.domain.ending import CANCEL
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import CREDIT, RECURRING, UPGRADE
from subctl.domain.mandate import STATUSES
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number, optional_number
from subctl.domain.payment import KINDS as PAYMENT_KINDS
from subctl.domain.pricing import BILLING, DOWN, UP, Change
from subctl.domain.record import Record
from subctl.domain.refusals import add_command
from subctl.domain.sentence import N_
from subctl.domain.settlement import OVERDUE
from subctl.domain.settlement import STATUSES as INVOICE_STATUSES
from subctl.domain.text import one_of
from subctl.results.collections import Collections
from subctl.results.deadlines import KINDS, Deadlines
from subctl.results.lists import (
    Documents,
    InvoiceBuyer,
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
from subctl.results.mandates import Mandates
from subctl.results.owed import Settled
from subctl.results.payments import Payments
from subctl.results.reminders import Reminders
from subctl.service.account import accounts, settled_in, settled_of
from subctl.service.caller import Caller
from subctl.service.open_quotes import quote_status
from subctl.service.paging import Page, Wanted, listed, page
from subctl.service.session import Session, reading
from subctl.store import documents, listing, read
from subctl.store.tables import Row


def list_documents(
    caller: Caller, kind: str, wanted: Wanted
) -> Documents | Deadlines | Mandates | Payments | Collections | Reminders:
    """Return what there is of a kind, newest first, or deadlines, soonest first.

    Errors: `usage` where a list of this kind can't be narrowed like that, `not_found`, `not_administrator`.
    """
    _refuse_useless(kind, wanted)
    with reading(caller) as session:
        if wanted.space is not None:
            session.space_id(wanted.space)
        return LISTS[kind].read(session, wanted)


def _refuse_useless(name: str, wanted: Wanted) -> None:
    """Refuse what a list of this kind can't be narrowed by: it would be ignored (`usage`)."""
    known = LISTS[name]
    for option in _NARROWING:
        value = getattr(wanted, option)
        if value is not None and option not in known.narrowed_by:
            raise SubctlError(
                "usage",
                N_("{command} has no {option}."),
                N_("It has {options}.") if known.narrowed_by else N_("Leave it out."),
                command=f"list {name}",
                option=f"--{option}",
                options=", ".join(f"--{each}" for each in known.narrowed_by),
            )
    for option, values in (("kind", known.kinds), ("status", known.statuses)):
        value = getattr(wanted, option)
        if value is not None:
            one_of(f"--{option}", value, values)


def _spaces(session: Session, wanted: Wanted) -> Spaces:
    items, more = listed(session, _page_of_spaces, wanted)
    catalog = session.catalog
    return Spaces(items, tuple(catalog.licences), catalog.currency, more, add_command(catalog))


def _page_of_spaces(session: Session, wanted: Wanted, after: Row, size: int) -> Page[SpaceItem]:
    found = listing.spaces(session.connection, wanted.sought(session), size, after)
    items = [((day, entry), _space_item(session, space_id)) for space_id, day, entry in found]
    return page(items, size, lambda item: wanted.status in (None, item.status))


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


def _plans(session: Session, wanted: Wanted) -> Plans:
    catalog, limit = session.seen(session.catalog), wanted.limit
    plans = tuple(catalog.plans.values())
    more = None if limit is None else len(plans) > limit
    return Plans(plans[:limit], catalog.licences, catalog.valid_from, catalog.currency, more)


def _quotes(session: Session, wanted: Wanted) -> Quotes:
    items, more = listed(session, _page_of_quotes, wanted)
    return Quotes(items, session.catalog.currency, more)


def _page_of_quotes(session: Session, wanted: Wanted, after: Row, size: int) -> Page[QuoteItem]:
    found = listing.quotes(session.connection, wanted.sought(session), size, after)
    items = [((quote.id,), _quote_item(session, quote)) for quote in found]
    return page(
        items, size, lambda item: wanted.status in (None, item.status) and wanted.kind in (None, item.change.kind)
    )


def _quote_item(session: Session, quote: documents.Quote) -> QuoteItem:
    status = quote_status(session, quote, read.contract(session.connection, quote.space))
    return QuoteItem(number(QUOTE, quote.id), quote.space, quote.day, quote.valid_until, status, quote.change)


def _orders(session: Session, wanted: Wanted) -> Orders:
    items, more = listed(session, _page_of_orders, wanted)
    return Orders(items, session.catalog.currency, more)


def _page_of_orders(session: Session, wanted: Wanted, after: Row, size: int) -> Page[OrderItem]:
    found = listing.orders(session.connection, wanted.sought(session, kind=wanted.kind), size, after)
    items = [((order.id,), _order_item(session, order)) for order in found]
    return page(items, size, lambda item: wanted.status in (None, item.status))


def _order_item(session: Session, order: documents.Order) -> OrderItem:
    charged = isinstance(order.what, Change) and order.what.due_now is not None
    return OrderItem(
        number=number(ORDER, order.id),
        space=order.space,
        day=order.day,
        kind=order.kind,
        status=_order_status(order, session.day),
        what=order.what,
        invoice=order.issued[-1] if charged else None,
        quote=optional_number(QUOTE, order.quote),
        withdrawn=order.withdrawn,
    )


def _order_status(order: documents.Order, day: date) -> str:
    """Name where an order stands: it waits until its price starts, a cancellation until the contract has ended."""
    if order.withdrawn:
        return "withdrawn"
    comes = order.what.price_from if isinstance(order.what, Change) else order.what.ends_on
    return "waiting" if comes is not None and comes > day else "ordered"


def _invoices(session: Session, wanted: Wanted) -> Invoices:
    items, more = listed(session, _page_of_invoices, wanted)
    return Invoices(items, session.catalog.currency, more)


def _page_of_invoices(session: Session, wanted: Wanted, after: Row, size: int) -> Page[InvoiceItem]:
    sought, currency = wanted.sought(session, kind=wanted.kind), session.catalog.currency
    found = listing.invoices(session.connection, sought, size, currency, after)
    known = _settled(session, {invoice.space for invoice in found})
    items = [((invoice.id,), _invoice_item(session, invoice, known)) for invoice in found]
    return page(items, size, lambda item: _became(item.settled, wanted.status))


def _settled(session: Session, spaces: Iterable[str]) -> dict[int, Settled]:
    """Return what of all invoices of these spaces is paid today, by their ids."""
    found = (settled_in(account, session.day) for _, account in accounts(session, sorted(spaces)))
    return {invoice: settled for each in found for invoice, settled in each.items()}


def _became(settled: Settled, status: str | None) -> bool:
    return status in (None, settled.status) or (status == OVERDUE and settled.overdue)


def _invoice_item(session: Session, invoice: documents.Invoice, known: Mapping[int, Settled]) -> InvoiceItem:
    """Return an invoice as lists have it; what isn't `known` is issued later than today."""
    buyer = read.details(session.connection, invoice.buyer)
    settled = known.get(invoice.id) or settled_of(session, invoice.space, invoice.id, invoice.draft.day)
    return InvoiceItem(
        number=number(INVOICE, invoice.id),
        space=invoice.space,
        day=invoice.draft.day,
        kind=invoice.draft.kind,
        buyer=InvoiceBuyer(buyer.name, buyer.country, buyer.vat_id),
        period=invoice.draft.period,
        taxed=invoice.draft.vat,
        net=invoice.net,
        vat=invoice.vat,
        total=invoice.total,
        due_date=invoice.due_date,
        credits=optional_number(INVOICE, invoice.credits),
        credited_by=optional_number(INVOICE, documents.credit_of(session.connection, invoice)),
        settled=settled,
    )


def _deadlines(session: Session, wanted: Wanted) -> Deadlines:
    from subctl.service.deadlines import list_deadlines

    return list_deadlines(session, wanted)


def _mandates(session: Session, wanted: Wanted) -> Mandates:
    from subctl.service.mandates import list_mandates

    return list_mandates(session, wanted)


def _payments(session: Session, wanted: Wanted) -> Payments:
    from subctl.service.payments import list_payments

    return list_payments(session, wanted)


def _collections(session: Session, wanted: Wanted) -> Collections:
    from subctl.service.collections import list_collections

    return list_collections(session, wanted)


def _reminders(session: Session, wanted: Wanted) -> Reminders:
    from subctl.service.reminders import list_reminders

    return list_reminders(session, wanted)


class _List(Record):
    """A kind of list: how it is read, the options that narrow it, and what it can be narrowed to."""

    read: Callable[[Session, Wanted], Documents | Deadlines | Mandates | Payments | Collections | Reminders]
    narrowed_by: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()


_NARROWING = ("space", "since", "until", "kind", "status")
_CHANGES = (UP, DOWN, BILLING)

LISTS = {
    "spaces": _List(_spaces, ("space", "since", "until", "status"), (), ("upcoming", "active", "ending", "ended")),
    "plans": _List(_plans),
    "quotes": _List(_quotes, _NARROWING, _CHANGES, ("open", "ordered", "expired", "stale")),
    "orders": _List(_orders, _NARROWING, (*_CHANGES, CANCEL), ("ordered", "waiting", "withdrawn")),
    "invoices": _List(_invoices, _NARROWING, (RECURRING, UPGRADE, CREDIT), (*INVOICE_STATUSES, OVERDUE)),
    "deadlines": _List(_deadlines, ("space", "since", "until", "kind"), KINDS),
    "mandates": _List(_mandates, ("space", "since", "until", "status"), (), STATUSES),
    "payments": _List(_payments, ("space", "since", "until", "kind"), PAYMENT_KINDS),
    "collections": _List(_collections, ("since", "until", "status"), (), COLLECTION_STATUSES),
    "reminders": _List(_reminders, ("space", "since", "until")),
}
"""The lists there are."""
