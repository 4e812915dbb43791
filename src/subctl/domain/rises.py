"""Rises: what a catalog makes dearer or harder to leave, and how long before it must be known (pricing.md 3.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from subctl.domain.catalog import BILLINGS, Catalog, Catalogs, Policy, Price
from subctl.domain.dates import DAY, add_months
from subctl.domain.money import format_rate


class Move(NamedTuple):
    """A rate that a catalog changes, in ten-thousandths, under its key in the catalog file."""

    key: str
    before: int
    after: int

    @property
    def rises(self) -> bool:
        """Tell whether it gets dearer."""
        return self.after > self.before


def moved_rates(earlier: Catalog, later: Catalog) -> Iterator[Move]:
    """Yield the rates of plans and licences, sold by both, that differ."""
    for plan, old in earlier.plans.items():
        if plan in later.plans:
            yield from _moved(f"plans.{plan}", old.price, later.plans[plan].price)
    for kind, price in earlier.licences.items():
        if kind in later.licences:
            yield from _moved(f"licences.{kind}", price, later.licences[kind])


def _moved(key: str, old: Price, new: Price) -> Iterator[Move]:
    for billing in BILLINGS:
        if old.on(billing) != new.on(billing):
            yield Move(f"{key}.{billing}", old.on(billing), new.on(billing))


def warning_months(policy: Policy) -> int:
    """Return how many months before a rise it must be known, by the catalog in force before it."""
    return policy.notice_months if policy.rise_notice_months is None else policy.rise_notice_months


def binding_faults(known: Catalogs, day: date, valid_from: date) -> list[str]:
    """Name what binds somebody who could not escape it any more, each `key: what is wrong`.

    `known` are the catalogs as they would be after something was imported or dropped on `day` for `valid_from`; the
    one that comes into force then, if there is any, is proved, and the one after it: what comes before others stays.
    """
    coming = [catalog for catalog in known.from_day(day)[1:] if catalog.valid_from >= valid_from]
    proved = 1 + sum(catalog.valid_from == valid_from for catalog in coming)
    faults: list[str] = []
    for catalog in coming[:proved]:
        earlier = known.at(catalog.valid_from - DAY)
        months = warning_months(earlier.policy)
        if day > add_months(catalog.valid_from, -months):
            faults += [f"{fault}: {_too_soon(catalog, day, months)}" for fault in _dearer(earlier, catalog)]
    return faults


def _dearer(earlier: Catalog, later: Catalog) -> Iterator[str]:
    for move in moved_rates(earlier, later):
        if move.rises:
            yield f"{move.key} rises from {format_rate(move.before)} to {format_rate(move.after)}"
    if later.policy.notice_months > earlier.policy.notice_months:
        yield f"policy.notice_months grows from {earlier.policy.notice_months} to {later.policy.notice_months}"
    before, after = warning_months(earlier.policy), warning_months(later.policy)
    if after < before:
        yield f"policy.rise_notice_months falls from {before} to {after}"


def _too_soon(catalog: Catalog, day: date, months: int) -> str:
    """Say which day would do: nobody is bound by a rise that he could not escape."""
    return f"on {catalog.valid_from} that comes too soon; imported on {day}, {earliest_rise(day, months)} would do"


def earliest_rise(day: date, months: int) -> date:
    """Return the first day from which a rise that becomes known on `day` may be in force."""
    first = add_months(day, months)
    while add_months(first, -months) < day:
        first += DAY
    return first
