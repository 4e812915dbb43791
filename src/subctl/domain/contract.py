"""A contract: its price steps, and the periods and boundaries they make (pricing.md 1, 2, 4).

The last price step is always what was last ordered, so the entitlement is read from it: what the space may
use moves at once, what it pays for moves when the step starts.
"""

from collections.abc import Iterable
from datetime import date

from subctl.domain.catalog import MONTHLY, Catalog, Catalogs, Counts, Rates, counts
from subctl.domain.dates import (
    YEAR,
    Months,
    Period,
    add_months,
    charge_date,
    month_of,
    months_between,
    year_of,
)
from subctl.domain.record import Record

_SHORTEST_MONTH = 28


class State(Record):
    """What a change names: a plan, numbers of users and of licences by kind (`counts`), and how they are paid."""

    plan: str
    users: int
    licences: Counts
    billing: str


class Wish(Record):
    """What a change names; what is None, or a kind of licence that isn't named, stays as it is (pricing.md 4)."""

    plan: str | None = None
    users: int | None = None
    licences: Counts = ()
    billing: str | None = None

    def applied_to(self, current: State) -> State:
        """Return the wanted end state."""
        return State(
            current.plan if self.plan is None else self.plan,
            current.users if self.users is None else self.users,
            counts({**dict(current.licences), **dict(self.licences)}),
            current.billing if self.billing is None else self.billing,
        )


def fee(state: State, rates: Rates) -> int:
    """Return what a state costs for one period at these rates, in ten-thousandths (pricing.md 3.2; `not_found`)."""
    return state.users * rates.user + sum(number * rates.of(kind) for kind, number in state.licences)


class Step(Record):
    """A price step: from `start` on, this state is paid for.

    `anchor` places the boundaries of annual billing; monthly billing has none. `rates` are promised for the
    period in which the step starts, and no longer; a waiting step promises none (pricing.md 3.4).
    """

    start: date
    state: State
    anchor: date | None = None
    rates: Rates | None = None

    def promised(self, period: Period) -> Rates | None:
        """Return the rates it promises for a period: only for the one in which it starts (pricing.md 3.4)."""
        return self.rates if self.start >= period.start else None


Steps = tuple[Step, ...]


class Contract(Record):
    """The contract of a space.

    `billed_from` is the first day that is billed, `billed_until` the first day that no invoice covers yet,
    `end` the first day after the contract, `entered_on` the day it came into the store.
    """

    space: str
    start: date
    billed_from: date
    entered_on: date
    billed_until: date
    steps: Steps
    end: date | None = None
    version: int = 1

    @property
    def current(self) -> State:
        """The entitlement, with the last ordered billing."""
        return self.steps[-1].state

    def ended(self, day: date) -> bool:
        """Tell whether nothing can be used any more."""
        return self.end is not None and day >= self.end

    @property
    def last_day(self) -> date | None:
        """The last day of use; none while no end is set, and none if the contract never started."""
        if self.end is None or self.end <= self.start:
            return None
        return Period(self.start, self.end).last_day

    def period_at(self, day: date) -> Period:
        """Return the period that holds `day`, cut at the contract's end."""
        return self._until_end(period_at(self.steps, day))

    def _until_end(self, period: Period) -> Period:
        return Period(period.start, min(self.end, period.end)) if self.end else period

    def priced(self, day: date) -> date | None:
        """Return the day a step starts, or none where it has no price: at the end or later (4.10)."""
        return None if self.ended(day) else day


def licences_of(state: State, sold: Iterable[str]) -> dict[str, int]:
    """Return a number for each kind of licence that is sold or there."""
    return {**dict.fromkeys(sold, 0), **dict(state.licences)}


class Snapshot(Record):
    """As much of a contract as changes: what a quote or an order was decided on (pricing.md 6.2)."""

    billed_until: date
    end: date | None
    steps: Steps

    def of(self, contract: Contract) -> Contract:
        """Return the contract as it was."""
        return contract._replace(billed_until=self.billed_until, end=self.end, steps=self.steps)


def step_at(steps: Steps, day: date) -> Step:
    """Return the price step in force; the first one also before it starts."""
    for step in reversed(steps):
        if step.start <= day:
            return step
    return steps[0]


