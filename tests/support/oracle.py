"""A second reading of docs/pricing.md: one contract's whole life, written naively, to judge the real code by.

Nothing here comes from `subctl`, and nothing is clever on purpose: boundaries are found by walking from day to
day, a period's price by adding up its stretches. Numbers like "4.5" are the sections of pricing.md. The
refusals of section 5 are not modelled, but those without which a life makes no sense: `RefusedError` is raised
after the end, for a change of billing while a cancellation waits, and for a withdrawal that comes too late.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

MONTHLY, ANNUAL = "monthly", "annual"
DAY = timedelta(days=1)


class RefusedError(Exception):
    """What section 5 of pricing.md refuses, as far as a life needs it."""


@dataclass(frozen=True)
class Catalog:
    """Prices as (monthly, annual), in ten-thousandths, from a day on; and the notice in months."""

    valid_from: date
    plans: dict[str, tuple[int, int]]
    zoom: tuple[int, int]
    notice: int = 1


@dataclass(frozen=True)
class State:
    """What a change names: plan, users, licences, billing."""

    plan: str
    users: int
    zoom: int
    billing: str


@dataclass(frozen=True)
class Step:
    """A price step; `rates` are the user's and the licence's where the step keeps promised ones (3.4)."""

    start: date
    state: State
    anchor: date | None
    rates: tuple[int, int] | None = None


Steps = tuple[Step, ...]


@dataclass(frozen=True)
class Invoice:
    """A document: `kind` is recurring, upgrade or credit; `net` in cents; `lines` counts the rounded lines."""

    kind: str
    day: date
    start: date
    end: date
    net: int
    lines: int


@dataclass(frozen=True)
class Outcome:
    """What a change did. `next_invoice` is the first recurring one that carries the new price."""

    kind: str
    price_from: date | None = None
    due_now: Invoice | None = None
    catch_up: tuple[Invoice, ...] = ()
    next_invoice: Invoice | None = None


@dataclass(frozen=True)
class Order:
    """What a withdrawal needs to know about a change."""

    price_start: date
    steps_before: Steps
    upgrade: Invoice | None
    billed_before: date


def next_first(day: date) -> date:
    """Walk to the first day of the month after `day`'s (2.2)."""
    day += DAY
    while day.day != 1:
        day += DAY
    return day


def months_before(day: date, months: int) -> date:
    """Go back whole months; where the day does not exist there, the month's last day is meant (4, P)."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def position(day: date) -> Fraction:
    """Return the day's place on the line of months (2.6)."""
    return 12 * day.year + day.month + Fraction(day.day - 1, monthrange(day.year, day.month)[1])


def months_between(start: date, end: date) -> Fraction:
    """Return the exact months of `[start, end)` (2.6)."""
    return position(end) - position(start)


def on_anchor(anchor: date, day: date) -> bool:
    """Say whether the day is the anchor plus or minus whole years, never chained (2.3)."""
    if anchor.month != day.month:
        return False
    last = monthrange(day.year, day.month)[1]
    return day.day == min(anchor.day, last)


def cents(amount: Fraction) -> int:
    """Round ten-thousandths to cents, half up, ties away from zero (3.1)."""
    sign = -1 if amount < 0 else 1
    whole, rest = divmod(abs(amount) / 100, 1)
    return sign * (int(whole) + (1 if rest >= Fraction(1, 2) else 0))


def in_force(steps: Steps, day: date) -> Step:
    """Return the step in force on a day; before the first one that is the first."""
    found = steps[0]
    for step in steps:
        if step.start <= day:
            found = step
    return found


def kept(steps: list[Step], repriced: date | None = None) -> Steps:
    """Leave out every step that is equal to the one before it (1).

    Rates do not count, but for the step on the day `repriced`: it has been charged at rates of its own.
    """
    result: list[Step] = []
    for step in sorted(steps, key=lambda one: one.start):
        same = result and (step.state, step.anchor) == (result[-1].state, result[-1].anchor)
        if not same or step.start == repriced:
            result.append(step)
    return tuple(result)


@lru_cache(maxsize=100_000)
def period_end(steps: Steps, start: date) -> date:
    """Walk from a period's first day to the next boundary (2.3).

    That is a first, or a day on the anchor; or the day on which the way of billing changes (4.8).
    """
    own = in_force(steps, start)
    turns = {step.start for step in steps if (step.state.billing, step.anchor) != (own.state.billing, own.anchor)}
    day = start + DAY
    while True:
        if own.anchor is None and day.day == 1:
            return day
        if own.anchor is not None and on_anchor(own.anchor, day):
            return day
        if day in turns:
            return day
        day += DAY


def periods(steps: Steps, first: date) -> Iterator[tuple[date, date]]:
    """Yield one period after the other, from the first billed day on, without end."""
    start = first
    while True:
        end = period_end(steps, start)
        yield start, end
        start = end


