"""One contract's whole life: what is changed, ended and taken back (pricing.md 1, 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from tests.support.oracle.billing import Billed, Order, difference
from tests.support.oracle.calendar import DAY, months_before, months_between, on_anchor
from tests.support.oracle.catalogs import in_force_on, known_from
from tests.support.oracle.customers import refuse_change, refuse_return, refuse_support
from tests.support.oracle.papers import mirrored
from tests.support.oracle.terms import ANNUAL, MONTHLY, Invoice, Outcome, RefusedError, State, Step, Steps, counts
from tests.support.oracle.timeline import first_difference, in_force, period_holding, periods


class Move(NamedTuple):
    """Where a change puts its price: the steps that stay, and the new ones."""

    price_from: date
    stay: Steps
    new: tuple[Step, ...]


class Life(Billed):
    """A contract from its entry on."""

    # --- changes ------------------------------------------------------------------------------------------

    def ended(self, day: date) -> bool:
        """Say whether nothing can be done any more (4.10)."""
        return self.end is not None and day >= self.end

    def sold(self, state: State, start: date, stop: date = date.max) -> bool:
        """Say whether every catalog in force on a day of `[start, stop)`, as known today, can price a state."""
        catalogs = known_from(self.catalogs, start)
        return start >= stop or all(
            catalog.sells(state) for place, catalog in enumerate(catalogs) if place == 0 or catalog.valid_from < stop
        )

    def in_use(self, day: date) -> tuple[State, ...]:
        """Return the states that every catalog to come has to price (3.6)."""
        now = in_force(self.steps, day)
        return self.state, *(step.state for step in self.steps if step.start >= now.start)

    def notice_reaches(self, steps: Steps, day: date) -> date:
        """Return P: the first boundary after the day that the notice can still reach (4)."""
        notice = in_force_on(self.catalogs, day).notice
        for _, boundary in periods(steps, self.first):
            if boundary > day and day <= months_before(boundary, notice):
                return boundary
        raise AssertionError

    def wanted(
        self,
        plan: str | None = None,
        users: int | None = None,
        licences: Mapping[str, int] | None = None,
        billing: str | None = None,
    ) -> State:
        """Return the end state where some things are named; the rest stays (4)."""
        now = self.state
        return State(
            now.plan if plan is None else plan,
            now.users if users is None else users,
            counts({**dict(now.licences), **(licences or {})}),
            now.billing if billing is None else billing,
        )

    def change(self, day: date, wanted: State, command: str = "", *, as_support: bool = False) -> Outcome:
        """Order a change to an end state (4); a command that goes one way refuses the other (5)."""
        now = self.state
        if self.ended(day):
            raise RefusedError("contract_ended")
        if not self.sold(wanted, day):
            raise RefusedError("not_found")
        base = in_force(self.steps, self.charge_date(day))

        def fee(state: State, billing: str = base.state.billing) -> int:
            return self.rates_at_charge(day, state.plan, billing).fee(state)

        compared, own = (fee(now), fee(wanted)), (fee(now, now.billing), fee(wanted, wanted.billing))
        if wanted == now:
            return Outcome("none", compared, own)
        if self.customer is not None:
            refuse_change(self.customer, in_force_on(self.catalogs, day), now, wanted, as_support=as_support)
        self.refuse_other_billing(wanted)
        if compared[1] < compared[0]:
            kind = "downgrade"
        elif replace(wanted, billing=now.billing) == now:
            kind = "billing"
        else:
            kind = "upgrade"
        if {command, kind} == {"upgrade", "downgrade"}:
            raise RefusedError(f"use_{kind}")

        catch_up = self.bill(day)
        monthly = MONTHLY in (base.state.billing, in_force(self.steps, day).state.billing) or day < self.first
        move = self._monthly(day, wanted) if monthly else self._annual(day, kind, wanted, fee)
        due_now = None
        if not monthly and kind == "upgrade" and fee(wanted) >= fee(base.state):
            due_now = self._upgrade_invoice(day, self._step(day, self.charge_date(day), wanted, ANNUAL))
        before = self.steps
        self.steps, self.state = self._kept(move.stay, move.new, day), wanted
        deadline = min(move.price_from, first_difference(before, self.steps))
        self.orders.append(Order(deadline, before, now, due_now, self.billed_until))
        self.version += 1
        outcome = Outcome(kind, compared, own, None, due_now, catch_up)
        if self.end is not None and move.price_from >= self.end:
            return outcome
        return replace(outcome, price_from=move.price_from, next_invoice=self._carrier(move.price_from))

    def refuse_other_billing(self, wanted: State) -> None:
        """Refuse another billing while a cancellation waits (5)."""
        if self.end is not None and wanted.billing != self.state.billing:
            raise RefusedError("contract_ending")

    def _step(self, day: date, start: date, state: State, billing: str) -> Step:
        """Return a new step; one at c keeps the rates at c for its period, a waiting one promises nothing (3.4)."""
        charge = self.charge_date(day)
        anchor = None if billing == MONTHLY else in_force(self.steps, charge).anchor or charge
        rates = self.rates_at_charge(day, state.plan, billing) if start == charge else None
        return Step(start, replace(state, billing=billing), anchor, rates)

    def _kept(self, stay: Steps, new: tuple[Step, ...], day: date) -> Steps:
        """Add new steps, but none that changes nothing (1)."""
        result = [*stay]
        for step in new:
            period = period_holding((*stay, *new), self.first, step.start)
            if not result or not self._changes_nothing(result[-1], step, period, day):
                result.append(step)
        return tuple(result)

    def _changes_nothing(self, before: Step, step: Step, period: tuple[date, date], day: date) -> bool:
        """Say whether a step is as the one before it, and its own period costs the same whatever catalog comes (1)."""
        if (before.state, before.anchor) != (step.state, step.anchor):
            return False
        start, end = period
        if start <= day:
            old, fresh = self.rates_in(before, *period), self.rates_in(step, *period)
            return old.fee(step.state) == fresh.fee(step.state)

        def promise(one: Step) -> object:
            return one.rates.counting(step.state) if one.rates is not None and start <= one.start < end else None

        return promise(before) == promise(step)

    def _monthly(self, day: date, wanted: State) -> Move:
        """4.4: a step at c, whatever it is."""
        charge = self.charge_date(day)
        stay = tuple(step for step in self.steps if step.start < charge)
        return Move(charge, stay, (self._step(day, charge, wanted, wanted.billing),))

    def _annual(self, day: date, kind: str, wanted: State, fee: Callable[[State], int]) -> Move:
        """4.5 to 4.8."""
        charge, timeline = self.charge_date(day), self.steps
        base = in_force(timeline, charge)
        switch = next((s.start for s in timeline if s.start > charge and s.state.billing == MONTHLY), None)
        if wanted.billing == ANNUAL and switch is not None:
            timeline = self._stay_annual(day)
            if kind == "billing":
                return Move(switch, timeline, ())
        if kind == "upgrade" and fee(wanted) >= fee(base.state):
            first = charge  # 4.5
        elif kind == "upgrade":
            # 4.6: what is paid is paid; the wanted state takes over where the steps no longer cost more
            first = next(s.start for s in timeline if s.start > charge and fee(s.state) <= fee(wanted))
        else:
            first = self.notice_reaches(timeline, day)  # 4.7, and 4.8 for a mere change of billing
            if kind == "billing":
                # with a notice of 0, P can lie before a step that was ordered this month
                first = max(first, base.start)
        new = [self._step(day, first, wanted, ANNUAL)]
        if wanted.billing == MONTHLY:
            # 4.8: on annual billing first, then monthly, but never before the first of the two
            second = max(first, switch or self.notice_reaches(timeline, day))
            new = [step for step in new if step.start < second]
            new.append(self._step(day, second, wanted, MONTHLY))
        return Move(first, tuple(step for step in timeline if step.start < first), tuple(new))

    def _stay_annual(self, day: date) -> Steps:
        """Turn the waiting monthly steps into annual ones, each on the first boundary that it can have (4.8)."""
        charge = self.charge_date(day)
        base = in_force(self.steps, charge)
        assert base.anchor is not None
        stay, moved = [], {}
        for step in self.steps:
            if step.start <= charge or step.state.billing == ANNUAL:
                stay.append(step)
                continue
            start = step.start
            while not on_anchor(base.anchor, start):
                start += DAY
            moved[start] = Step(start, replace(step.state, billing=ANNUAL), base.anchor)
        return self._kept(tuple(stay), tuple(moved.values()), day)

    def _upgrade_invoice(self, day: date, new: Step) -> Invoice | None:
        """Return the invoice of 4.5 for `[c, R)`: not beyond the end, nor beyond what is billed already."""
        period = period_holding(self.steps, self.first, day)
        end = min(period[1], self.billed_until, self.end or period[1])
        if new.start >= end:
            return None
        assert new.rates is not None
        base = in_force(self.steps, new.start)
        fees = difference(self.rates_in(base, *period).parts(base.state), new.rates.parts(new.state))
        lines = tuple(self.charged(fees, months_between(new.start, end) / 12, day))
        self.lines += len(lines)
        invoice = Invoice("upgrade", day, new.start, end, lines, in_force_on(self.catalogs, day).vat(self.buyer))
        if invoice.net <= 0:
            return None
        self.documents.append(invoice)
        return invoice

    def _carrier(self, price_from: date) -> Invoice | None:
        """Return the first recurring invoice, of those to come, that carries the price."""
        for invoice in self.unbilled(max(self.billed_until, price_from) + timedelta(800)):
            if invoice.end > price_from and invoice.net > 0:
                return invoice
        return None

    # --- ending and taking back ---------------------------------------------------------------------------

    def cancel(self, day: date, *, as_support: bool = False) -> tuple[Invoice, ...]:
        """End the contract where the notice reaches; what is due is issued first (4.3, 4.10)."""
        if self.ended(day):
            raise RefusedError("contract_ended")
        if self.end is not None:
            return ()
        if self.customer is not None and not as_support:
            refuse_support(self.customer, in_force_on(self.catalogs, day), self.state.plan, self.state.plan)
        issued = self.bill(day)
        self.version += 1
        if day < self.start:
            self.end = day
        elif day < self.first:
            self.end = self.first
        else:
            self.end = self.notice_reaches(self.steps, day)
        return issued

    def refuse_return(self, day: date, back: State, *, as_support: bool = False) -> None:
        """Refuse to take back what leads to a state that is not allowed (5)."""
        if self.ended(day):
            raise RefusedError("contract_ended")
        if self.customer is not None:
            catalog = in_force_on(self.catalogs, day)
            refuse_return(self.customer, catalog, self.state, back, as_support=as_support)
        self.refuse_other_billing(back)

    def withdraw_cancel(self, day: date, *, as_support: bool = False) -> None:
        """Take the cancellation back: only the end goes (4.11)."""
        self.refuse_return(day, self.state, as_support=as_support)
        self.version += self.end is not None
        self.end = None

    def withdraw(self, day: date, *, as_support: bool = False) -> Invoice | None:
        """Take the latest change back, and credit its upgrade invoice (4.11)."""
        order = self.orders[-1]
        self.refuse_return(day, order.state_before, as_support=as_support)
        # a period of 0.00 counts as billed, too
        carried = self.billed_until > order.billed_before and self.billed_until > order.price_start
        if day >= order.price_start or carried or not self.can_return(order, day):
            raise RefusedError("too_late")
        self.orders.pop()
        self.version += 1
        self.steps, self.state = order.steps_before, order.state_before
        if order.upgrade is None:
            return None
        credit = mirrored(order.upgrade, day)
        self.documents.append(credit)
        self.lines += len(credit.lines)
        return credit

    def can_return(self, order: Order, day: date) -> bool:
        """Say whether what would come back is sold on every day on which it would be there (4.11)."""
        back = order.steps_before
        ends = [step.start for step in back[1:]] + [date.max]
        returning = [(step, end) for step, end in zip(back, ends, strict=True) if step not in self.steps]
        first = min((step.start for step, _ in returning), default=date.max)
        return self.sold(order.state_before, day, first) and all(
            self.sold(step.state, max(step.start, day), end) for step, end in returning
        )
