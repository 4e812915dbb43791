"""The things that the second reading speaks of, and VAT by pricing.md 3.3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.support.oracle.calendar import rounded

MONTHLY, ANNUAL = "monthly", "annual"
USERS = "users"
EU = "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"

Counts = tuple[tuple[str, int], ...]
"""A number for each kind of licence, sorted."""


class RefusedError(Exception):
    """What section 5 of pricing.md refuses, as far as a life needs it."""


def counts(numbers: Mapping[str, int]) -> Counts:
    """Return numbers of licences as a state has them: 0 and none are equal (1)."""
    return tuple(sorted((kind, number) for kind, number in numbers.items() if number))


@dataclass(frozen=True)
class State:
    """What a change names: plan, users, licences, billing."""

    plan: str
    users: int
    licences: Counts
    billing: str


@dataclass(frozen=True)
class Rates:
    """What one user and one licence of each kind cost for a period; a kind with a rate may have number 0 (3.4)."""

    user: int
    licences: Counts

    def parts(self, state: State) -> dict[str, int]:
        """Return what a state's users, and each kind of its licences, cost for a period (3.2)."""
        return {USERS: state.users * self.user, **{k: n * dict(self.licences)[k] for k, n in state.licences}}

    def fee(self, state: State) -> int:
        """Return the fee of a state (3.2)."""
        return sum(self.parts(state).values())

    def counting(self, state: State) -> tuple[int, Counts]:
        """Return the rates that a state pays: kinds with number 0 don't count (6.1)."""
        return self.user, tuple((kind, dict(self.licences)[kind]) for kind, _ in state.licences)


@dataclass(frozen=True)
class Buyer:
    """A buyer's name, and what decides on VAT."""

    country: str
    vat_id: str | None = None
    name: str = "Buyer"


@dataclass(frozen=True)
class Seller:
    """A seller's name, and what decides on VAT; the rate is a percentage in ten-thousandths."""

    country: str = "NL"
    vat_id: str | None = "NL123456782B90"
    vat_rate: int = 210_000
    name: str = "Seller"


@dataclass(frozen=True)
class Vat:
    """A category and a rate (3.3)."""

    category: str
    rate: int

    def on(self, net: int) -> int:
        """Return the VAT on minor units, rounded once."""
        return rounded(Fraction(net * self.rate, 1_000_000), 4)


@dataclass(frozen=True)
class Catalog:
    """Prices as (monthly, annual), in ten-thousandths, from a day on; licences in the order of an invoice's lines.

    `limits` are a plan's least and most users; `managed` plans are the vendor's staff's, `private` ones are chosen by
    the spaces that are named (3.6, 5).
    """

    valid_from: date
    plans: Mapping[str, tuple[int, int]]
    licences: Mapping[str, tuple[int, int]]
    notice: int = 1
    rise_notice: int | None = None
    quote_days: int = 30
    digits: int = 2
    seller: Seller = field(default_factory=Seller)
    payment_days: int = 30
    limits: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    managed: frozenset[str] = frozenset()
    private: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def sells(self, state: State) -> bool:
        """Say whether a state can be priced."""
        return state.plan in self.plans and all(kind in self.licences for kind, _ in state.licences)

    def rates(self, plan: str, billing: str) -> Rates:
        """Return what the catalog asks on a billing."""
        place = 0 if billing == MONTHLY else 1
        return Rates(self.plans[plan][place], tuple(sorted((k, pair[place]) for k, pair in self.licences.items())))

    def vat(self, buyer: Buyer) -> Vat:
        """Return category and rate of what is issued to a buyer by this catalog (3.3)."""
        home, there = tax_country(self.seller.country), tax_country(buyer.country)
        if home in EU and self.seller.vat_id is None:
            return Vat("E", 0)
        if home == there:
            return Vat("S", self.seller.vat_rate)
        if home in EU and there in EU:
            return Vat("AE", 0) if buyer.vat_id else Vat("S", self.seller.vat_rate)
        return Vat("O", 0)


def tax_country(country: str) -> str:
    """Return the country as which a country counts for VAT (3.3)."""
    return {"MC": "FR", "IM": "GB", "EL": "GR"}.get(country, country)


@dataclass(frozen=True)
class Step:
    """A price step; `rates` where it keeps promised ones for the period in which it starts (3.4)."""

    start: date
    state: State
    anchor: date | None
    rates: Rates | None = None


Steps = tuple[Step, ...]


@dataclass(frozen=True)
class Invoice:
    """A document: `kind` is recurring, upgrade or credit; lines are (item, amount) in minor units."""

    kind: str
    day: date
    start: date
    end: date
    lines: tuple[tuple[str, int], ...]
    vat: Vat

    @property
    def net(self) -> int:
        """The sum of the lines."""
        return sum(amount for _, amount in self.lines)

    @property
    def tax(self) -> int:
        """The VAT on net."""
        return self.vat.on(self.net)


@dataclass(frozen=True)
class Outcome:
    """What a change did. `next_invoice` is the first recurring one that carries the new price.

    `compared` are the fees of 4.2, before and after; `own` those of the two states on their own billing.
    """

    kind: str
    compared: tuple[int, int]
    own: tuple[int, int]
    price_from: date | None = None
    due_now: Invoice | None = None
    catch_up: tuple[Invoice, ...] = ()
    next_invoice: Invoice | None = None
