"""Deadlines as JSON: a list like the others, soonest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.money import format_amount
from subctl.view.json.rows import Rows, listed
from subctl.view.json.values import day_text

if TYPE_CHECKING:
    from subctl.results.deadlines import DeadlineItem, Deadlines
    from subctl.view.documents.list_items import DeadlineItem as DeadlineDocument
    from subctl.view.documents.lists import ListDocument


def document(result: Deadlines, *, explain: bool) -> ListDocument:
    """Return what lies ahead, and whether there is more where a limit was given."""
    del explain
    items = Rows(result.items, lambda item: _deadline(item, result.currency))
    return listed("deadlines", items, more=result.more, currency=result.currency)


def _deadline(item: DeadlineItem, currency: str) -> DeadlineDocument:
    return {
        "id": item.id,
        "space": item.space,
        "name": item.name,
        "date": item.day.isoformat(),
        "kind": item.kind,
        "number": item.number,
        "effective": day_text(item.effective),
        "last_day": day_text(item.last_day),
        "amount": None if item.amount is None else format_amount(item.amount, currency),
        "currency": currency,
    }
