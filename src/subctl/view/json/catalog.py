"""A catalog that was checked, imported or dropped, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.catalog import Catalog
from subctl.domain.money import format_rate
from subctl.results.catalog import CheckedCatalog, DroppedCatalog, Effect, ImportedCatalog
from subctl.view.json.values import day_text

if TYPE_CHECKING:
    from subctl.view.documents.catalog import CatalogDocument, RateMove


def document(result: CheckedCatalog | ImportedCatalog | DroppedCatalog, *, explain: bool) -> CatalogDocument:
    """Return what a catalog says of itself, and what importing it does."""
    del explain
    if isinstance(result, ImportedCatalog):
        found = _catalog(result.catalog, changed=result.changed, first=result.first)
        found["rises"] = [_move(effect) for effect in result.effects if effect.move.rises]
        found["falls"] = [_move(effect) for effect in result.effects if not effect.move.rises]
        if result.notice:
            before, after = result.notice
            found["notice_months"] = {"before": before, "after": after}
        return found
    return _catalog(result.catalog, changed=isinstance(result, DroppedCatalog) and result.changed)


def _catalog(catalog: Catalog, *, changed: bool, first: bool = False) -> CatalogDocument:
    return {
        "schema": "catalog/1",
        "name": catalog.name,
        "valid_from": catalog.valid_from.isoformat(),
        "currency": catalog.currency,
        "plans": list(catalog.plans),
        "changed": changed,
        "first": first,
        "rises": [],
        "falls": [],
        "notice_months": None,
    }


def _move(effect: Effect) -> RateMove:
    return {
        "key": effect.move.key,
        "before": format_rate(effect.move.before),
        "after": format_rate(effect.move.after),
        "contracts": effect.contracts,
        "earliest": day_text(effect.earliest),
        "latest": day_text(effect.latest),
    }
