"""One contract as it is entered and billed: its rates, and its recurring invoices (pricing.md 2.4 to 3.4, 4.3, 4.9)."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple, Self

from tests.support.oracle.calendar import DAY, months_between, next_first, rounded
from tests.support.oracle.catalogs import Known, in_force_on
from tests.support.oracle.customers import Customer
from tests.support.oracle.terms import ANNUAL, MONTHLY, Buyer, Invoice, Rates, State, Step, Steps
from tests.support.oracle.timeline import in_force, period_holding, whole_year


class Offer(NamedTuple):
    """What a quote promises its rates by: its day, and the catalogs as they were known then (6.2)."""

    day: date
    known: Known


@dataclass(frozen=True)
class Order:
    """What a withdrawal needs to know about a change."""

    price_start: date
    steps_before: Steps
    state_before: State
    upgrade: Invoice | None
    billed_before: date


@dataclass
class Billed:
    """A contract as far as it is billed.

    `lines` counts the lines that were rounded, `version` what was ordered or taken back. Without a `customer` only
    the contract itself refuses.
    """

    catalogs: Known
    state: State
    start: date
    entered: date
    renews_on: date | None = None
    billed_through: date | None = None
    buyer: Buyer = field(default_factory=lambda: Buyer("NL"))
    customer: Customer | None = None
    end: date | None = None
    documents: list[Invoice] = field(default_factory=list)
    lines: int = 0
    version: int = 0
    orders: list[Order] = field(default_factory=list)
    offer: Offer | None = None
    first: date = field(init=False)
    steps: Steps = field(init=False)
    billed_until: date = field(init=False)
    billed_elsewhere: date = field(init=False)

    def __post_init__(self) -> None:
        """Enter the contract (2.4, 2.5)."""
        self.first = self.start if self.start.day == 1 else next_first(self.start)
        anchor = (self.renews_on or self.first) if self.state.billing == ANNUAL else None
        self.steps = (Step(self.first, self.state, anchor),)
        self.billed_until = self.first
        if self.billed_through is not None:
            self.billed_until = self.billed_through + DAY
        elif self.start < self.entered and self.first <= self.entered:
            self.billed_until = period_holding(self.steps, self.first, self.entered)[1]
        self.billed_elsewhere = self.billed_until

    def copy(self) -> Self:
        """Return a life that can be lived on without this one."""
        other = copy.copy(self)
        other.documents, other.orders = [*self.documents], [*self.orders]
        return other

    # --- rates --------------------------------------------------------------------------------------------

    def charge_date(self, day: date) -> date:
        """Return c: the first of the next month, or the day from which the contract is billed (2.2, 2.4)."""
        return self.first if day < self.first else next_first(day)

    def rates_in(self, step: Step, start: date, end: date) -> Rates:
        """Return a step's rates in a period: those it promised for it, else the catalog's at its start (3.4).

        Before the contract was entered nothing had a price: then the catalog of the day of entry counts (2.5).
        """
        if step.rates is not None and start <= step.start < end:
            return step.rates
        return in_force_on(self.catalogs, max(start, self.entered)).rates(step.state.plan, step.state.billing)

    def rates_at_charge(self, day: date, plan: str, billing: str) -> Rates:
        """Return the rates at c that judge a change and price it: as known today, or on a quote's day (3.4, 6.2).

        c is that of today in either case: a quote is recomputed on the day of its order.
        """
        told = self.offer or Offer(day, self.catalogs)
        charge = self.charge_date(day)
        start, end = period_holding(self.steps, self.first, charge)
        base, begun = in_force(self.steps, charge), start <= day
        listed = in_force_on(told.known, told.day if begun else start).rates(plan, billing)
        promised = base.rates is not None and start <= base.start
        if billing != base.state.billing or not (begun or promised):
            return listed
        paid = self.rates_in(base, start, end)
        licences = tuple(sorted({**dict(listed.licences), **dict(paid.licences)}.items()))
        return Rates(paid.user if plan == base.state.plan else listed.user, licences)

    # --- recurring invoices -------------------------------------------------------------------------------

    def recurring(self, start: date, day: date) -> Invoice:
        """Price what begins on `start` and runs to its period's end, or to the contract's (4.9, 4.10)."""
        period = period_holding(self.steps, self.first, start)
        end = period[1] if self.end is None else min(period[1], self.end)
        own = in_force(self.steps, start)
        whole = (start, end) == period and whole_year(own, start, end)
        months = Fraction(12) if whole else months_between(start, end)
        paid = self.rates_in(own, *period).parts(own.state)
        lines = [*self.charged(paid, months / parts(own), start)]
        for step in self.steps:
            if start < step.start < end:
                fresh = self.rates_in(step, *period).parts(step.state)
                length = months_between(step.start, end) / parts(step)
                lines += self.charged(difference(paid, fresh), length, start)
                paid = fresh
        vat = in_force_on(self.catalogs, start).vat(self.buyer)
        return Invoice("recurring", day, start, end, tuple(lines), vat)

    def charged(self, fees: Mapping[str, int], length: Fraction, day: date) -> Iterator[tuple[str, int]]:
        """Yield one line for each item: its fee for so many periods, rounded once (3.1)."""
        digits = in_force_on(self.catalogs, day).digits
        return ((item, rounded(fee * length, digits)) for item, fee in fees.items() if fee)

    def unbilled(self, until: date) -> Iterator[Invoice]:
        """Yield the recurring invoices whose period starts on or before `until`, also those of nothing."""
        start = self.billed_until
        while start <= until and (self.end is None or start < self.end):
            invoice = self.recurring(start, until)
            yield invoice
            start = invoice.end

    def bill(self, day: date) -> tuple[Invoice, ...]:
        """Issue what is due; an invoice of 0.00 is not issued (3.1, 4.3)."""
        issued = []
        for invoice in list(self.unbilled(day)):
            self.billed_until = invoice.end
            self.lines += len(invoice.lines)
            if invoice.net > 0:
                issued.append(invoice)
        self.documents += issued
        return tuple(issued)


def parts(step: Step) -> int:
    """Return how many months one fee of the step pays for."""
    return 1 if step.state.billing == MONTHLY else 12


def difference(old: Mapping[str, int], fresh: Mapping[str, int]) -> dict[str, int]:
    """Return what each item costs more (4.5)."""
    return {item: fresh.get(item, 0) - old.get(item, 0) for item in {**old, **fresh}}
