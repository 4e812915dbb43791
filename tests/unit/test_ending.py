"""Deadlines, cancelling and withdrawing (pricing.md 4.4, 4.7, 4.10, 4.11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from subctl.domain.catalog import MONTHLY, Catalog, Catalogs, Price
from subctl.domain.contract import Contract, State, period_at, step_at
from subctl.domain.ending import (
    Deadline,
    can_withdraw,
    cancel_deadline,
    cancelled,
    plan_cancellation,
    reduction_deadline,
    returns_unsold,
    withdraw_deadline,
    withdrawn,
)
from subctl.domain.invoice import recurring_drafts
from subctl.domain.pricing import plan_change
from tests.support.build import BUYER, CATALOG, CATALOGS, annual, change, day, money, monthly, rates, state, step
from tests.support.strategies import contracts, days, states

MARCH = day("2026-03-15")

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


@pytest.mark.parametrize(
    ("contract", "on", "ends_on"),
    [(annual(), "2026-03-15", "2026-07-01"), (UPCOMING, "2026-05-19", "2026-05-19")],
)
def test_a_cancellation_knows_the_first_day_without_a_contract(contract: Contract, on: str, ends_on: str) -> None:
    """pricing.md 4.10: after the last day of use, and at once where there never is one."""
    assert plan_cancellation(contract, day(on), CATALOGS, BUYER).cancellation.ends_on == day(ends_on)


def test_a_cancellation_first_issues_what_is_due() -> None:
    """pricing.md 4.3, 3.1: the months that have begun; one of 0.00 isn't issued, and counts as billed."""
    licences = {"zoom": CATALOG.licences["zoom"]._replace(monthly=0)}
    plans = {"starter": CATALOG.plans["starter"]._replace(price=Price("Starter", 0, 0))}
    free = CATALOG._replace(id=2, valid_from=day("2026-05-01"), plans=plans, licences=licences)
    planned = plan_cancellation(monthly(), day("2026-05-15"), Catalogs((CATALOG, free)), BUYER)
    assert [money(draft) for draft in planned.cancellation.catch_up] == [
        ("2026-05-15", "2026-04-01", "2026-05-01", 15_000)
    ]
    assert planned.contract == monthly()._replace(billed_until=day("2026-06-01"), end=day("2026-07-01"))


def test_a_change_that_a_recurring_invoice_carries_stays() -> None:
    """pricing.md 4.11: the year from 20 June was billed with the step of 1 July in it."""
    done = change(annual("2026-06-20"), "2026-06-15", users=20)
    billed = done.contract._replace(billed_until=day("2027-06-20"))
    asked = day("2026-06-25"), done.price_from, done.contract.billed_until
    assert can_withdraw(done.contract, *asked) is True
    assert can_withdraw(billed, *asked) is False


def test_a_change_that_an_invoice_begins_with_stays() -> None:
    """pricing.md 4.11: wherever the period begins that was billed since, and whenever."""
    done = change(monthly(), "2026-03-15", users=20)
    billed = done.contract._replace(billed_until=day("2026-05-01"))
    asked = day("2026-03-20"), done.price_from, done.contract.billed_until
    assert [can_withdraw(each, *asked) for each in (done.contract, billed)] == [True, False]


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


def without(valid_from: str, *gone: str, catalog_id: int = 2) -> Catalog:
    """Return the built-in catalog without some plans or kinds of licence, valid from a day on."""
    plans = {name: plan for name, plan in CATALOG.plans.items() if name not in gone}
    licences = {kind: price for kind, price in CATALOG.licences.items() if kind not in gone}
    return CATALOG._replace(id=catalog_id, valid_from=day(valid_from), plans=plans, licences=licences)


def again(valid_from: str) -> Catalog:
    """Return the built-in catalog once more, valid from a day on."""
    return CATALOG._replace(id=3, valid_from=day(valid_from))


APRIL = "2026-04-01"
ON_PRO = change(annual(), "2026-03-15", plan="pro").contract
"""Starter until 1 April, and pro from then on."""
NO_ZOOM = change(annual(), "2026-03-15", zoom=0).contract
"""Two licences until 1 July, and none from then on."""


@pytest.mark.parametrize(
    ("after", "back", "catalogs", "unsold"),
    [
        (ON_PRO, annual(), (without("2026-06-01", "business"),), False),
        (ON_PRO, annual(), (without("2026-06-01", "starter"),), True),
        (ON_PRO, annual(), (without("2026-06-01", "zoom"),), True),
        (ON_PRO, annual(), (without("2099-01-01", "starter"),), True),
        (ON_PRO, annual(), (without("2026-04-01", "starter"),), True),
        (
            ON_PRO,
            annual(),
            (without("2026-04-01", "starter"), again("2026-04-02")),
            True,
        ),
        (
            ON_PRO,
            annual(),
            (without("2026-03-16", "starter"), again(APRIL)),
            True,
        ),
        (ON_PRO, annual(), (without("2026-03-16", "zoom"), again(APRIL)), True),
        (NO_ZOOM, annual(), (without("2026-07-01", "zoom"),), True),
        (NO_ZOOM, annual(), (without("2026-07-01", "pro"),), False),
        (annual(), annual(), (without("2026-06-01", "starter"),), False),
    ],
)
def test_what_is_not_sold_any_more_does_not_come_back(
    after: Contract, back: Contract, catalogs: tuple[Catalog, ...], *, unsold: bool
) -> None:
    """pricing.md 4.11: plan or licence, on a day of the step, or before it of what may be used."""
    assert returns_unsold(after, back, day("2026-03-20"), Catalogs((CATALOG, *catalogs))) is unsold


