"""Entering a contract: what is billed from when, and what was invoiced elsewhere (pricing.md 2.4, 2.5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from subctl.domain.catalog import ANNUAL, MONTHLY
from subctl.domain.contract import Contract, State, Step, period_at
from subctl.domain.dates import add_months
from subctl.domain.entry import enter_contract, first_billed_day
from subctl.domain.errors import SubctlError
from tests.support.build import day, refused, state, step


def enter(
    billing: str, entered_on: str, start: str, renews_on: str | None = None, billed_through: str | None = None
) -> Contract:
    return enter_contract(
        "acme",
        state(billing=billing),
        day(entered_on),
        day(start),
        day(renews_on) if renews_on else None,
        day(billed_through) if billed_through else None,
    )


@pytest.mark.parametrize(
    ("start", "billed_from"),
    [("2026-04-01", "2026-04-01"), ("2026-04-02", "2026-05-01"), ("2026-12-31", "2027-01-01")],
)
def test_a_contract_is_billed_from_its_start_or_the_next_first(start: str, billed_from: str) -> None:
    """pricing.md 2.4: a start in the middle of a month is free until the next first."""
    assert first_billed_day(day(start)) == day(billed_from)


def test_a_new_annual_contract_has_its_first_billed_day_as_anchor() -> None:
    """pricing.md 2.4: a contract that starts today has nothing invoiced."""
    assert enter(ANNUAL, "2026-03-15", "2026-03-15") == Contract(
        "acme",
        start=day("2026-03-15"),
        billed_from=day("2026-04-01"),
        entered_on=day("2026-03-15"),
        billed_until=day("2026-04-01"),
        steps=(step("2026-04-01", state(), "2026-04-01"),),
        end=None,
        version=1,
    )


def test_a_new_monthly_contract_has_no_anchor() -> None:
    """pricing.md 2.3: monthly periods are calendar months."""
    assert enter(MONTHLY, "2026-03-15", "2026-04-01") == Contract(
        "acme",
        start=day("2026-04-01"),
        billed_from=day("2026-04-01"),
        entered_on=day("2026-03-15"),
        billed_until=day("2026-04-01"),
        steps=(step("2026-04-01", state(billing=MONTHLY)),),
    )


@pytest.mark.parametrize(
    ("billing", "entered_on", "start", "renews_on", "billed_until"),
    [
        (ANNUAL, "2026-03-15", "2025-07-01", None, "2026-07-01"),
        (ANNUAL, "2026-03-15", "2020-07-20", None, "2026-08-01"),
        (ANNUAL, "2026-03-15", "2025-07-01", "2026-06-20", "2026-06-20"),
        (MONTHLY, "2026-03-15", "2025-07-01", None, "2026-04-01"),
        (MONTHLY, "2026-03-01", "2025-07-01", None, "2026-04-01"),
        (ANNUAL, "2026-03-15", "2026-03-01", None, "2027-03-01"),
        (MONTHLY, "2026-03-15", "2026-03-02", None, "2026-04-01"),
        (ANNUAL, "2026-04-01", "2026-03-15", None, "2027-04-01"),
        (ANNUAL, "2026-04-01", "2026-04-01", None, "2026-04-01"),
        (ANNUAL, "2026-03-15", "2026-03-10", None, "2026-04-01"),
        (MONTHLY, "2026-03-15", "2026-09-20", None, "2026-10-01"),
    ],
)
def test_a_running_contract_counts_as_invoiced_for_the_period_of_its_entry(
    billing: str, entered_on: str, start: str, renews_on: str | None, billed_until: str
) -> None:
    """pricing.md 2.5: nothing is invoiced where it starts that day or later, or isn't billed yet."""
    assert enter(billing, entered_on, start, renews_on).billed_until == day(billed_until)


def test_a_given_renewal_date_is_the_anchor() -> None:
    """pricing.md 2.4: boundaries can so fall on any day."""
    contract = enter(ANNUAL, "2026-03-15", "2025-07-01", "2026-06-20")
    assert contract.steps == (Step(day("2025-07-01"), state(), day("2026-06-20")),)


@pytest.mark.parametrize(
    ("entered_on", "start", "renews_on"),
    [
        ("2026-03-15", "2025-07-01", "2026-03-16"),
        ("2026-03-15", "2025-07-01", "2027-03-15"),
        ("2026-03-15", "2026-06-01", "2026-06-02"),
        ("2026-03-15", "2026-06-01", "2027-06-01"),
        ("2026-03-15", "2026-03-15", "2026-04-02"),
    ],
)
def test_the_renewal_date_is_the_next_one(entered_on: str, start: str, renews_on: str) -> None:
    """pricing.md 2.4: after the later of entry and first billed day, by twelve months at most."""
    assert enter(ANNUAL, entered_on, start, renews_on).steps[0].anchor == day(renews_on)


@pytest.mark.parametrize(
    ("entered_on", "start", "renews_on", "after", "latest"),
    [
        ("2026-03-15", "2025-07-01", "2026-03-15", "2026-03-15", "2027-03-15"),
        ("2026-03-15", "2025-07-01", "2027-03-16", "2026-03-15", "2027-03-15"),
        ("2026-03-15", "2026-06-01", "2026-06-01", "2026-06-01", "2027-06-01"),
        ("2026-03-15", "2026-05-20", "2026-05-31", "2026-06-01", "2027-06-01"),
        ("2024-02-29", "2023-01-01", "2025-03-01", "2024-02-29", "2025-02-28"),
    ],
)
def test_another_renewal_date_is_refused(entered_on: str, start: str, renews_on: str, after: str, latest: str) -> None:
    """pricing.md 2.4: the refusal names what would do."""
    assert refused(enter, ANNUAL, entered_on, start, renews_on) == (
        "bad_input",
        f"The renewal date must be the next one: after {after} and at most on {latest}, not {renews_on}.",
        "",
    )