def period_holding(steps: Steps, first: date, day: date) -> tuple[date, date]:
    """Return the period that holds the day; before the first billed day that is the first period."""
    for start, end in periods(steps, first):
        if day < end:
            return start, end
    raise AssertionError


def whole_year(step: Step, start: date, end: date) -> bool:
    """Say whether an annual period goes from one boundary to the next: then it counts 12 months."""
    return (
        step.anchor is not None
        and on_anchor(step.anchor, start)
        and on_anchor(step.anchor, end)
        and start.year + 1 == end.year
    )


@dataclass
class Life:
    """One contract from its entry on, with every document that was issued."""

    catalogs: list[Catalog]
    state: State
    start: date
    entered: date
    renews_on: date | None = None
    billed_through: date | None = None
    end: date | None = None
    documents: list[Invoice] = field(default_factory=list)
    lines: int = 0
    orders: list[Order] = field(default_factory=list)
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

    # --- catalogs -----------------------------------------------------------------------------------------

    def import_catalog(self, catalog: Catalog) -> None:
        """Add a catalog; of two that are valid from the same day the one imported later counts."""
        self.catalogs.append(catalog)

    def catalog_on(self, day: date) -> Catalog:
        """Return the catalog in force as known today; the earliest also covers all days before it (1)."""
        earliest = min(catalog.valid_from for catalog in self.catalogs)
        found: Catalog | None = None
        for catalog in self.catalogs:
            begun = catalog.valid_from <= max(day, earliest)
            if begun and (found is None or catalog.valid_from >= found.valid_from):
                found = catalog
        assert found is not None
        return found

    def list_rates(self, day: date, plan: str, billing: str) -> tuple[int, int]:
        """Return the catalog's rates for a user and a licence on that billing."""
        catalog, place = self.catalog_on(day), (0 if billing == MONTHLY else 1)
        return catalog.plans[plan][place], catalog.zoom[place]

    def rates_in(self, step: Step, start: date, end: date) -> tuple[int, int]:
        """Return a step's rates in a period: those it promised for it, else the catalog's at its start (3.4)."""
        if step.rates is not None and start <= step.start < end:
            return step.rates
        return self.list_rates(max(start, self.entered), step.state.plan, step.state.billing)

    def fees_in(self, step: Step, start: date, end: date) -> tuple[int, int]:
        """Return what a step's users and its licences cost for one whole billing period (3.2)."""
        user, zoom = self.rates_in(step, start, end)
        return step.state.users * user, step.state.zoom * zoom

    # --- recurring invoices -------------------------------------------------------------------------------

    def recurring(self, start: date, day: date) -> Invoice:
        """Price what begins on `start` and runs to its period's end, or to the contract's (4.9, 4.10)."""
        period = period_holding(self.steps, self.first, start)
        end = period[1] if self.end is None else min(period[1], self.end)
        own = in_force(self.steps, start)
        whole = (start, end) == period and whole_year(own, start, end)
        months = Fraction(12) if whole else months_between(start, end)
        amounts = [fee * months / self.parts(own) for fee in self.fees_in(own, *period)]
        before = own
        for step in self.steps:
            if start < step.start < end:
                rest = months_between(step.start, end) / self.parts(step)
                old, new = self.fees_in(before, *period), self.fees_in(step, *period)
                amounts += [(after - earlier) * rest for after, earlier in zip(new, old, strict=True)]
                before = step
        return Invoice("recurring", day, start, end, sum(map(cents, amounts)), len(amounts))

    @staticmethod
    def parts(step: Step) -> int:
        """Return how many months one fee of the step pays for."""
        return 1 if step.state.billing == MONTHLY else 12

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
            self.lines += invoice.lines
            if invoice.net != 0:
                issued.append(invoice)
        self.documents += issued
        return tuple(issued)

    # --- changes ------------------------------------------------------------------------------------------

    def ended(self, day: date) -> bool:
        """Say whether nothing can be done any more (4.10)."""
        return self.end is not None and day >= self.end

    def notice_reaches(self, steps: Steps, day: date) -> date:
        """Return P: the first boundary after the day that the notice can still reach (4)."""
        notice = self.catalog_on(day).notice
        for _, boundary in periods(steps, self.first):
            if boundary > day and day <= months_before(boundary, notice):
                return boundary
        raise AssertionError

    def rates_at_charge(self, day: date, charge: date, plan: str, billing: str) -> tuple[int, int]:
        """Return the rates at c, by which a change is judged and priced (3.4)."""
        start, end = period_holding(self.steps, self.first, charge)
        base = in_force(self.steps, charge)
        begun = start <= day
        user, zoom = self.list_rates(day if begun else max(start, self.entered), plan, billing)
        promised = base.rates is not None and start <= base.start
        if billing == base.state.billing and (begun or promised):
            pinned = self.rates_in(base, start, end)
            return (pinned[0] if plan == base.state.plan else user), pinned[1]
        return user, zoom

    def change(
        self,
        day: date,
        plan: str | None = None,
        users: int | None = None,
        zoom: int | None = None,
        billing: str | None = None,
    ) -> Outcome:
        """Order a change of what is named; the rest stays (4)."""
        now = self.state
        wanted = State(
            now.plan if plan is None else plan,
            now.users if users is None else users,
            now.zoom if zoom is None else zoom,
            now.billing if billing is None else billing,
        )
        if self.ended(day):
            raise RefusedError("contract_ended")
        if wanted == now:
            return Outcome("none")
        if self.end is not None and wanted.billing != now.billing:
            raise RefusedError("contract_ending")
        catch_up = self.bill(day)
        charge = self.first if day < self.first else next_first(day)
        base = in_force(self.steps, charge)

        def fee(state: State) -> int:
            user, licence = self.rates_at_charge(day, charge, state.plan, base.state.billing)
            return state.users * user + state.zoom * licence

        def new_step(start: date, on: str, anchor: date | None) -> Step:
            rates = self.rates_at_charge(day, charge, wanted.plan, on) if start == charge else None
            return Step(start, replace(wanted, billing=on), anchor, rates)

        if fee(wanted) < fee(now):
            kind = "downgrade"
        elif replace(wanted, billing=now.billing) == now:
            kind = "billing"
        else:
            kind = "upgrade"

        steps_before, due_now, repriced = self.steps, None, None
        still_monthly = in_force(self.steps, day).state.billing == MONTHLY
        if base.state.billing == MONTHLY or still_monthly or day < self.first:
            # 4.4: a step at c, whatever it is
            price_from = charge
            anchor = None if wanted.billing == MONTHLY else base.anchor or charge
            after = [step for step in self.steps if step.start < charge]
            after.append(new_step(charge, wanted.billing, anchor))
        else:
            price_from, after = self._annual(day, charge, kind, wanted, fee, new_step)
            if kind == "upgrade" and fee(wanted) >= fee(base.state):
                charged = new_step(charge, ANNUAL, base.anchor)
                due_now = self._upgrade_invoice(day, charge, base, charged)
                if due_now is not None and self._new_rates(charge, charged):
                    repriced = charge
        self.steps, self.state = kept(after, repriced), wanted
        differs = self._first_difference(steps_before, self.steps)
        self.orders.append(Order(min(price_from, differs), steps_before, due_now, self.billed_until))
        if due_now is not None:
            self.documents.append(due_now)
        if self.end is not None and price_from >= self.end:
            return Outcome(kind, None, due_now, catch_up)
        return Outcome(kind, price_from, due_now, catch_up, self._carrier(price_from))

    def _annual(
        self,
        day: date,
        charge: date,
        kind: str,
        wanted: State,
        fee: Callable[[State], int],
        new_step: Callable[[date, str, date | None], Step],
    ) -> tuple[date, list[Step]]:
        """Return the date of the price and the new steps of a change by 4.5 to 4.8."""
        base, timeline = in_force(self.steps, charge), self.steps
        switch = next((s.start for s in timeline if s.start > charge and s.state.billing == MONTHLY), None)
        if wanted.billing == ANNUAL and switch is not None:
            timeline = self._stay_annual(charge, base)
            if kind == "billing":
                return switch, list(timeline)
        if kind == "upgrade" and fee(wanted) >= fee(base.state):
            first = charge  # 4.5
        elif kind == "upgrade":
            # 4.6: what is paid is paid; the wanted state takes over where the steps no longer cost more
            first = next(s.start for s in timeline if s.start > charge and fee(s.state) <= fee(wanted))
        else:
            first = self.notice_reaches(timeline, day)  # 4.7, and 4.8 for a mere change of billing
            if kind == "billing":
                # without any notice P can come before an upgrade that was ordered and starts at c; ordered
                # together with it, the switch would not come before it either
                first = max(first, base.start)
        after = [step for step in timeline if step.start < first]
        if wanted.billing == ANNUAL:
            return first, [*after, new_step(first, ANNUAL, base.anchor)]
        # 4.8: on annual billing first, then monthly, but never before the first of the two
        second = max(first, switch or self.notice_reaches(timeline, day))
        if first < second:
            after.append(new_step(first, ANNUAL, base.anchor))
        return first, [*after, new_step(second, MONTHLY, None)]

    def _stay_annual(self, charge: date, base: Step) -> Steps:
        """Turn the waiting monthly steps into annual ones, each on the first boundary that it can have (4.8)."""
        assert base.anchor is not None
        moved: dict[date, Step] = {}
        for step in self.steps:
            start = step.start
            if start <= charge or step.state.billing == ANNUAL:
                moved[start] = step
                continue
            while not on_anchor(base.anchor, start):
                start += DAY
            moved[start] = Step(start, replace(step.state, billing=ANNUAL), base.anchor)
        return kept(list(moved.values()))

    def _upgrade_invoice(self, day: date, charge: date, base: Step, new: Step) -> Invoice | None:
        """Return the invoice of 4.5 for `[c, R)`: not beyond the end, nor beyond what is billed already."""
        period = period_holding(self.steps, self.first, day)
        end = min(period[1], self.billed_until, self.end or period[1])
        if charge >= end:
            return None
        months = months_between(charge, end)
        old, fresh = self.fees_in(base, *period), self.fees_in(new, *period)
        amounts = [cents((after - before) * months / 12) for after, before in zip(fresh, old, strict=True)]
        self.lines += len(amounts)
        return Invoice("upgrade", day, charge, end, sum(amounts), len(amounts)) if sum(amounts) else None

    def _new_rates(self, charge: date, charged: Step) -> bool:
        """Say whether a step costs other rates than the step before it has in the same period."""
        period = period_holding(self.steps, self.first, charge)
        before = in_force(self.steps, charge - DAY)
        return self.rates_in(before, *period) != self.rates_in(charged, *period)

    @staticmethod
    def _first_difference(before: Steps, after: Steps) -> date:
        """Return the first day on which two rows of steps do not say the same."""
        for day in sorted({step.start for step in before + after}):
            old, new = in_force(before, day), in_force(after, day)
            if (old.state, old.anchor) != (new.state, new.anchor):
                return day
        return date.max

    def _carrier(self, price_from: date) -> Invoice | None:
        """Return the first recurring invoice, of those to come, that carries the price."""
        for invoice in self.unbilled(max(self.billed_until, price_from) + 800 * DAY):
            if invoice.end > price_from and invoice.net != 0:
                return invoice
        return None

    # --- ending and taking back ---------------------------------------------------------------------------

    def cancel(self, day: date) -> tuple[Invoice, ...]:
        """End the contract where the notice reaches; what is due is issued first (4.3, 4.10)."""
        if self.ended(day):
            raise RefusedError("contract_ended")
        if self.end is not None:
            return ()
        issued = self.bill(day)
        if day < self.start:
            self.end = day
        elif day < self.first:
            self.end = self.first
        else:
            self.end = self.notice_reaches(self.steps, day)
        return issued

    def withdraw_cancel(self, day: date) -> None:
        """Take the cancellation back: only the end goes (4.11)."""
        if self.ended(day):
            raise RefusedError("contract_ended")
        self.end = None

    def withdraw(self, day: date) -> Invoice | None:
        """Take the latest change back, and credit its upgrade invoice (4.11)."""
        if self.ended(day):
            raise RefusedError("contract_ended")
        order = self.orders[-1]
        if self.end is not None and order.steps_before[-1].state.billing != self.state.billing:
            raise RefusedError("contract_ending")
        # a period of 0.00 counts as billed, too
        carried = self.billed_until > order.billed_before and self.billed_until > order.price_start
        if day >= order.price_start or carried:
            raise RefusedError("too_late")
        self.orders.pop()
        self.steps, self.state = order.steps_before, order.steps_before[-1].state
        if order.upgrade is None:
            return None
        upgrade = order.upgrade
        credit = replace(upgrade, kind="credit", day=day, net=-upgrade.net)
        self.documents.append(credit)
        self.lines += credit.lines
        return credit


