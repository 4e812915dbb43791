"""What plans are called on papers: by the catalogs that were known on the document's day."""

from __future__ import annotations

from datetime import date

from subctl.domain.catalog import Catalog, Catalogs
from subctl.domain.pricing import Change
from subctl.service.parties import plan_titles
from tests.support.build import CATALOG, annual, change

JUNE = date(2026, 6, 1)


def called(catalog: Catalog, plan: str, title: str) -> Catalog:
    """Return a later catalog in which a plan has another title."""
    known = catalog.plans[plan]
    plans = {**catalog.plans, plan: known._replace(price=known.price._replace(title=title))}
    return catalog._replace(id=2, valid_from=JUNE, plans=plans)


def to_pro(day: str) -> Change:
    """Return an upgrade from starter to pro."""
    return change(annual(), day, plan="pro", users=20).change


def test_a_plan_is_called_as_on_the_day_of_its_document() -> None:
    """A catalog that comes later renames nothing that is written already."""
    catalogs = Catalogs((CATALOG, called(CATALOG, "pro", "Professional")))
    assert plan_titles(catalogs, to_pro("2026-05-31")) == ("Starter", "Pro")
    assert plan_titles(catalogs, to_pro("2026-06-01")) == ("Starter", "Professional")


def test_a_plan_that_is_gone_is_called_as_it_was_last() -> None:
    """It is in no catalog of that day; one that never was in any is called by its id."""
    left = CATALOG._replace(id=2, valid_from=JUNE, plans={"pro": CATALOG.plans["pro"]})
    found = to_pro("2026-06-01")
    assert plan_titles(Catalogs((CATALOG, left)), found) == ("Starter", "Pro")
    assert plan_titles(Catalogs((left,)), found) == ("starter", "Pro")
