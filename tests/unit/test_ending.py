"""Deadlines, cancelling and withdrawing (pricing.md 4.4, 4.7, 4.10, 4.11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.catalog import MONTHLY
from subctl.domain.contract import Contract, period_at
from subctl.domain.ending import (
    Deadline,
    can_withdraw,
    cancel_deadline,
    cancelled,
    reduction_deadline,
    withdraw_deadline,
    withdrawn,
)
from tests.support.build import annual, change, day, monthly, rates, state, step

UPCOMING = annual(entered_on="2026-03-15", start="2026-05-20")
SWITCHING = annual()._replace(steps=(*annual().steps, step("2026-07-01", state(billing=MONTHLY))))

SWITCHING_LATE = annual("2026-06-20")._replace(
    steps=(*annual("2026-06-20").steps, step("2026-06-20", state(billing=MONTHLY)))
)


@pytest.mark.parametrize(
    ("contract", "on", "by", "effective"),
    [
        (annual(), "2026-03-15", "2026-06-01", "2026-07-01"),
        (annual(), "2026-06-01", "2026-06-01", "2026-07-01"),
        (annual(), "2026-06-02", "2027-06-01", "2027-07-01"),
        (monthly(), "2026-03-15", "2026-03-31", "2026-04-01"),
        (monthly(), "2026-03-31", "2026-03-31", "2026-04-01"),
        (UPCOMING, "2026-03-15", "2026-05-31", "2026-06-01"),
        (SWITCHING, "2026-06-15", "2026-06-30", "2026-07-01"),
        (SWITCHING, "2026-03-15", "2026-06-30", "2026-07-01"),
        (SWITCHING_LATE, "2026-05-25", "2026-06-30", "2026-07-01"),
        (annual("2026-03-31"), "2026-01-31", "2026-02-28", "2026-03-31"),
    ],
)
def test_a_reduction_has_its_deadline(contract: Contract, on: str, by: str, effective: str) -> None:
    """pricing.md 4.4, 4.7: the charge date on monthly billing, and the notice on annual billing."""
    assert reduction_deadline(contract, day(on), 1) == Deadline(day(by), day(effective))


@pytest.mark.parametrize(
    ("contract", "on", "by", "effective"),
    [
        (monthly(), "2026-03-01", "2026-03-01", "2026-04-01"),
        (monthly(), "2026-03-15", "2026-04-01", "2026-05-01"),
        (annual(), "2026-06-01", "2026-06-01", "2026-07-01"),
        (annual(), "2026-06-02", "2027-06-01", "2027-07-01"),
        (SWITCHING, "2026-06-02", "2026-07-01", "2026-08-01"),
        (UPCOMING, "2026-03-15", "2026-05-19", "2026-03-15"),
        (UPCOMING, "2026-05-20", "2026-05-31", "2026-06-01"),
        (UPCOMING, "2026-05-31", "2026-05-31", "2026-06-01"),
        (UPCOMING, "2026-06-01", "2027-05-01", "2027-06-01"),
    ],
)
def test_a_cancellation_has_its_deadline(contract: Contract, on: str, by: str, effective: str) -> None:
    """pricing.md 4.10: P, the first billed day before that, and the same day before the start."""
    assert cancel_deadline(contract, day(on), 1) == Deadline(day(by), day(effective))


def test_without_notice_the_eve_of_the_boundary_still_counts() -> None:
    """pricing.md 4: a boundary is after the day of the change."""
    assert cancel_deadline(annual(), day("2026-06-30"), 0) == Deadline(day("2026-06-30"), day("2026-07-01"))


@pytest.mark.parametrize(
    ("contract", "on", "last_day"),
    [
        (annual(), "2026-03-15", "2026-06-30"),
        (UPCOMING, "2026-05-25", "2026-05-31"),
        (UPCOMING, "2026-05-19", None),
    ],
)
def test_a_cancelled_contract_has_a_last_day(contract: Contract, on: str, last_day: str | None) -> None:
    """pricing.md 4.10: none for a contract that never starts; nothing else moves."""
    done = cancelled(contract, day(on), 1)
    assert done.last_day == (day(last_day) if last_day else None)
    assert done._replace(end=None) == contract


def test_a_change_that_a_recurring_invoice_carries_stays() -> None:
    """pricing.md 4.11: the year from 20 June was billed with the step of 1 July in it."""
    done = change(annual("2026-06-20"), "2026-06-15", users=20)
    billed = done.contract._replace(billed_until=day("2027-06-20"))
    asked = day("2026-06-25"), done.price_from, done.contract.billed_until
    assert can_withdraw(done.contract, *asked) is True
    assert can_withdraw(billed, *asked) is False


def test_a_change_that_no_invoice_carries_yet_can_still_be_taken_back() -> None:
    """pricing.md 4.11: the invoice that was issued in between ends where the price starts."""
    done = change(annual(), "2026-06-02", users=8)
    billed = done.contract._replace(billed_until=day("2027-07-01"))
    assert (done.price_from, done.contract.billed_until) == (day("2027-07-01"), day("2026-07-01"))
    assert can_withdraw(billed, day("2027-06-30"), done.price_from, done.contract.billed_until) is True


def test_a_change_without_a_price_can_always_be_taken_back() -> None:
    """pricing.md 4.10, 4.11: its price never starts."""
    done = change(cancelled(annual(), day("2026-03-15"), 1), "2026-06-15", users=20)
    assert done.price_from is None
    assert can_withdraw(done.contract, day("2026-06-30"), None, done.contract.billed_until) is True


UPGRADED = change(annual(), "2026-03-15", users=20).contract
STUB = annual("2026-11-02")._replace(steps=(*annual("2026-11-02").steps, step("2026-11-02", state(billing=MONTHLY))))
BACK = change(STUB, "2026-03-15", billing="annual", users=8)


@pytest.mark.parametrize(
    ("before", "after", "price_from", "deadline"),
    [
        (annual(), UPGRADED, "2026-04-01", "2026-04-01"),
        (annual(), UPGRADED, None, "2026-04-01"),
        (UPGRADED, annual(), "2026-04-01", "2026-04-01"),
        (STUB, BACK.contract, "2027-11-02", "2026-11-02"),
        (annual(), annual(), "2026-07-01", "2026-07-01"),
        (annual(), annual(), None, None),
    ],
)
def test_a_change_can_be_taken_back_until_what_is_paid_differs(
    before: Contract, after: Contract, price_from: str | None, deadline: str | None
) -> None:
    """pricing.md 4.11, 9: the first day on which the price steps differ, if that comes before the price."""
    found = withdraw_deadline(before.steps, after.steps, day(price_from) if price_from else None)
    assert found == (day(deadline) if deadline else None)


def test_steps_that_differ_in_their_rates_alone_differ() -> None:
    """pricing.md 3.4, 4.11: a step that only reprices what is in use has its day as well."""
    promised = annual().steps[0]._replace(start=day("2026-04-01"), rates=rates(1, 2))
    assert withdraw_deadline(annual().steps, (*annual().steps, promised), None) == day("2026-04-01")


def test_withdrawing_brings_the_steps_and_so_the_entitlement_back() -> None:
    """pricing.md 4.11: what was billed stays billed, and an end stays."""
    done = change(cancelled(annual(), day("2026-03-15"), 1), "2026-03-16", users=20).contract
    back = withdrawn(done, annual().steps)
    assert back == annual()._replace(end=day("2026-07-01"))
    assert back.current == state()


days = st.dates(date(2026, 1, 10), date(2029, 12, 31))


@given(st.sampled_from([annual(), annual("2026-06-20"), monthly(), UPCOMING, SWITCHING, SWITCHING_LATE]), days)
def test_until_its_deadline_a_reduction_starts_the_same_day_and_then_later(contract: Contract, on: date) -> None:
    """pricing.md 4.4, 4.7: the deadline is the last day on which the price of a reduction starts that day."""
    deadline = reduction_deadline(contract, on, 1)
    starts = [
        change(contract, str(on + timedelta(later)), users=1).price_from for later in (0, (deadline.by - on).days)
    ]
    assert starts == [deadline.effective] * 2
    after = change(contract, str(deadline.by + timedelta(1)), users=1).price_from
    assert after is not None
    assert after > deadline.effective


@given(st.sampled_from([annual(), annual("2026-06-20"), monthly(), UPCOMING, SWITCHING]), days, st.integers(0, 4))
def test_until_its_deadline_a_cancellation_ends_the_same_day_and_then_later(
    contract: Contract, on: date, notice: int
) -> None:
    """pricing.md 4.10: the deadline is the last day that reaches the end that it names, a boundary of the contract."""
    deadline = cancel_deadline(contract, on, notice)
    assert deadline.by >= on
    if on >= contract.start:
        assert deadline.effective > on
        assert period_at(contract.steps, deadline.effective).start == deadline.effective
        assert cancel_deadline(contract, deadline.by, notice) == deadline
        assert cancel_deadline(contract, deadline.by + timedelta(1), notice).effective > deadline.effective
