"""Price steps, and the periods and boundaries they make (pricing.md 1, 2.3, 3.4, 4)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.catalog import ANNUAL, MONTHLY, Catalogs, Rates
from subctl.domain.contract import (
    Contract,
    Snapshot,
    State,
    Step,
    Steps,
    Wish,
    changes_monthly,
    charge_of,
    contract_status,
    length,
    notice_date,
    period_at,
    rates_in,
    step_at,
    steps_to_bill,
    with_steps,
)
from subctl.domain.dates import YEAR, Months, Period
from tests.support.build import CATALOGS, annual, day, later, monthly, rates, state, step

YEARLY: Steps = (step("2025-07-01", state(), "2025-07-01"),)
MONTHS: Steps = (step("2025-07-01", state(billing=MONTHLY)),)
LEAP: Steps = (step("2023-03-01", state(), "2024-02-29"),)
"""An anchor on 29 February: renewed then for the first time."""
SWITCHING: Steps = (*YEARLY, step("2026-07-01", state(billing=MONTHLY)))
"""Annual, and monthly from the renewal date on."""
STUB: Steps = (step("2025-07-01", state(), "2026-06-20"), step("2026-06-20", state(billing=MONTHLY)))
"""Annual to the 20th of a month, and monthly from then on."""
SHORT: Steps = (step("2025-07-01", state(), "2026-06-20"),)
"""Annual with a first period up to a given renewal date."""
BACK: Steps = (*MONTHS, step("2026-04-01", state(), "2026-04-01"))
"""Monthly, and annual from 1 April on."""
THEN_MORE: Steps = (*YEARLY, step("2026-04-01", state(users=20), "2025-07-01"), *SWITCHING[1:])


def period(start: str, end: str) -> Period:
    return Period(day(start), day(end))


@pytest.mark.parametrize(
    ("steps", "within", "start", "end"),
    [
        (MONTHS, "2026-03-15", "2026-03-01", "2026-04-01"),
        (MONTHS, "2026-04-01", "2026-04-01", "2026-05-01"),
        (MONTHS, "2020-01-01", "2025-07-01", "2025-08-01"),
        (YEARLY, "2026-03-15", "2025-07-01", "2026-07-01"),
        (YEARLY, "2026-07-01", "2026-07-01", "2027-07-01"),
        (YEARLY, "2020-01-01", "2025-07-01", "2026-07-01"),
        (LEAP, "2023-12-31", "2023-03-01", "2024-02-29"),
        (LEAP, "2024-02-29", "2024-02-29", "2025-02-28"),
        (LEAP, "2025-02-28", "2025-02-28", "2026-02-28"),
        (LEAP, "2028-02-28", "2027-02-28", "2028-02-29"),
        (SHORT, "2025-07-01", "2025-07-01", "2026-06-20"),
        (SHORT, "2026-06-20", "2026-06-20", "2027-06-20"),
        (SWITCHING, "2026-06-30", "2025-07-01", "2026-07-01"),
        (SWITCHING, "2026-07-01", "2026-07-01", "2026-08-01"),
        (STUB, "2026-06-19", "2025-07-01", "2026-06-20"),
        (STUB, "2026-06-20", "2026-06-20", "2026-07-01"),
        (STUB, "2026-07-01", "2026-07-01", "2026-08-01"),
        (BACK, "2026-03-31", "2026-03-01", "2026-04-01"),
        (BACK, "2026-04-01", "2026-04-01", "2027-04-01"),
        (THEN_MORE, "2026-05-01", "2025-07-01", "2026-07-01"),
        (THEN_MORE, "2026-07-15", "2026-07-01", "2026-08-01"),
    ],
)
def test_every_day_has_its_period(steps: Steps, within: str, start: str, end: str) -> None:
    """pricing.md 2.3, 4.8, 4.9: calendar months, anchored years, the stub and the short first period."""
    assert period_at(steps, day(within)) == period(start, end)


def test_annual_billing_that_ends_early_and_begins_anew_has_its_own_periods() -> None:
    """pricing.md 4.8: a period ends where the billing changes, and the next one starts there."""
    steps = (*STUB, step("2026-09-01", state(), "2026-09-01"), step("2027-02-01", state(billing=MONTHLY)))
    found = [period_at(steps, day(within)) for within in ("2026-06-25", "2026-08-31", "2026-12-01", "2027-02-01")]
    assert found == [
        period("2026-06-20", "2026-07-01"),
        period("2026-08-01", "2026-09-01"),
        period("2026-09-01", "2027-02-01"),
        period("2027-02-01", "2027-03-01"),
    ]


@pytest.mark.parametrize(
    ("anchor", "boundaries"),
    [
        ("2024-02-29", ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"]),
        ("2024-01-30", ["2025-01-30", "2026-01-30", "2027-01-30", "2028-01-30", "2029-01-30"]),
        ("2024-08-31", ["2025-08-31", "2026-08-31", "2027-08-31", "2028-08-31", "2029-08-31"]),
    ],
)
def test_boundaries_of_anchors_at_a_months_end_are_not_chained(anchor: str, boundaries: list[str]) -> None:
    """pricing.md 2.3: an anchor on 29, 30 or 31 keeps its day wherever the month has it."""
    steps = (step("2024-01-01", state(), anchor),)
    found, at = [], day(anchor)
    for _ in boundaries:
        at = period_at(steps, at).end
        found.append(str(at))
    assert found == boundaries


def test_a_period_is_cut_at_the_contracts_end() -> None:
    """pricing.md 4.10: nothing is billed from the end on."""
    contract = annual()._replace(end=day("2026-06-01"))
    assert contract.period_at(day("2026-03-15")) == period("2025-07-01", "2026-06-01")
    assert annual().period_at(day("2026-03-15")) == period("2025-07-01", "2026-07-01")
    assert annual()._replace(end=day("2027-07-01")).period_at(day("2026-03-15")) == period("2025-07-01", "2026-07-01")


def test_a_step_has_a_price_only_before_the_end() -> None:
    """pricing.md 4.10: a step that starts at the end or later has no price."""
    contract = annual()._replace(end=day("2026-07-01"))
    assert contract.priced(day("2026-06-30")) == day("2026-06-30")
    assert contract.priced(day("2026-07-01")) is None
    assert annual().priced(day("2099-01-01")) == day("2099-01-01")


@pytest.mark.parametrize(
    ("end", "last_day"),
    [(None, None), ("2026-07-01", "2026-06-30"), ("2025-07-01", None), ("2025-06-01", None)],
)
def test_the_last_day_is_the_eve_of_the_end(end: str | None, last_day: str | None) -> None:
    """pricing.md 4.10: a contract that never started has no last day."""
    contract = annual()._replace(end=day(end) if end else None)
    assert contract.last_day == (day(last_day) if last_day else None)


@pytest.mark.parametrize(
    ("end", "on", "status"),
    [
        (None, "2025-06-30", "upcoming"),
        (None, "2025-07-01", "active"),
        ("2026-07-01", "2025-06-30", "upcoming"),
        ("2026-07-01", "2026-06-30", "ending"),
        ("2026-07-01", "2026-07-01", "ended"),
        ("2025-06-01", "2025-06-01", "ended"),
    ],
)
def test_a_contract_is_upcoming_active_ending_or_ended(end: str | None, on: str, status: str) -> None:
    """pricing.md 4.10: until the end all stays usable, and from there on nothing is."""
    contract = annual()._replace(end=day(end) if end else None)
    assert contract_status(contract, day(on)) == status
    assert contract.ended(day(on)) == (status == "ended")


@pytest.mark.parametrize(
    ("on", "in_force"), [("2020-01-01", 0), ("2026-03-31", 0), ("2026-04-01", 1), ("2026-07-01", 2), ("2030-01-01", 2)]
)
def test_a_step_is_in_force_until_the_next(on: str, in_force: int) -> None:
    """pricing.md 1: the first step also covers the days before it."""
    assert step_at(THEN_MORE, day(on)) == THEN_MORE[in_force]


def test_the_entitlement_is_what_was_last_ordered() -> None:
    """pricing.md 4.1: what may be used moves at once, whatever the price does."""
    assert annual()._replace(steps=THEN_MORE).current == state(billing=MONTHLY)


MARCH = day("2026-03-15")


def replaced(steps: Steps, *new: Step, on: date = MARCH, catalogs: Catalogs = CATALOGS) -> Steps:
    """Return the steps of the annual contract with new ones ordered on a day."""
    return with_steps(annual()._replace(steps=steps), new, on, catalogs)


def test_a_new_step_replaces_only_what_starts_on_its_day_or_later() -> None:
    """pricing.md 1: steps before it are the history."""
    new = step("2026-07-01", state(users=9), "2025-07-01")
    assert replaced(THEN_MORE, new) == (*THEN_MORE[:2], new)


APRIL, AUGUST = "2026-04-01", "2026-08-01"
"""Firsts in the year that has begun in March, and in the one after it."""


def repeated(start: str, user: int | None = None, zoom: int = 2_500_000) -> Step:
    """Return the yearly step once more, from a day on; with a promise or without."""
    promise = None if user is None else rates(user, zoom)
    return YEARLY[0]._replace(start=day(start), rates=promise)


@pytest.mark.parametrize(
    ("step", "kept"),
    [
        (repeated(APRIL), False),
        (repeated(APRIL, 1_000_000), False),
        (repeated(APRIL, 1_000_000, 2_600_000), True),
        (repeated(APRIL, 1_200_000), True),
        (repeated(APRIL, 900_000), True),
        (repeated(APRIL, 900_000, 3_000_000), False),  # 10 × 90 + 2 × 300 is 1500 as well
        (repeated(AUGUST), False),
        (repeated(AUGUST, 1_000_000), True),
    ],
)
def test_a_step_in_the_same_state_is_kept_where_its_period_may_cost_something_else(step: Step, *, kept: bool) -> None:
    """pricing.md 1: a begun period by the rates paid there; one to come by the promise, whatever catalog comes."""
    assert replaced(YEARLY, step) == ((*YEARLY, step) if kept else YEARLY)


@pytest.mark.parametrize(("on", "kept"), [("2026-06-30", True), ("2026-07-01", False)])
def test_a_period_that_begins_on_the_day_of_the_change_has_begun(on: str, *, kept: bool) -> None:
    """pricing.md 1: its rates are paid from that day on, and no catalog can change them."""
    step = repeated(AUGUST, 1_000_000)
    assert replaced(YEARLY, step, on=day(on)) == ((*YEARLY, step) if kept else YEARLY)


@pytest.mark.parametrize(
    ("before", "step", "kept"),
    [
        (repeated("2026-07-01", 1_000_000), repeated(AUGUST, 1_000_000), False),
        (repeated("2026-07-01", 1_000_000), repeated(AUGUST, 1_100_000), True),
        (repeated("2026-07-01", 1_000_000), repeated(AUGUST), True),
        (repeated("2026-07-01", 1_000_000), repeated("2027-08-01"), False),
        (repeated("2026-07-01", 1_000_000), repeated("2027-08-01", 1_000_000), True),
    ],
)
def test_a_promise_stands_for_its_own_period_alone(before: Step, step: Step, *, kept: bool) -> None:
    """pricing.md 1: a step in a period to come is as good as the one before where that promises the same rates."""
    assert replaced((*YEARLY, before), step) == ((*YEARLY, before, step) if kept else (*YEARLY, before))


def test_what_is_paid_in_a_begun_period_is_what_was_promised_there() -> None:
    """pricing.md 1, 3.4: not what its catalog says."""
    paid = repeated(APRIL, 900_000)
    after = day("2026-05-15")
    assert replaced((*YEARLY, paid), repeated("2026-06-01", 900_000), on=after) == (*YEARLY, paid)
    other = repeated("2026-06-01", 1_000_000)
    assert replaced((*YEARLY, paid), other, on=after) == (*YEARLY, paid, other)


@pytest.mark.parametrize(
    "changed",
    [
        step(APRIL, state("pro"), "2025-07-01"),
        step(APRIL, state(users=11), "2025-07-01"),
        step(APRIL, state(zoom=3), "2025-07-01"),
        step(APRIL, state(), APRIL),
        step(APRIL, state(billing=MONTHLY)),
    ],
)
def test_a_step_in_another_state_or_with_another_anchor_is_kept(changed: Step) -> None:
    """pricing.md 1: plan, users, licences, billing and anchor, whatever they cost."""
    free = Rates(0, (("zoom", 0),))
    assert replaced(YEARLY, changed._replace(rates=free)) == (*YEARLY, changed._replace(rates=free))


def test_of_several_new_steps_each_has_to_change_something() -> None:
    """pricing.md 1: what is left out is no predecessor."""
    new = (
        repeated(APRIL),
        step("2026-05-01", state(users=12), "2025-07-01"),
        repeated("2026-06-01")._replace(state=state(users=12)),
    )
    assert replaced(THEN_MORE, *new) == (*YEARLY, new[1])


@pytest.mark.parametrize(
    ("wish", "wanted"),
    [
        (Wish(), state()),
        (Wish(plan="pro"), state("pro")),
        (Wish(users=20, licences=(("zoom", 0),)), state(users=20, zoom=0)),
        (Wish("pro", 20, (("zoom", 3),), MONTHLY), state("pro", 20, 3, MONTHLY)),
    ],
)
def test_what_is_not_named_stays_as_it_is(wish: Wish, wanted: State) -> None:
    """pricing.md 4: no licences at all is a wish as well."""
    assert wish.applied_to(state()) == wanted


PROMISED: Steps = (*YEARLY, step("2026-04-01", state(users=20), "2025-07-01")._replace(rates=rates(1, 2)))
RENEWED: Steps = (*YEARLY, PROMISED[1]._replace(start=day("2026-07-01")))
"""Renewed with a promise for the year that begins there."""
SHORTEST: Steps = (step("2025-07-01", state(), "2026-02-28"),)
"""Renewed on the last day that every month has."""


@pytest.mark.parametrize(
    ("steps", "billed_until", "found"),
    [
        (YEARLY, "2026-07-01", (step("2026-07-01", state(), "2026-07-01"),)),
        (YEARLY, "2027-07-01", (step("2027-07-01", state(), "2027-07-01"),)),
        (YEARLY, "2026-04-01", YEARLY),
        (YEARLY, "2025-07-01", YEARLY),
        (MONTHS, "2026-07-01", (step("2026-07-01", state(billing=MONTHLY)),)),
        (LEAP, "2025-02-28", (step("2025-02-28", state(), "2024-02-29"),)),
        (PROMISED, "2026-07-01", (step("2026-07-01", state(users=20), "2026-07-01"),)),
        (PROMISED, "2026-04-01", PROMISED[1:]),
        (RENEWED, "2026-07-01", RENEWED[1:]),
        (SHORTEST, "2027-02-28", (step("2027-02-28", state(), "2027-02-28"),)),
        (SWITCHING, "2025-07-01", SWITCHING),
        (THEN_MORE, "2026-07-01", THEN_MORE[2:]),
    ],
)
def test_contracts_that_pay_the_same_from_a_day_on_have_the_same_steps(
    steps: Steps, billed_until: str, found: Steps
) -> None:
    """pricing.md 7.4, 3.4: where a period begins on that day, neither the step's start nor an old promise counts."""
    assert steps_to_bill(steps, day(billed_until)) == found


