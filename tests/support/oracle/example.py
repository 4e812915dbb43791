"""What the worked examples of pricing.md 8 start from: the built-in catalog, and a state."""

from __future__ import annotations

from datetime import date

from tests.support.oracle.terms import ANNUAL, Catalog, State, counts

BUILT_IN = Catalog(
    date(2020, 1, 1),
    {"starter": (100_000, 1_000_000), "pro": (180_000, 1_800_000), "business": (279_500, 2_795_000)},
    {"zoom": (250_000, 2_500_000)},
)


def at(month: int, day: int, year: int = 2026) -> date:
    """Return a day of the examples' year, or another."""
    return date(year, month, day)


def state(billing: str = ANNUAL) -> State:
    """Return what the contracts of the examples start with."""
    return State("starter", 10, counts({"zoom": 2}), billing)
