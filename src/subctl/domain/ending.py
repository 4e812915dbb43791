"""Deadlines, cancelling and withdrawing: the dates at which a contract can still be turned (pricing.md 4.10, 4.11)."""

from datetime import date
from itertools import zip_longest

from subctl.domain.catalog import Catalogs
from subctl.domain.contract import Contract, State, Steps, changes_monthly, charge_of, notice_date, step_at
from subctl.domain.dates import DAY, add_months
from subctl.domain.invoice import Buyer, Draft, billed_until_after, recurring_drafts
from subctl.domain.record import Record

CANCEL = "cancel"
"""The kind of an order that ends the contract."""


class Cancellation(Record):
    """What cancelling on `day` means: the last day of use, and the invoices that are due before (4.3, 4.10)."""

    day: date
    last_day: date | None
    currency: str
    catch_up: tuple[Draft, ...]

    @property
    def ends_on(self) -> date:
        """The first day after the contract: the day itself, where it never starts."""
        return self.last_day + DAY if self.last_day else self.day


class PlannedEnd(Record):
    """A cancellation, and the contract with its end once all that was due is issued."""

    cancellation: Cancellation
    contract: Contract


class Deadline(Record):
    """Asked for up to and on `by`, a reduction or cancellation takes effect on `effective`."""

    by: date
    effective: date


def _at_notice(contract: Contract, day: date, notice_months: int) -> Deadline:
    reach = notice_date(contract.steps, day, notice_months)
    return Deadline(min(add_months(reach, -notice_months), reach - DAY), reach)


def reduction_deadline(contract: Contract, day: date, notice_months: int) -> Deadline:
    """Return the next date that a reduction still reaches (pricing.md 4.4, 4.7)."""
    if changes_monthly(contract, day):
        charge = charge_of(contract, day)
        return Deadline(charge - DAY, charge)
    by, effective = _at_notice(contract, day, notice_months)
    while _reduction_date(contract, by + DAY, notice_months) == effective:  # days before a switch to monthly
        by += DAY
    return Deadline(by, effective)


def _reduction_date(contract: Contract, day: date, notice_months: int) -> date:
    if changes_monthly(contract, day):
        return charge_of(contract, day)
    return notice_date(contract.steps, day, notice_months)


def cancel_deadline(contract: Contract, day: date, notice_months: int) -> Deadline:
    """Return the first day after the contract if it is cancelled on `day` (pricing.md 4.10)."""
    if day < contract.start:
        return Deadline(contract.start - DAY, day)
    if day < contract.billed_from:
        return Deadline(contract.billed_from - DAY, contract.billed_from)
    return _at_notice(contract, day, notice_months)


def cancelled(contract: Contract, day: date, notice_months: int) -> Contract:
    """Return the contract with its end set (pricing.md 4.10)."""
    return contract._replace(end=cancel_deadline(contract, day, notice_months).effective)


def plan_cancellation(contract: Contract, day: date, catalogs: Catalogs, buyer: Buyer) -> PlannedEnd:
    """Work out what it means to cancel on this day (pricing.md 4.3, 4.10)."""
    catalog = catalogs.at(day)
    billed = contract._replace(billed_until=billed_until_after(contract, day))
    due = recurring_drafts(contract, day, day, catalogs, buyer)
    after = cancelled(billed, day, catalog.policy.notice_months)
    catch_up = tuple(draft for draft in due if draft.payable)
    return PlannedEnd(Cancellation(day, after.last_day, catalog.currency, catch_up), after)


def withdraw_deadline(before: Steps, after: Steps, price_from: date | None) -> date | None:
    """Return the day that ends the time for taking a change back: the price steps differ from there on (4.11)."""
    return min(filter(None, (_first_difference(before, after), price_from)), default=None)


def _first_difference(before: Steps, after: Steps) -> date | None:
    """Return the first day on which two histories of prices differ."""
    days = sorted({step.start for step in (*before, *after)})
    return next((day for day in days if _paid(before, day) != _paid(after, day)), None)


def _paid(steps: Steps, day: date) -> tuple[object, ...]:
    step = step_at(steps, day)
    return step.state, step.anchor, step.rates


def can_withdraw(contract: Contract, day: date, deadline: date | None, billed_until: date) -> bool:
    """Tell whether a change can still be taken back (pricing.md 4.11).

    `deadline` is `withdraw_deadline`'s; `billed_until` is how far the contract was billed when the change was
    ordered: a recurring invoice issued since may carry the change.
    """
    if deadline is None:
        return True
    carried = billed_until <= deadline < contract.billed_until
    return day < deadline and not carried


def returns_unsold(contract: Contract, back: Contract, day: date, catalogs: Catalogs) -> bool:
    """Tell whether what would come back is not sold on a day on which it would be paid or used (pricing.md 4.11).

    `back` is the contract as it would be. Its price steps count from the first day on which they differ, past an end
    as well, which can be taken back too; what may be used counts until the first step that isn't there now.
    """
    differing = _first_difference(back.steps, contract.steps)
    if differing is None:
        return False
    first = next((step.start for step in back.steps if step not in contract.steps), None)
    return not _sold(back.current, day, first, catalogs) or any(
        not _sold(step.state, max(step.start, differing), end, catalogs)
        for step, end in zip_longest(back.steps, (step.start for step in back.steps[1:]))
    )


def _sold(state: State, start: date, end: date | None, catalogs: Catalogs) -> bool:
    """Tell whether every catalog in force on a day of `[start, end)` sells a state's plan and its licences."""
    in_force = (each for each in catalogs.from_day(start) if end is None or max(each.valid_from, start) < end)
    return all(
        state.plan in catalog.plans and all(kind in catalog.licences for kind, _ in state.licences)
        for catalog in in_force
    )


def withdrawn(contract: Contract, steps: Steps) -> Contract:
    """Return the contract with the price steps, and so the entitlement, from before a change."""
    return contract._replace(steps=steps)