def test_a_snapshot_is_the_contract_as_it_was() -> None:
    """pricing.md 6.2: what a quote or an order was decided on."""
    now = annual()._replace(steps=THEN_MORE, end=day("2027-07-01"), billed_until=day("2027-07-01"), version=3)
    assert Snapshot(day("2026-07-01"), None, YEARLY).of(now) == annual()._replace(steps=YEARLY, version=3)


@pytest.mark.parametrize(
    ("steps", "on", "notice", "reached"),
    [
        (YEARLY, "2026-06-01", 1, "2026-07-01"),
        (YEARLY, "2026-06-02", 1, "2027-07-01"),
        (YEARLY, "2026-07-01", 1, "2027-07-01"),
        (YEARLY, "2026-06-30", 0, "2026-07-01"),
        (YEARLY, "2026-07-01", 0, "2027-07-01"),
        (YEARLY, "2026-03-15", 15, "2027-07-01"),
        (YEARLY, "2026-04-02", 15, "2028-07-01"),
        (MONTHS, "2026-03-01", 1, "2026-04-01"),
        (MONTHS, "2026-03-15", 1, "2026-05-01"),
        (MONTHS, "2026-03-15", 3, "2026-07-01"),
        (LEAP, "2024-01-29", 1, "2024-02-29"),
        (LEAP, "2024-01-30", 1, "2025-02-28"),
        ((step("2026-01-01", state(), "2026-07-31"),), "2026-06-30", 1, "2026-07-31"),
        (SWITCHING, "2026-06-02", 1, "2026-08-01"),
        (STUB, "2026-05-20", 1, "2026-06-20"),
        (STUB, "2026-05-21", 1, "2026-07-01"),
    ],
)
def test_the_notice_reaches_the_first_boundary_that_is_far_enough(
    steps: Steps, on: str, notice: int, reached: str
) -> None:
    """pricing.md 4: the last day of the notice counts, month ends are clamped, waiting steps make boundaries."""
    assert notice_date(steps, day(on), notice) == day(reached)


