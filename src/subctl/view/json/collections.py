"""Direct-debit files as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.money import format_amount
from subctl.results.collections import CollectedItem, CollectionItem, Collections, ShownCollection
from subctl.view.json.rows import Rows, listed
from subctl.view.json.values import day_text

if TYPE_CHECKING:
    from subctl.view.documents import collections as documents
    from subctl.view.documents import list_items
    from subctl.view.documents.lists import ListDocument

_CURRENCY = "EUR"


def document(result: Collections | ShownCollection, *, explain: bool) -> ListDocument | documents.CollectionDocument:
    """Return direct-debit files as a list, or one with all that stands in it."""
    del explain
    if isinstance(result, ShownCollection):
        return {
            "schema": "collection/1",
            "number": result.number,
            "date": result.day.isoformat(),
            "on": result.on.isoformat(),
            "currency": _CURRENCY,
            "amount": format_amount(result.amount, _CURRENCY),
            "items": Rows(result.items, _collected),
            "dropped_on": day_text(result.dropped),
            "changed": result.changed,
        }
    return listed("collections", Rows(result.items, _item), more=result.more, currency=_CURRENCY)


def _collected(item: CollectedItem) -> documents.CollectedItem:
    amount = format_amount(item.amount, _CURRENCY)
    return {"number": item.number, "amount": amount, "mandate": item.mandate, "space": item.space}


def _item(item: CollectionItem) -> list_items.CollectionItem:
    return {
        "number": item.number,
        "date": item.day.isoformat(),
        "on": item.on.isoformat(),
        "debits": item.debits,
        "amount": format_amount(item.amount, _CURRENCY),
        "status": item.status,
        "dropped_on": day_text(item.dropped),
    }