def test_a_catalog_that_is_over_forbids_nothing() -> None:
    """pricing.md 4.11: days that have passed are no days on which something comes back."""
    catalogs = Catalogs((without("2026-01-01", "starter", catalog_id=1), CATALOG._replace(id=2, valid_from=MARCH)))
    assert returns_unsold(ON_PRO, annual(), MARCH, catalogs) is False


def test_each_step_that_comes_back_is_looked_at_on_its_own_days() -> None:
    """pricing.md 4.11: pro up to July and starter from then on come back; pro may end with July, and starter not."""
    back = annual()._replace(
        steps=(
            *annual().steps,
            step("2026-05-01", state("pro"), "2025-07-01"),
            step("2026-07-01", state(), "2025-07-01"),
        )
    )
    after = annual()._replace(steps=(*annual().steps, step("2026-04-01", state(users=30), "2025-07-01")))
    found = [
        returns_unsold(after, back, day("2026-03-20"), Catalogs((CATALOG, without(valid_from, plan))))
        for valid_from, plan in (
            ("2026-06-30", "pro"),
            ("2026-07-01", "pro"),
            ("2026-07-02", "pro"),
            ("2026-07-01", "starter"),
        )
    ]
    assert found == [True, False, False, True]


def test_what_may_be_used_again_is_sold_until_its_own_step_begins() -> None:
    """pricing.md 4.11: pro waits for July and may be used at once; it must be sold in April too, and in May."""
    back = change(annual(), "2026-02-10", plan="pro", users=1).contract
    after = change(back, "2026-03-15", plan="starter", users=30).contract
    assert [str(step.start) for step in (*back.steps, *after.steps)] == [
        "2025-07-01",
        "2026-07-01",
        "2025-07-01",
        APRIL,
    ]
    found = [
        returns_unsold(after, back, day("2026-03-20"), Catalogs((CATALOG, without(gone, "pro"), again(until))))
        for gone, until in (("2026-03-21", APRIL), (APRIL, "2026-05-01"), ("2026-06-30", "2026-07-01"))
    ]
    assert found == [True] * 3


def test_an_end_does_not_shorten_what_comes_back() -> None:
    """pricing.md 4.11: the end itself can be taken back later, and then what waits for July goes on."""
    ends = annual()._replace(end=day("2027-07-01"))
    back, after = (
        change(ends, "2026-03-15", **wanted).contract for wanted in ({"plan": "pro", "users": 1}, {"users": 5})
    )
    catalogs = Catalogs((CATALOG, without("2027-08-01", "pro")))
    assert returns_unsold(after, back, day("2026-03-20"), catalogs) is True
    assert returns_unsold(back, after, day("2026-03-20"), catalogs) is False


def keeps(catalog: Catalog, contract: Contract, on: date) -> bool:
    """Tell whether a catalog sells all that a contract pays for or may use from a day on (pricing.md 3.6)."""
    in_force = step_at(contract.steps, on).start
    states = [step.state for step in contract.steps if step.start >= in_force]
    return all(
        each.plan in catalog.plans and {kind for kind, _ in each.licences} <= catalog.licences.keys() for each in states
    )


@given(
    contracts(),
    states,
    st.integers(0, 60),
    st.integers(1, 400),
    st.none() | st.integers(1, 90),
    st.sets(st.sampled_from(["starter", "pro", "zoom"])),
    st.booleans(),
)
def test_what_is_withdrawn_leaves_a_contract_that_can_be_priced(
    found: tuple[Contract, date],
    wanted: State,
    after: int,
    valid_after: int,
    missing: int | None,
    gone: set[str],
    cancel: bool,
) -> None:
    """pricing.md 4.11, 3.6: whatever catalog came in between, and when the end is taken back as well."""
    contract, on = found
    done = plan_change(contract, wanted, on, CATALOGS, BUYER)
    changed = cancelled(done.contract, on, 1) if cancel else done.contract
    today = on + timedelta(after)
    follower = without(str(today + timedelta(valid_after)), *gone)
    assume(keeps(follower, changed, today))
    restored = () if missing is None else (again(str(follower.valid_from + timedelta(missing))),)
    catalogs = Catalogs((CATALOG, follower, *restored))
    back = withdrawn(changed, contract.steps)
    deadline = withdraw_deadline(contract.steps, changed.steps, done.change.price_from)
    assume(can_withdraw(changed, today, deadline, done.contract.billed_until))
    assume(not returns_unsold(changed, back, today, catalogs))
    going_on = back._replace(end=None)
    assert list(recurring_drafts(going_on, today + timedelta(1500), today, catalogs, BUYER)) != []
    for later in range(0, 800, 40):
        more = going_on.current._replace(users=going_on.current.users + 1)
        assert plan_change(going_on, more, today + timedelta(later), catalogs, BUYER).change.changed


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
