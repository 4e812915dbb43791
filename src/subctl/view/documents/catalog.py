"""What is said of a catalog, as JSON."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from subctl.view.documents.forms import Count, Currency, Day, Form, PlanName, Rate

_KEY = r"^(plans|licences)\.[a-z0-9][a-z0-9-]{0,39}\.(monthly|annual)$"


class RateMove(TypedDict):
    """A rate that a catalog changes."""

    key: Annotated[str, Form(pattern=_KEY)]
    """Where it stands in the catalog file."""
    before: Rate
    """The rate until then."""
    after: Rate
    """The rate from then on."""
    contracts: Count
    """How many contracts will pay it, as they stand today."""
    earliest: Day | None
    """The day from which the first of them pays it."""
    latest: Day | None
    """The day from which the last of them pays it."""


class Notice(TypedDict):
    """The notice that a catalog changes, in months."""

    before: Count
    """The notice until then."""
    after: Count
    """The notice from then on."""


class CatalogDocument(TypedDict):
    """A catalog that was checked, imported or dropped: catalog check, catalog import, catalog drop."""

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
    """Whether it was imported or dropped by this call."""
    first: bool
    """Whether it takes the place of all there were."""
    rises: list[RateMove]
    """The rates that an import makes dearer."""
    falls: list[RateMove]
    """The rates that an import makes cheaper."""
    notice_months: Notice | None
    """The notice, where an import changes it."""
