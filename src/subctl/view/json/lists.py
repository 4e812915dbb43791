"""Lists as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from subctl.domain.catalog import Plan, Price
from subctl.domain.ending import Cancellation
from subctl.domain.money import format_amount, format_rate
from subctl.domain.pricing import Change
from subctl.domain.tax import format_percentage
from subctl.results import lists
from subctl.view.json.rows import Rows, listed
from subctl.view.json.values import day_text, licences_document, period_document, settled_document, state_document

if TYPE_CHECKING:
    from subctl.view.documents import list_items, store_items
    from subctl.view.documents import lists as documents
    from subctl.view.documents.parts import State


def document(result: lists.Listing, *, explain: bool) -> documents.ListDocument:
    """Return a list with what all of it shares."""
    del explain
    match result:
        case lists.Spaces():
            return _priced("spaces", result, Rows(result.items, lambda item: _space(item, result.licences)))
        case lists.Plans():
            return _priced("plans", result, [_plan(item, result) for item in result.items])
        case lists.Quotes():
            return _priced("quotes", result, Rows(result.items, _quote))
        case lists.Orders():
            return _priced("orders", result, Rows(result.items, _order))
        case lists.Invoices():
            return _priced("invoices", result, Rows(result.items, lambda item: _invoice(item, result.currency)))
        case _:
            return _kept(result)


def _kept(
    result: lists.CatalogList | lists.Administrators | lists.History | lists.States | lists.Schemas,
) -> documents.ListDocument:
    """Return a list of what has no price."""
    match result:
        case lists.CatalogList():
            return listed("catalogs", [_catalog(item) for item in result.items])
        case lists.Administrators():
            return _administrators(result)
        case lists.History():
            return {**listed("history", Rows(result.items, _entry), more=result.more), "head": result.head}
        case lists.States():
            return listed("states", [_state(item, result.licences) for item in result.items])
        case lists.Schemas():
            return listed("schemas", [_schema(item) for item in result.items])


def _priced(kind: str, result: lists.Documents, items: documents.Items) -> documents.ListDocument:
    return listed(kind, items, more=result.more, currency=result.currency)


def _space(item: lists.SpaceItem, sold: Sequence[str]) -> list_items.SpaceItem:
    return {
        "id": item.id,
        "space": item.id,
        "name": item.name,
        "date": item.entered_on.isoformat(),
        "status": item.status,
        "plan": item.state.plan,
        "users": item.state.users,
        **licences_document(item.state, sold),
        "billing": item.billing,
        "active_users": item.active_users,
        "renews_on": day_text(item.renews_on),
        "last_day": day_text(item.last_day),
        "default": item.default,
    }


def _plan(plan: Plan, listed: lists.Plans) -> store_items.PlanItem:
    item: store_items.PlanItem = {
        "id": plan.id,
        "date": listed.valid_from.isoformat(),
        "title": plan.price.title,
        "monthly": format_rate(plan.price.monthly),
        "annual": format_rate(plan.price.annual),
        "min_users": plan.min_users,
        "max_users": plan.max_users,
        "self_service": plan.self_service,
        "spaces": None if plan.spaces is None else list(plan.spaces),
        **_zoom(listed.licences.get("zoom")),
        "licences": {kind: _licence(price) for kind, price in listed.licences.items()},
    }
    return item


def _zoom(price: Price | None) -> store_items.ZoomPrice:
    """Return what a Zoom licence costs, where it is sold, in keys of its own."""
    if price is None:
        return {}
    return {"zoom_monthly": format_rate(price.monthly), "zoom_annual": format_rate(price.annual)}


def _licence(price: Price) -> store_items.LicencePrice:
    return {"title": price.title, "monthly": format_rate(price.monthly), "annual": format_rate(price.annual)}


def _catalog(item: lists.CatalogItem) -> store_items.CatalogItem:
    return {
        "id": item.id,
        "date": item.valid_from.isoformat(),
        "name": item.name,
        "valid_from": item.valid_from.isoformat(),
        "imported_on": item.imported_on.isoformat(),
        "status": item.status,
        "first": item.first,
    }


def _quote(item: lists.QuoteItem) -> list_items.QuoteItem:
    change = item.change
    before, after = _states(change)
    return {
        "number": item.number,
        "space": item.space,
        "date": item.day.isoformat(),
        "valid_until": item.valid_until.isoformat(),
        "status": item.status,
        "kind": change.kind,
        "before": before,
        "after": after,
        "due_now": format_amount(change.total_now, change.currency),
        "currency": change.currency,
    }


def _states(change: Change) -> tuple[State, State]:
    return (
        state_document(change.before, change.before_fee, change.licences, change.currency),
        state_document(change.after, change.after_fee, change.licences, change.currency),
    )


def _order(item: lists.OrderItem) -> list_items.OrderItem:
    what = item.what
    before, after = (None, None) if isinstance(what, Cancellation) else _states(what)
    return {
        "number": item.number,
        "space": item.space,
        "date": item.day.isoformat(),
        "kind": item.kind,
        "status": item.status,
        "before": before,
        "after": after,
        "price_from": None if isinstance(what, Cancellation) else day_text(what.price_from),
        "last_day": day_text(what.last_day) if isinstance(what, Cancellation) else None,
        "invoice": item.invoice,
        "quote": item.quote,
        "withdrawn": day_text(item.withdrawn),
    }


def _invoice(item: lists.InvoiceItem, currency: str) -> list_items.InvoiceItem:
    return {
        "number": item.number,
        "space": item.space,
        "date": item.day.isoformat(),
        "kind": item.kind,
        "buyer": {"name": item.buyer.name, "country": item.buyer.country, "vat_id": item.buyer.vat_id},
        "period": period_document(item.period),
        "net": format_amount(item.net, currency),
        "vat_category": item.taxed.category,
        "vat_rate": format_percentage(item.taxed.rate),
        "vat": format_amount(item.vat, currency),
        "total": format_amount(item.total, currency),
        "due_date": day_text(item.due_date),
        "credits": item.credits,
        "credited_by": item.credited_by,
        **settled_document(item.settled, currency),
        "currency": currency,
    }


def _administrators(result: lists.Administrators) -> documents.ListDocument:
    found = listed("administrators", [_administrator(item) for item in result.items])
    if result.changed is not None:
        found["changed"] = result.changed
    return found


def _administrator(item: lists.Administrator) -> store_items.AdministratorItem:
    role = "space" if item.space else "store"
    uid = None if item.uid is None else str(item.uid)
    return {"id": uid, "account": item.account, "space": item.space, "role": role}


def _entry(item: lists.HistoryItem) -> store_items.HistoryItem:
    return {
        "id": item.id,
        "at": item.at,
        "date": item.day,
        "account": item.account,
        "uid": item.uid,
        "action": item.action,
        "space": item.space,
        "detail": item.detail,
        "hash": item.hash,
    }


def _state(item: lists.StateItem, sold: Sequence[str]) -> list_items.StateItem:
    return {
        "space": item.space,
        "plan": item.state.plan,
        "users": item.state.users,
        **licences_document(item.state, sold),
        "billing": item.state.billing,
    }


def _schema(item: lists.SchemaItem) -> store_items.SchemaItem:
    return {"id": item.id, "title": item.title}