@pytest.mark.parametrize(
    ("contract", "on", "charge"),
    [
        (annual(), "2026-03-15", "2026-04-01"),
        (annual(), "2026-03-01", "2026-04-01"),
        (monthly("2026-03-15", "2026-03-20"), "2026-03-31", "2026-04-01"),
        (monthly("2026-03-15", "2026-09-01"), "2026-03-15", "2026-09-01"),
        (monthly("2026-03-15", "2026-09-01"), "2026-09-01", "2026-10-01"),
    ],
)
def test_a_change_before_the_first_billed_day_is_priced_from_there(contract: Contract, on: str, charge: str) -> None:
    """pricing.md 2.2, 2.4: else from the first of the next month."""
    assert charge_of(contract, day(on)) == day(charge)


@pytest.mark.parametrize(
    ("contract", "on", "follows"),
    [
        (monthly(), "2026-03-15", True),
        (annual(), "2026-03-15", False),
        (annual(entered_on="2026-03-15", start="2026-09-20"), "2026-09-30", True),
        (annual(entered_on="2026-03-15", start="2026-09-20"), "2026-10-01", False),
        (monthly()._replace(steps=BACK), "2026-03-15", True),
        (monthly()._replace(steps=BACK), "2026-04-01", False),
        (annual()._replace(steps=SWITCHING), "2026-06-15", True),
        (annual()._replace(steps=SWITCHING), "2026-05-31", False),
    ],
)
def test_the_monthly_rule_holds_where_the_price_can_move_each_month(
    contract: Contract, on: str, *, follows: bool
) -> None:
    """pricing.md 4.4: monthly at c, still monthly today, or not billed yet."""
    assert changes_monthly(contract, day(on)) is follows