def period_at(steps: Steps, day: date) -> Period:
    """Return the period that holds `day`, as if the contract had no end; before the first step, the first period.

    A period ends early where the billing changes, and starts late there: the stub of pricing.md 4.8.
    """
    day = max(day, steps[0].start)
    step = step_at(steps, day)
    same = step.anchor
    start: date | None = steps[0].start
    end: date | None = None
    for other in steps:
        if other.anchor != same:
            if other.start > day:
                end = other.start
                break
            start = None
        elif start is None:
            start = other.start
    natural = year_of(step.anchor, day) if step.anchor else month_of(day)
    return Period(max(natural.start, start) if start else natural.start, min(natural.end, end) if end else natural.end)


def steps_to_bill(steps: Steps, billed_until: date) -> Steps:
    """Return the steps that matter for billing from a day on, in the same form for contracts that pay the same.

    Where a whole period begins on that day, it doesn't matter since when its step is in force, nor in which year
    its anchor lies; an anchor on 29 February is kept, because its boundaries move.
    """
    current = step_at(steps, billed_until)
    later = tuple(step for step in steps if step.start > current.start)
    anchor = current.anchor
    if current.start < billed_until and period_at(steps, billed_until).start == billed_until:
        if anchor and anchor.day <= _SHORTEST_MONTH and not later:
            anchor = billed_until
        current = Step(billed_until, current.state, anchor)
    return (current, *later)


def notice_date(steps: Steps, day: date, notice_months: int) -> date:
    """Return P: the first boundary after `day` that the notice still reaches (pricing.md 4)."""
    boundary = period_at(steps, day).end
    while day > add_months(boundary, -notice_months):
        boundary = period_at(steps, boundary).end
    return boundary


def charge_of(contract: Contract, day: date) -> date:
    """Return c: the charge date, or the first billed day for a change made before it (pricing.md 2.2, 2.4)."""
    return contract.billed_from if day < contract.billed_from else charge_date(day)


def changes_monthly(contract: Contract, day: date) -> bool:
    """Tell whether a change made on `day` follows the monthly rule (pricing.md 4.4)."""
    return (
        day < contract.billed_from
        or step_at(contract.steps, day).state.billing == MONTHLY
        or step_at(contract.steps, charge_of(contract, day)).state.billing == MONTHLY
    )


def rates_in(contract: Contract, step: Step, period: Period, catalogs: Catalogs) -> Rates:
    """Return a step's rates in a period: promised ones, or those of the catalog that prices it (pricing.md 3.4)."""
    promised = step.promised(period)
    if promised is not None:
        return promised
    return pricing_catalog(contract, period, catalogs).rates(step.state.plan, step.state.billing)


def pricing_catalog(contract: Contract, period: Period, catalogs: Catalogs) -> Catalog:
    """Return the catalog that prices a period: that of its first day (pricing.md 3.4)."""
    return catalogs.at(pricing_day(contract, period))


def pricing_day(contract: Contract, period: Period) -> date:
    """Return the day whose catalog prices a period: its first one.

    A contract entered later than it started is priced by the catalog of the day of entry (pricing.md 2.5).
    """
    return max(period.start, contract.entered_on)


def with_steps(contract: Contract, new: Steps, day: date, catalogs: Catalogs) -> Steps:
    """Let new steps, ordered on `day`, replace those that start on or after the first of them (pricing.md 1).

    A new step that changes nothing is left out.
    """
    kept = tuple(step for step in contract.steps if step.start < new[0].start)
    for step in new:
        if not kept or _changes(contract._replace(steps=(*kept, step)), day, catalogs):
            kept = (*kept, step)
    return kept


def _changes(contract: Contract, day: date, catalogs: Catalogs) -> bool:
    """Tell whether the last step changes anything: another state, or another price of its own period (pricing.md 1).

    A period that has begun on `day` has the rates that are paid there; one to come may get others with a catalog, so
    that a step which promises rates is as good as the one before it only where that one promises the same.
    """
    before, step = contract.steps[-2:]
    if (before.state, before.anchor) != (step.state, step.anchor):
        return True
    period = period_at(contract.steps, step.start)
    if period.start <= day:
        paid, to_pay = (rates_in(contract, each, period, catalogs) for each in (before, step))
        return fee(step.state, paid) != fee(step.state, to_pay)
    return before.promised(period) != step.rates


def length(step: Step, period: Period) -> Months:
    """Return how many months a whole period counts: a full year is twelve, whatever February does (4.9)."""
    if step.anchor and year_of(step.anchor, period.start) == period:
        return YEAR
    return months_between(period.start, period.end)


def contract_status(contract: Contract, day: date) -> str:
    """Name where a contract stands: upcoming, active, ending or ended."""
    if contract.ended(day):
        return "ended"
    if day < contract.start:
        return "upcoming"
    return "ending" if contract.end else "active"