def test_monthly_billing_has_no_renewal_date() -> None:
    """pricing.md 2.4: a renewal date is for annual billing only."""
    assert refused(enter, MONTHLY, "2026-03-15", "2025-07-01", "2026-07-01") == (
        "bad_input",
        "Only annual billing has a renewal date.",
        "Leave out --renews-on, or say --billing annual.",
    )


@pytest.mark.parametrize(
    ("billing", "entered_on", "start", "renews_on", "billed_through", "billed_until"),
    [
        (ANNUAL, "2026-03-15", "2024-07-01", None, "2026-06-30", "2026-07-01"),
        (ANNUAL, "2026-03-15", "2024-07-01", None, "2025-06-30", "2025-07-01"),
        (ANNUAL, "2026-03-15", "2024-07-01", None, "2024-06-30", "2024-07-01"),
        (ANNUAL, "2026-03-15", "2025-07-01", "2026-06-20", "2025-06-30", "2025-07-01"),
        (MONTHLY, "2026-03-15", "2025-07-01", None, "2026-01-31", "2026-02-01"),
        (MONTHLY, "2026-03-15", "2025-07-01", None, "2026-03-31", "2026-04-01"),
        (ANNUAL, "2026-03-15", "2026-03-20", None, "2026-03-31", "2026-04-01"),
        (ANNUAL, "2026-04-01", "2026-04-01", None, "2027-03-31", "2027-04-01"),
    ],
)
def test_the_last_invoiced_day_can_be_named(
    billing: str, entered_on: str, start: str, renews_on: str | None, billed_through: str, billed_until: str
) -> None:
    """pricing.md 2.5: the eve of a boundary, at most the end of the period of entry."""
    assert enter(billing, entered_on, start, renews_on, billed_through).billed_until == day(billed_until)


@pytest.mark.parametrize(
    ("billing", "entered_on", "start", "billed_through", "hint"),
    [
        (
            ANNUAL,
            "2026-03-15",
            "2024-07-01",
            "2026-03-31",
            "Give the eve of a boundary, from 2024-06-30 to 2026-06-30, for instance 2025-06-30.",
        ),
        (
            ANNUAL,
            "2026-03-15",
            "2024-07-01",
            "2027-06-30",
            "Give the eve of a boundary, from 2024-06-30 to 2026-06-30, for instance 2025-06-30.",
        ),
        (
            ANNUAL,
            "2026-03-15",
            "2024-07-01",
            "2023-06-30",
            "Give the eve of a boundary, from 2024-06-30 to 2026-06-30, for instance 2025-06-30.",
        ),
        (
            MONTHLY,
            "2026-03-15",
            "2026-01-01",
            "2026-02-15",
            "Give the eve of a boundary, from 2025-12-31 to 2026-03-31, for instance 2026-02-28.",
        ),
        (
            MONTHLY,
            "2026-03-15",
            "2026-06-10",
            "2026-07-31",
            "Nothing is billed before 2026-07-01: leave it out, or give 2026-06-30.",
        ),
    ],
)
def test_another_last_invoiced_day_is_refused(
    billing: str, entered_on: str, start: str, billed_through: str, hint: str
) -> None:
    """pricing.md 2.5: the refusal names what would do."""
    assert refused(enter, billing, entered_on, start, None, billed_through) == (
        "bad_input",
        f"The last invoiced day can't be {billed_through}.",
        hint,
    )


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
billings = st.sampled_from([ANNUAL, MONTHLY])


@given(billings, days, days, st.none() | st.integers(1, 366))
def test_a_contract_begins_at_a_first_and_is_billed_to_a_boundary(
    billing: str, entered_on: date, start: date, renews_in: int | None
) -> None:
    """pricing.md 2.4, 2.5: billed from the next first at most, and up to a boundary after the day of entry."""
    billed_from = first_billed_day(start)
    renews_on = max(billed_from, entered_on) + timedelta(renews_in) if renews_in and billing == ANNUAL else None
    assume(renews_on is None or renews_on <= add_months(max(billed_from, entered_on), 12))
    contract = enter_contract("acme", State("pro", 1, (), billing), entered_on, start, renews_on)
    assert contract.billed_from.day == 1
    assert timedelta(0) <= contract.billed_from - start < timedelta(31)
    assert period_at(contract.steps, contract.billed_until).start == contract.billed_until
    assert contract.billed_until > entered_on or start >= entered_on
    if renews_on:
        assert period_at(contract.steps, max(billed_from, entered_on)).end == renews_on


@given(billings, days, days, days)
def test_a_last_invoiced_day_is_taken_at_its_word_or_refused(
    billing: str, entered_on: date, start: date, billed_through: date
) -> None:
    """pricing.md 2.5: never is another day than the named one counted as invoiced."""
    wanted = State("pro", 1, (), billing)
    found: date | str
    try:
        found = enter_contract("acme", wanted, entered_on, start, None, billed_through).billed_until
    except SubctlError as error:
        found = error.code
    assert found in (billed_through + timedelta(1), "bad_input")
