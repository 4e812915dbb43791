"""What is said of a catalog, as JSON."""

from __future__ import annotations

from typing import Literal, TypedDict

from subctl.view.documents.forms import Currency, Day, PlanName


class CatalogDocument(TypedDict):
    """A catalog that was checked or imported: catalog check, catalog import."""

    schema: Literal["catalog/1"]
    """The name and the version of this document."""
    name: str
    """The catalog's name."""
    valid_from: Day
    """Its first day."""
    currency: Currency
    """Its currency."""
    plans: list[PlanName]
    """Its plans."""
    changed: bool
    """Whether it was imported by this call."""
