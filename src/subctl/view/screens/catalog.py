"""A catalog file that was checked or imported."""

from __future__ import annotations

from subctl.results.catalog import CheckedCatalog
from subctl.view import words
from subctl.view.console import Page


def draw(page: Page, checked: CheckedCatalog) -> None:
    """Say what a catalog says of itself."""
    catalog, state = checked.catalog, "imported" if checked.changed else "fine as it is"
    page.line(
        f"The catalog {catalog.name} is {state}: valid from {words.day(catalog.valid_from)},"
        f" in {catalog.currency}, with {', '.join(catalog.plans)}."
    )
