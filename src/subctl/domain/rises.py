"""Rises: what a catalog makes dearer or harder to leave, and how long before it must be known (pricing.md 3.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from subctl.domain.catalog import BILLINGS, Catalog, Catalogs, Policy, Price
from subctl.domain.dates import DAY, add_months
from subctl.domain.money import format_rate
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence


class Move(Record):
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


def binding_faults(known: Catalogs, day: date, valid_from: date) -> list[Sentence]:
    """Name what binds somebody who could not escape it any more, each by its key.

    `known` are the catalogs as they would be after something was imported or dropped on `day` for `valid_from`; the
    one that comes into force then, if there is any, is proved, and the one after it: what comes before others stays.
    """
    coming = [catalog for catalog in known.from_day(day)[1:] if catalog.valid_from >= valid_from]
    proved = 1 + sum(catalog.valid_from == valid_from for catalog in coming)
    faults: list[Sentence] = []
    for catalog in coming[:proved]:
        earlier = known.at(catalog.valid_from - DAY)
        months = warning_months(earlier.policy)
        if day > add_months(catalog.valid_from, -months):
            faults += [_too_soon(fault, catalog, day, months) for fault in _dearer(earlier, catalog)]
    return faults


def _dearer(earlier: Catalog, later: Catalog) -> Iterator[Sentence]:
    for move in moved_rates(earlier, later):
        if move.rises:
            rates = {"key": move.key, "before": format_rate(move.before), "after": format_rate(move.after)}
            yield Sentence(N_("{key} rises from {before} to {after}"), rates)
    before, after = earlier.policy.notice_months, later.policy.notice_months
    if after > before:
        yield Sentence(N_("policy.notice_months grows from {before} to {after}"), {"before": before, "after": after})
    before, after = warning_months(earlier.policy), warning_months(later.policy)
    if after < before:
        months = {"before": before, "after": after}
        yield Sentence(N_("policy.rise_notice_months falls from {before} to {after}"), months)


def _too_soon(fault: Sentence, catalog: Catalog, day: date, months: int) -> Sentence:
    """Say which day would do, as a catalog has it: nobody is bound by a rise that he could not escape."""
    return Sentence(
        N_("{fault}: on {valid_from} that comes too soon; imported on {day}, {earliest} would do"),
        {
            "fault": fault,
            "valid_from": catalog.valid_from,
            "day": day,
            "earliest": earliest_rise(day, months).isoformat(),
        },
    )


def earliest_rise(day: date, months: int) -> date:
    """Return the first day from which a rise that becomes known on `day` may be in force."""
    first = add_months(day, months)
    while add_months(first, -months) < day:
        first += DAY
    return first
