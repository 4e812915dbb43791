"""A catalog file that was checked or imported."""

from typing import NamedTuple

from subctl.domain.catalog import Catalog


class CheckedCatalog(NamedTuple):
    """A catalog, and whether it was imported."""

    catalog: Catalog
    changed: bool
