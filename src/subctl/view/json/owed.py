"""What is owed as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.money import format_amount
from subctl.view.json.rows import Rows

if TYPE_CHECKING:
    from subctl.results.owed import Owed, OwedItem
    from subctl.view.documents import owed as documents


def document(result: Owed, *, explain: bool) -> documents.OwedDocument:
    """Return what is open and who has credit, and whether there is more where a limit was given."""
    del explain
    currency = result.currency
    found: documents.OwedDocument = {
        "schema": "owed/1",
        "date": result.day.isoformat(),
        "currency": currency,
        "late": result.late,
        "items": Rows(result.items, lambda item: _item(item, currency)),
        "ages": {age: format_amount(amount, currency) for age, amount in result.ages.items()},
        "credits": [{"space": each.space, "credit": format_amount(each.amount, currency)} for each in result.credits],
        "open": format_amount(result.open, currency),
        "credit": format_amount(result.credit, currency),
    }
    return found if result.more is None else {**found, "more": result.more}


def _item(item: OwedItem, currency: str) -> documents.OwedItem:
    return {
        "number": item.number,
        "space": item.space,
        "due_date": item.due.isoformat(),
        "total": format_amount(item.total, currency),
        "paid": format_amount(item.paid, currency),
        "open": format_amount(item.open, currency),
        "days_late": item.days_late,
    }
