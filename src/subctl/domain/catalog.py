"""What is sold: plans, rates and policies of a catalog, and the catalogs over time (pricing.md 1, 3.2, 3.4).

Reading and checking a catalog file is `catalog_file`'s.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from subctl.domain.errors import SubctlError
from subctl.domain.text import safe

MONTHLY, ANNUAL = "monthly", "annual"
BILLINGS = (MONTHLY, ANNUAL)
PER = {MONTHLY: "month", ANNUAL: "year"}


class Rates(NamedTuple):
    """What one user and one Zoom licence cost for one period, in ten-thousandths (pricing.md 3.2)."""

    user: int
    zoom: int


class Price(NamedTuple):
    """A title with its monthly and its annual rate, in ten-thousandths."""

    title: str
    monthly: int
    annual: int

    def on(self, billing: str) -> int:
        """Return the rate for one month or for one year."""
        return self.annual if billing == ANNUAL else self.monthly


class Plan(NamedTuple):
    """A plan: its price per user, its limits, and whether customers may change it themselves."""

    id: str
    price: Price
    min_users: int
    max_users: int | None
    self_service: bool


class Seller(NamedTuple):
    """Who writes the invoices; `vat_rate` is a percentage in ten-thousandths (21 % is 210000)."""

    name: str
    address: str
    country: str
    vat_id: str | None
    vat_rate: int
    timezone: str
    support: str
    iban: str | None


class Policy(NamedTuple):
    """The notice in months, and how many days a quote and a payment term last."""

    notice_months: int
    quote_days: int
    payment_days: int


class Catalog(NamedTuple):
    """The vendor's plans, prices and policies, valid from a date; `id` is the store's number for it."""

    id: int
    name: str
    valid_from: date
    currency: str
    seller: Seller
    policy: Policy
    plans: Mapping[str, Plan]
    zoom: Price

    def plan(self, plan_id: str) -> Plan:
        """Return the plan, or refuse with `not_found`."""
        try:
            return self.plans[plan_id]
        except KeyError:
            raise SubctlError(
                "not_found", f"There is no plan '{safe(plan_id)}'.", f"The plans are {', '.join(self.plans)}."
            ) from None

    def rates(self, plan_id: str, billing: str) -> Rates:
        """Return what the plan's users and the Zoom licences cost on this billing."""
        return Rates(self.plan(plan_id).price.on(billing), self.zoom.on(billing))


class Catalogs:
    """Every catalog that was ever imported, in the order of import."""

    def __init__(self, imported: tuple[Catalog, ...]) -> None:
        self.imported = imported
        self._by_day: dict[date, Catalog] = {}
        self._from_day: dict[date, tuple[Catalog, ...]] = {}

    def at(self, day: date) -> Catalog:
        """Return the catalog in force; the earliest also covers the days before it (pricing.md 1).

        Of two with the same first day the one imported later counts: it replaced the other.
        """
        found = self._by_day.get(day)
        if found is None:
            found = self._by_day[day] = self._in_force(day)
        return found

    def _in_force(self, day: date) -> Catalog:
        begun = [catalog for catalog in self.imported if catalog.valid_from <= day]
        if begun:
            return max(begun, key=_rank)
        return min(self.imported, key=lambda catalog: (catalog.valid_from, -catalog.id))

    def from_day(self, day: date) -> tuple[Catalog, ...]:
        """Return the catalog in force on `day` and all that come into force later, in that order."""
        found = self._from_day.get(day)
        if found is None:
            firsts = sorted({catalog.valid_from for catalog in self.imported if catalog.valid_from > day})
            found = self._from_day[day] = (self.at(day), *map(self.at, firsts))
        return found

    @property
    def last_day(self) -> date:
        """The day from which no catalog follows any more."""
        return max(catalog.valid_from for catalog in self.imported)

    def selling(self, plans: set[str]) -> "Catalogs":
        """Return the catalogs that have all these plans: an ended contract may have outlived its own."""
        return Catalogs(tuple(catalog for catalog in self.imported if plans <= catalog.plans.keys()))

    def known_by(self, newest: int) -> "Catalogs":
        """Return the catalogs as they were known when `newest` was the last one imported."""
        return Catalogs(tuple(catalog for catalog in self.imported if catalog.id <= newest))

    @property
    def newest(self) -> int:
        """The number of the catalog that was imported last."""
        return self.imported[-1].id


def _rank(catalog: Catalog) -> tuple[date, int]:
    return catalog.valid_from, catalog.id
