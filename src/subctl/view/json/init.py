"""A new store as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.results.init import MadeStore
from subctl.view.json.values import day_text

if TYPE_CHECKING:
    from subctl.view.documents.init import StoreDocument


def document(result: MadeStore, *, explain: bool) -> StoreDocument:
    """Return what was made."""
    del explain
    return {
        "schema": "store/1",
        "store": result.store,
        "sandbox": result.sandbox,
        "day": day_text(result.day),
        "catalog": result.catalog,
        "administrator": result.administrator,
        "spaces": list(result.spaces),
        "group": result.group,
        "replaced": result.replaced,
    }
