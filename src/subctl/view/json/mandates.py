"""Mandates of direct debits as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.results.mandates import ChangedMandate, MandateItem, Mandates
from subctl.view.json.rows import Rows, listed
from subctl.view.json.values import day_text

if TYPE_CHECKING:
    from subctl.view.documents import list_items
    from subctl.view.documents.lists import ListDocument
    from subctl.view.documents.mandates import MandateDocument


def document(result: Mandates | ChangedMandate, *, explain: bool) -> ListDocument | MandateDocument:
    """Return mandates as a list, or one with whether it changed."""
    del explain
    if isinstance(result, ChangedMandate):
        return {"schema": "mandate/1", **_mandate(result.mandate), "changed": result.changed}
    return listed("mandates", Rows(result.items, _mandate), more=result.more)


def _mandate(item: MandateItem) -> list_items.MandateItem:
    return {
        "id": item.id,
        "space": item.space,
        "date": item.added.isoformat(),
        "signed": item.signed.isoformat(),
        "scheme": item.scheme,
        "iban": item.iban,
        "status": item.status,
        "ended_on": day_text(item.ended),
    }
