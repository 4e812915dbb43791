"""An order or a cancellation as JSON, and one that is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.ending import CANCEL
from subctl.results.order import Ordered, OrderedChange, OrderedEnd, Withdrawal
from subctl.view.json.change import document as change_document
from subctl.view.json.values import day_text, draft_document, draft_or_none
from subctl.view.titles import titled, titled_end

if TYPE_CHECKING:
    from subctl.view.documents.change import OrderDocument


def document(result: Ordered | Withdrawal, *, explain: bool) -> OrderDocument:
    """Return an order; one that is taken back with its credit note."""
    if isinstance(result, Withdrawal):
        withdrawn = document(result.order, explain=explain)
        credit = titled(result.credit, result.catalogs) if result.credit else None
        withdrawn["credit"] = draft_or_none(credit, explain=explain)
        return withdrawn
    if isinstance(result, OrderedEnd):
        return _cancellation(result, explain=explain)
    return _change(result, explain=explain)


def _change(order: OrderedChange, *, explain: bool) -> OrderDocument:
    shown = order.shown
    return {
        "schema": "order/1",
        "number": order.number,
        "space": shown.space,
        "date": shown.change.day.isoformat(),
        "kind": shown.change.kind,
        "quote": shown.quote,
        "change": change_document(shown, explain=explain),
        "last_day": None,
        "issued": list(shown.issued),
        "invoice": shown.invoice,
        "withdrawn": day_text(order.withdrawn),
        "credit_note": order.credit_note,
        "currency": shown.change.currency,
        "changed": order.changed,
    }


def _cancellation(order: OrderedEnd, *, explain: bool) -> OrderDocument:
    cancellation = titled_end(order).cancellation
    return {
        "schema": "order/1",
        "number": order.number,
        "space": order.space,
        "date": cancellation.day.isoformat(),
        "kind": CANCEL,
        "quote": None,
        "change": None,
        "last_day": day_text(cancellation.last_day),
        "currency": cancellation.currency,
        "catch_up": [draft_document(draft, explain=explain) for draft in cancellation.catch_up],
        "issued": list(order.issued),
        "invoice": None,
        "withdrawn": day_text(order.withdrawn),
        "credit_note": None,
        "changed": order.changed,
    }
