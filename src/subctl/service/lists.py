"""Lists of spaces, plans, quotes, orders and invoices, newest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from subctl.domain.catalog import BILLINGS, Catalog
from subctl.domain.contract import contract_status, step_at
from subctl.domain.document import Document, day_text, licences_document, period_document
from subctl.domain.money import format_amount, format_rate
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number, optional_number
from subctl.service import access
from subctl.service.look import order_document, quote_document, quote_status
from subctl.service.session import Caller, Session, reading
from subctl.store import documents, read


def list_documents(caller: Caller, kind: str, asked: str | None, since: date | None, limit: int) -> Document:
    """Return a list of spaces, plans, quotes, orders or invoices, newest first."""
    with reading(caller) as session:
        if asked is not None:
            session.space_id(asked)
        items = _LISTS[kind](session, asked, since, limit)
        return {"schema": "list/1", "kind": kind, "currency": session.catalog.currency, "items": items}


def _scope(session: Session, asked: str | None) -> list[str] | None:
    if asked is not None:
        return [asked]
    return None if access.WHOLE_STORE in session.rights else sorted(session.rights)


def _list_spaces(session: Session, asked: str | None, since: date | None, limit: int) -> list[Document]:
    spaces = _scope(session, asked)
    items = []
    for space_id in read.newest_spaces(session.connection, spaces, since, limit):
        space, contract = session.load(space_id)
        step = step_at(contract.steps, session.day)
        items.append(
            {
                "id": space_id,
                "space": space_id,
                "name": space.details.name,
                "date": contract.entered_on.isoformat(),
                "status": contract_status(contract, session.day),
                "plan": contract.current.plan,
                "users": contract.current.users,
                **licences_document(contract.current, session.catalog.licences),
                "billing": step.state.billing,
                "active_users": space.active_users,
                "renews_on": None if contract.ended(session.day) else contract.period_at(session.day).end.isoformat(),
                "last_day": day_text(contract.last_day),
                "default": space_id == session.settings.default_space,
            }
        )
    return items


def _list_plans(session: Session, _asked: str | None, _since: date | None, limit: int) -> list[Document]:
    return [
        {
            "id": plan.id,
            "date": session.catalog.valid_from.isoformat(),
            "title": plan.price.title,
            "monthly": format_rate(plan.price.monthly),
            "annual": format_rate(plan.price.annual),
            "min_users": plan.min_users,
            "max_users": plan.max_users,
            "self_service": plan.self_service,
            **_licence_rates(session.catalog),
        }
        for plan in session.catalog.plans.values()
    ][:limit]


def _licence_rates(catalog: Catalog) -> Document:
    """Return what licences cost beside any plan; Zoom's in keys of its own, too, where it is sold."""
    rates = {
        kind: {"title": price.title, "monthly": format_rate(price.monthly), "annual": format_rate(price.annual)}
        for kind, price in catalog.licences.items()
    }
    zoom = {f"zoom_{billing}": rates["zoom"][billing] for billing in BILLINGS} if "zoom" in rates else {}
    return {**zoom, "licences": rates}


def _list_quotes(session: Session, asked: str | None, since: date | None, limit: int) -> list[Document]:
    scope = _scope(session, asked)
    items = []
    for quote in documents.list_quotes(session.connection, scope, since, limit):
        contract = read.contract(session.connection, quote.space)
        document = quote_document(quote)
        items.append(
            {
                "number": number(QUOTE, quote.id),
                "space": quote.space,
                "date": quote.day.isoformat(),
                "valid_until": quote.valid_until.isoformat(),
                "status": quote_status(session, quote, contract),
                "kind": document["kind"],
                "before": document["before"],
                "after": document["after"],
                "due_now": document["due_now"]["total"]
                if document["due_now"]
                else format_amount(0, document["currency"]),
                "currency": document["currency"],
            }
        )
    return items


def _list_orders(session: Session, asked: str | None, since: date | None, limit: int) -> list[Document]:
    items = []
    for order in documents.list_orders(session.connection, _scope(session, asked), since, limit):
        document = _order_parts(session, order)
        items.append(
            {
                "number": number(ORDER, order.id),
                "space": order.space,
                "date": order.day.isoformat(),
                "kind": order.kind,
                "before": document.get("before"),
                "after": document.get("after"),
                "price_from": document.get("price_from"),
                "last_day": document.get("last_day"),
                "invoice": document.get("invoice"),
                "quote": optional_number(QUOTE, order.quote),
                "withdrawn": day_text(order.withdrawn),
            }
        )
    return items


def _order_parts(session: Session, order: documents.Order) -> Document:
    """Return what lists say of a change, or of a cancellation."""
    document = order_document(session, order)
    change = document["change"] or {}
    return {"last_day": document["last_day"], "invoice": document["invoice"], **change}


def _list_invoices(session: Session, asked: str | None, since: date | None, limit: int) -> list[Document]:
    currency = session.catalog.currency
    return [
        {
            "number": number(INVOICE, invoice.id),
            "space": invoice.space,
            "date": invoice.draft.day.isoformat(),
            "kind": invoice.draft.kind,
            "period": period_document(invoice.draft.period),
            "net": format_amount(invoice.net, currency),
            "vat": format_amount(invoice.vat, currency),
            "total": format_amount(invoice.total, currency),
            "due_date": invoice.due_date.isoformat(),
            "credits": optional_number(INVOICE, invoice.credits),
            "currency": currency,
        }
        for invoice in documents.list_invoices(session.connection, _scope(session, asked), since, limit, currency)
    ]


_LISTS: dict[str, Callable[[Session, str | None, date | None, int], list[Document]]] = {
    "spaces": _list_spaces,
    "plans": _list_plans,
    "quotes": _list_quotes,
    "orders": _list_orders,
    "invoices": _list_invoices,
}
LISTS = tuple(_LISTS)