def test_promised_rates_hold_for_the_period_in_which_their_step_starts() -> None:
    """pricing.md 3.4: then the catalog in force at the period's start prices the contract anew."""
    promise = rates(900_000, 2_000_000)
    promised = step("2026-04-01", state(), "2025-07-01")._replace(rates=promise)
    contract = annual()._replace(steps=(*YEARLY, promised))
    catalogs = later("2026-06-01", starter=120)
    found = [
        rates_in(contract, promised, period_at(contract.steps, day(on)), catalogs)
        for on in ("2026-04-01", "2026-07-01")
    ]
    assert found == [promise, rates(1_200_000, 2_500_000)]


def test_a_period_before_the_entry_is_priced_by_the_catalog_of_that_day() -> None:
    """pricing.md 2.5: what was invoiced elsewhere has the rates that were found on entry."""
    contract = annual(entered_on="2026-06-10")
    catalogs = later("2026-06-01", starter=120)
    assert rates_in(contract, contract.steps[0], period("2025-07-01", "2026-07-01"), catalogs) == rates(
        1_200_000, 2_500_000
    )
    assert rates_in(contract, contract.steps[0], period("2025-07-01", "2026-07-01"), CATALOGS) == rates(
        1_000_000, 2_500_000
    )


@pytest.mark.parametrize(
    ("steps", "start", "end", "months"),
    [
        (YEARLY, "2025-07-01", "2026-07-01", YEAR),
        (LEAP, "2024-02-29", "2025-02-28", YEAR),
        (LEAP, "2027-02-28", "2028-02-29", YEAR),
        (SHORT, "2025-07-01", "2026-06-20", Months(11, 19, 30)),
        (YEARLY, "2025-07-01", "2026-06-01", Months(11)),
        (MONTHS, "2026-02-01", "2026-03-01", Months(1)),
        (STUB[1:], "2026-06-20", "2026-07-01", Months(0, 11, 30)),
    ],
)
def test_a_full_year_is_twelve_months_and_a_short_period_what_it_is(
    steps: Steps, start: str, end: str, months: Months
) -> None:
    """pricing.md 4.9, 9: a full year is twelve months whatever February does."""
    assert length(steps[0], period(start, end)) == months


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@st.composite
def timelines(draw: st.DrawFn) -> Steps:
    """Steps with rising starts; annual ones keep their anchor until the billing changes, as changes leave them."""
    starts = sorted(draw(st.lists(days, min_size=1, max_size=5, unique=True)))
    steps: list[Step] = []
    for start in starts:
        billing = draw(st.sampled_from([ANNUAL, MONTHLY]))
        anchor = None
        if billing == ANNUAL:
            anchor = (steps[-1].anchor if steps else draw(days)) or start
        steps.append(Step(start, State("pro", draw(st.integers(1, 3)), (), billing), anchor))
    return tuple(steps)