def owed(life: Life) -> Fraction:
    """Add up, from the price steps alone, what is owed for all that is billed; in cents, never rounded (4.9).

    Every period is cut into stretches of one step each. For a period that was invoiced elsewhere, only what
    later steps cost more than the step at its start is ours.
    """
    total = Fraction(0)
    for start, end in periods(life.steps, life.first):
        stop = min(end, life.billed_until)
        if start >= stop:
            return total / 100
        own = in_force(life.steps, start)
        paid = sum(life.fees_in(own, start, end)) if start < life.billed_elsewhere else 0
        cuts = [start, *(step.start for step in life.steps if start < step.start < stop), stop]
        lengths = [months_between(one, other) for one, other in pairwise(cuts)]
        if stop == end and whole_year(own, start, end):
            lengths[0] = 12 - sum(lengths[1:], Fraction(0))
        for cut, months in zip(cuts, lengths, strict=False):
            step = in_force(life.steps, cut)
            total += (sum(life.fees_in(step, start, end)) - paid) * months / Life.parts(step)
    raise AssertionError


def balanced(life: Life) -> bool:
    """Say whether the documents sum up to what is owed, within half a cent for each line that was rounded.

    The lines of an invoice that was not issued, because they made 0.00, were rounded too.
    """
    total = sum(document.net for document in life.documents)
    return abs(total - owed(life)) * 2 <= life.lines
