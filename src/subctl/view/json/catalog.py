"""A catalog that was checked or imported, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.results.catalog import CheckedCatalog

if TYPE_CHECKING:
    from subctl.view.documents.catalog import CatalogDocument


def document(result: CheckedCatalog, *, explain: bool) -> CatalogDocument:
    """Return what a catalog file says of itself."""
    del explain
    catalog = result.catalog
    return {
        "schema": "catalog/1",
        "name": catalog.name,
        "valid_from": catalog.valid_from.isoformat(),
        "currency": catalog.currency,
        "plans": list(catalog.plans),
        "changed": result.changed,
    }