@given(timelines(), days)
def test_periods_follow_each_other_without_gap_or_overlap(steps: Steps, within: date) -> None:
    """pricing.md 1: each day from the first step on lies in exactly one period, and its neighbours touch it."""
    period = period_at(steps, within)
    within = max(within, steps[0].start)
    assert period.start <= within < period.end
    assert period_at(steps, period.start) == period_at(steps, period.last_day) == period
    assert period_at(steps, period.end).start == period.end
    if period.start > steps[0].start:
        assert period_at(steps, period.start - timedelta(1)).end == period.start


@given(timelines(), days)
def test_no_period_mixes_ways_of_billing(steps: Steps, within: date) -> None:
    """pricing.md 4.8: where the billing changes, there is a boundary."""
    period = period_at(steps, within)
    billings = {step_at(steps, period.start).state.billing}
    billings |= {step.state.billing for step in steps if period.start <= step.start < period.end}
    assert len(billings) == 1


@given(timelines(), days, st.integers(0, 4))
def test_the_notice_date_is_a_later_boundary(steps: Steps, on: date, notice: int) -> None:
    """pricing.md 4: P is after D, is a boundary, and no boundary between them is reached."""
    reached = notice_date(steps, on, notice)
    assert reached > on
    assert period_at(steps, reached).start == reached
    assert notice_date(steps, on, notice + 1) >= reached


@given(timelines(), timelines(), days)
def test_replacing_steps_keeps_what_was_before_and_no_equals(steps: Steps, new: Steps, on: date) -> None:
    """pricing.md 1: the history stays, and each new step that is kept changes something, as none promises a rate."""
    found = replaced(steps, *new, on=on)
    history = tuple(step for step in steps if step.start < new[0].start)
    assert found[: len(history)] == history
    changed = pairwise(found[max(len(history) - 1, 0) :])
    assert all((a.state, a.anchor) != (b.state, b.anchor) for a, b in changed)
    assert found[-1].state == new[-1].state
