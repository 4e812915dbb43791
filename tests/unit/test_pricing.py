"""Changes: new price steps, what is due now and what comes (pricing.md 3.4, 4, 8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from subctl.domain.catalog import ANNUAL, MONTHLY, Catalog, Catalogs, Plan, Price
from subctl.domain.contract import Contract, State, Step, Steps, fee, period_at
from subctl.domain.dates import Months, Period
from subctl.domain.ending import cancelled
from subctl.domain.entry import enter_contract
from subctl.domain.invoice import Buyer, Counted, Draft, Fee, Line
from subctl.domain.pricing import BILLING, DOWN, NONE, UP, Change, Compared, plan_change
from subctl.domain.rate_card import Offer
from tests.support.build import (
    AT_HOME,
    BUYER,
    CATALOG,
    CATALOGS,
    EUR,
    Done,
    Money,
    annual,
    change,
    day,
    later,
    money,
    monthly,
    priced,
    rates,
    state,
    step,
    with_policy,
)
from tests.support.strategies import contracts, states

JULY = "2026-07-01"
ANCHOR = "2025-07-01"
STARTER, PRO = Counted("starter", "Starter", 10, 1_000_000), Counted("pro", "Pro", 20, 1_800_000)
TWO_ZOOM = Counted("zoom", "Zoom licence", 2, 2_500_000)


def planned(*arguments: Any) -> Done:
    """Plan a change by the values that `plan_change` takes."""
    return Done(*plan_change(*arguments))


def order(contract: Contract, on: str, catalogs: Catalogs = CATALOGS, **wanted: Any) -> Contract:
    """Return the contract after a change."""
    return change(contract, on, catalogs, **wanted).contract


def at_entry(contract: Contract, *steps: Step) -> Contract:
    """Return the contract with further steps, as if they had been ordered."""
    return contract._replace(steps=(*contract.steps, *steps))


def told(done: Done) -> tuple[str, str | None, str | None, Money | None, Money | None]:
    """Return kind, price_from, free_until, due_now and next_invoice in short."""
    price_from, free_until = (str(found) if found else None for found in (done.price_from, done.free_until))
    return done.kind, price_from, free_until, money(done.due_now), money(done.next_invoice)


def year_from(renewal: str, net: int) -> Money:
    """Return the recurring invoice of the year from a renewal date, in short."""
    return renewal, renewal, str(day(renewal).replace(year=day(renewal).year + 1)), net


def test_a_reduction_a_day_late_leaves_the_next_year_alone() -> None:
    """pricing.md 8, row 7: 10 users are billed in 2026, and 8 are from 2027 on."""
    contract = order(annual(), "2026-06-02", users=8)
    assert priced(contract) == [(ANCHOR, state(), ANCHOR), ("2027-07-01", state(users=8), ANCHOR)]


def test_an_upgrade_is_known_in_every_detail() -> None:
    """pricing.md 8, row 1: everything that a preview shows, a quote saves and an order executes."""
    contract = annual()
    wanted = state("pro", 20)
    months = Period(day("2026-04-01"), day(JULY))
    year = Period(day(JULY), day("2027-07-01"))
    new_step = Step(day("2026-04-01"), wanted, day(ANCHOR), rates(1_800_000, 2_500_000))
    done = change(contract, "2026-03-15", plan="pro", users=20)
    assert done.contract == contract._replace(steps=(*contract.steps, new_step))
    assert done.change == Change(
        kind=UP,
        day=day("2026-03-15"),
        before=state(),
        after=wanted,
        before_fee=Fee(15_000_000, "year"),
        after_fee=Fee(41_000_000, "year"),
        compared=Compared(15_000_000, 41_000_000, "year"),
        licences=("zoom",),
        currency=EUR,
        available_from=day("2026-03-15"),
        price_from=day("2026-04-01"),
        free_until=day("2026-03-31"),
        renews_on=day(JULY),
        catch_up=(),
        due_now=Draft(
            "upgrade",
            day("2026-03-15"),
            months,
            (
                Line(
                    "users",
                    STARTER,
                    PRO,
                    1,
                    26_000_000,
                    "year",
                    months,
                    Months(3),
                    65_000,
                ),
            ),
            AT_HOME,
            EUR,
        ),
        next_invoice=Draft(
            "recurring",
            day(JULY),
            year,
            (
                Line("users", None, PRO, 20, 1_800_000, "year", year, Months(12), 360_000),
                Line("zoom", None, TWO_ZOOM, 2, 2_500_000, "year", year, Months(12), 50_000),
            ),
            AT_HOME,
            EUR,
        ),
        rule="4.5",
    )


def test_what_is_due_now_is_known_with_its_vat_and_may_be_nothing() -> None:
    """pricing.md 6.4, 8, rows 1 and 2: 786.50 by the upgrade invoice, and 0 on monthly billing."""
    found = [change(contract, "2026-03-15", plan="pro", users=20).total_now for contract in (annual(), monthly())]
    assert found == [78_650, 0]


# --- 4 to 4.3 ----------------------------------------------------------------------------------------------


def test_asking_for_what_is_already_so_changes_nothing() -> None:
    """pricing.md 4: no error, and the contract stays as it is, even where invoices are due."""
    contract = monthly()
    done = change(contract, "2026-06-15")
    assert done.contract == contract
    assert done.change == Change(
        kind=NONE,
        day=day("2026-06-15"),
        before=state(billing=MONTHLY),
        after=state(billing=MONTHLY),
        before_fee=Fee(1_500_000, "month"),
        after_fee=Fee(1_500_000, "month"),
        compared=Compared(1_500_000, 1_500_000, "month"),
        licences=("zoom",),
        currency=EUR,
    )


def test_what_is_asked_for_can_be_used_from_the_start_date() -> None:
    """pricing.md 4.1: at once, or from the start date if that is later."""
    contract = annual(entered_on="2026-03-15", start="2026-05-20")
    assert change(contract, "2026-03-16", users=12).available_from == day("2026-05-20")
    assert change(contract, "2026-05-25", users=12).available_from == day("2026-05-25")


@pytest.mark.parametrize(
    ("contract", "wanted", "kind", "fees"),
    [
        (annual(), {"users": 9}, DOWN, (15_000_000, 14_000_000, "year")),
        (annual(), {"users": 11}, UP, (15_000_000, 16_000_000, "year")),
        (annual(), {"users": 15, "zoom": 0}, UP, (15_000_000, 15_000_000, "year")),
        (annual(), {"plan": "pro", "users": 5}, DOWN, (15_000_000, 14_000_000, "year")),
        (annual(), {"billing": MONTHLY}, BILLING, (15_000_000, 15_000_000, "year")),
        (annual(), {"billing": MONTHLY, "users": 9}, DOWN, (15_000_000, 14_000_000, "year")),
        (annual(), {"billing": MONTHLY, "users": 11}, UP, (15_000_000, 16_000_000, "year")),
        (monthly(), {"billing": ANNUAL}, BILLING, (1_500_000, 1_500_000, "month")),
        (monthly(), {"billing": ANNUAL, "zoom": 3}, UP, (1_500_000, 1_750_000, "month")),
        (monthly(), {"users": 8}, DOWN, (1_500_000, 1_300_000, "month")),
    ],
)
def test_the_fees_on_todays_billing_name_the_change(
    contract: Contract, wanted: dict[str, Any], kind: str, fees: tuple[int, int, str]
) -> None:
    """pricing.md 4.2: lower is a downgrade, other billing alone a billing change, all else an upgrade."""
    done = change(contract, "2026-03-15", **wanted)
    assert (done.kind, done.compared) == (kind, fees)


def test_the_billing_that_counts_is_the_one_at_the_charge_date() -> None:
    """pricing.md 4.2: fees are compared on B's billing, whatever is billed today."""
    contract = order(monthly(), "2026-03-10", billing=ANNUAL)
    done = change(contract, "2026-03-15", users=12)
    assert (done.kind, done.compared) == (UP, (15_000_000, 17_000_000, "year"))


def test_the_entitlement_counts_and_not_what_is_paid() -> None:
    """pricing.md 4.2: 9 users after a reduction to 6 are more, though 10 are paid for."""
    contract = order(annual(), "2026-02-10", users=6)
    assert (change(contract, "2026-03-15", users=9).kind, change(contract, "2026-03-15", users=5).kind) == (UP, DOWN)


def test_an_order_first_issues_what_is_due() -> None:
    """pricing.md 4.3: every recurring invoice whose period has begun, dated on the day of the order."""
    done = change(monthly(), "2026-06-15", users=20)
    assert [money(draft) for draft in done.catch_up] == [
        ("2026-06-15", "2026-04-01", "2026-05-01", 15_000),
        ("2026-06-15", "2026-05-01", "2026-06-01", 15_000),
        ("2026-06-15", "2026-06-01", JULY, 15_000),
    ]
    assert done.contract.billed_until == day(JULY)
    assert told(done) == (UP, JULY, "2026-06-30", None, (JULY, JULY, "2026-08-01", 25_000))


def test_what_is_due_on_the_renewal_date_has_the_old_price() -> None:
    """pricing.md 4.3, 4.5: the year's invoice first, and the upgrade's for the eleven months after it."""
    done = change(annual(), JULY, users=20)
    assert [money(draft) for draft in done.catch_up] == [year_from(JULY, 150_000)]
    assert told(done) == (
        UP,
        "2026-08-01",
        "2026-07-31",
        (JULY, "2026-08-01", "2027-07-01", 91_667),
        year_from("2027-07-01", 250_000),
    )


def gifts() -> Catalogs:
    """Return a catalog whose plan `gift` costs nothing."""
    gift = Plan("gift", Price("Gift", 0, 0), 1, None, self_service=True)
    return Catalogs((CATALOG._replace(plans={**CATALOG.plans, "gift": gift}),))


def test_an_invoice_of_nothing_is_not_issued() -> None:
    """pricing.md 3.1: not when it is due, and it isn't shown as the next one."""
    contract = enter_contract("acme", state("gift", 10, 0, MONTHLY), day("2026-03-01"), day("2026-01-01"))
    done = change(contract, "2026-06-15", gifts(), users=20)
    assert done.catch_up == ()
    assert told(done) == (UP, JULY, None, None, None)
    assert done.contract.billed_until == day(JULY)


def test_the_next_invoice_is_the_first_that_is_not_of_nothing() -> None:
    """pricing.md 3.1: periods of 0.00 are passed over up to the catalog that brings a price."""
    priced_gift = gifts().imported[0].plans["gift"]._replace(price=Price("Gift", 50_000, 600_000))
    dearer = gifts().imported[0]._replace(id=2, valid_from=day("2026-09-01"))
    catalogs = Catalogs((*gifts().imported, dearer._replace(plans={**dearer.plans, "gift": priced_gift})))
    contract = enter_contract("acme", state("gift", 10, 0, MONTHLY), day("2026-03-01"), day("2026-01-01"))
    done = change(contract, "2026-06-15", catalogs, users=20)
    assert told(done) == (UP, JULY, None, None, ("2026-09-01", "2026-09-01", "2026-10-01", 10_000))


def test_a_free_year_is_followed_by_free_years() -> None:
    """pricing.md 3.1: there is no next invoice, also where the step lies inside a year."""
    contract = annual()._replace(steps=(step(ANCHOR, state("gift", 10, 0), ANCHOR),))
    assert told(change(contract, "2026-03-15", gifts(), users=20)) == (UP, "2026-04-01", None, None, None)


def test_a_free_year_is_followed_by_months_that_are_not() -> None:
    """pricing.md 3.1, 4.8: the year has the new price and is of nothing; the next invoice is the first month's."""
    catalogs = gifts()
    gift = catalogs.known[0].plans["gift"]._replace(price=Price("Gift", 10_000, 0))
    priced_months = Catalogs((catalogs.known[0]._replace(plans={**CATALOG.plans, "gift": gift}),))
    contract = annual()._replace(steps=(step(ANCHOR, state("gift", 10, 0), ANCHOR),))
    done = change(contract, "2026-06-15", priced_months, users=20, billing=MONTHLY)
    assert told(done) == (UP, JULY, None, None, ("2027-07-01", "2027-07-01", "2027-08-01", 2_000))


def test_a_free_period_that_was_promised_is_followed_by_others_that_are_not() -> None:
    """pricing.md 3.1, 3.4, 6.2: April is a quote's and free; the catalog in force from 1 April on prices May."""
    catalogs = gifts()
    priced_gift = catalogs.known[0].plans["gift"]._replace(price=Price("Gift", 50_000, 600_000))
    dearer = catalogs.known[0]._replace(id=2, valid_from=day("2026-04-01"))
    both = Catalogs((*catalogs.known, dearer._replace(plans={**dearer.plans, "gift": priced_gift})))
    contract = enter_contract("acme", state("gift", 10, 0, MONTHLY), day("2026-03-01"), day("2026-01-01"))
    done = change(contract, "2026-03-20", both, offer=Offer(day("2026-03-15"), catalogs), users=20)
    assert told(done) == (UP, "2026-04-01", None, None, ("2026-05-01", "2026-05-01", "2026-06-01", 10_000))


def test_a_free_contract_that_ends_has_no_next_invoice() -> None:
    """pricing.md 4.10, 3.1: all that is left is 0.00."""
    contract = enter_contract("acme", state("gift", 10, 0, MONTHLY), day("2026-03-01"), day("2026-01-01"))
    ending = cancelled(contract, day("2026-03-01"), 4)
    assert told(change(ending, "2026-03-15", gifts(), users=20)) == (UP, "2026-04-01", None, None, None)


# --- 4.4 monthly -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "kind", "free_until", "net"),
    [({"users": 12}, UP, "2026-03-31", 17_000), ({"users": 8}, DOWN, None, 13_000)],
)
def test_a_monthly_price_moves_at_the_charge_date(
    wanted: dict[str, Any], kind: str, free_until: str | None, net: int
) -> None:
    """pricing.md 4.4: up or down, nothing now, and the new price on the next invoice."""
    done = change(monthly(), "2026-03-15", **wanted)
    assert told(done) == (kind, "2026-04-01", free_until, None, ("2026-04-01", "2026-04-01", "2026-05-01", net))
    assert done.renews_on == day("2026-04-01")


def test_free_use_up_and_down_again_is_accepted() -> None:
    """pricing.md 4.12, 1: what is added and taken away within the month isn't charged; April's rates are promised."""
    contract = order(order(monthly(), "2026-03-15", users=50), "2026-03-31", users=10)
    promised = Step(day("2026-04-01"), state(billing=MONTHLY), None, rates(100_000, 250_000))
    assert contract == monthly()._replace(steps=(*monthly().steps, promised))


def test_to_annual_the_charge_date_is_the_anchor() -> None:
    """pricing.md 4.4: the recurring invoice from c is for a year."""
    contract = order(monthly(), "2026-03-15", billing=ANNUAL)
    assert priced(contract) == [(ANCHOR, state(billing=MONTHLY), None), ("2026-04-01", state(), "2026-04-01")]


def test_a_change_before_annual_billing_begins_follows_the_monthly_rule() -> None:
    """pricing.md 4.4: D is still in a monthly period, so the price moves at c, up and down, on the same anchor."""
    contract = order(monthly(), "2026-03-15", billing=ANNUAL)
    for users, kind, free_until in ((20, UP, "2026-03-31"), (5, DOWN, None)):
        done = change(contract, "2026-03-20", users=users)
        assert told(done) == (
            kind,
            "2026-04-01",
            free_until,
            None,
            year_from("2026-04-01", 50_000 + 10_000 * users),
        )
        assert priced(done.contract) == [
            (ANCHOR, state(billing=MONTHLY), None),
            ("2026-04-01", state(users=users), "2026-04-01"),
        ]


def test_back_to_monthly_before_annual_billing_begins_leaves_a_promise() -> None:
    """pricing.md 4.4, 1: the annual step goes, as its day has not come; April's monthly rates are promised instead."""
    contract = order(order(monthly(), "2026-03-15", billing=ANNUAL), "2026-03-31", billing=MONTHLY)
    promised = Step(day("2026-04-01"), state(billing=MONTHLY), None, rates(100_000, 250_000))
    assert contract == monthly()._replace(steps=(*monthly().steps, promised))


@pytest.mark.parametrize(("users", "kind", "free_until"), [(12, UP, "2026-05-31"), (5, DOWN, None)])
def test_before_the_first_billed_day_every_price_starts_there(users: int, kind: str, free_until: str | None) -> None:
    """pricing.md 2.4, 4.4: up or down, and the anchor stays."""
    contract = annual(entered_on="2026-03-15", start="2026-05-20")
    done = change(contract, "2026-05-25", users=users)
    assert told(done) == (
        kind,
        "2026-06-01",
        free_until,
        None,
        year_from("2026-06-01", 50_000 + 10_000 * users),
    )
    assert priced(done.contract) == [("2026-06-01", state(users=users), "2026-06-01")]


def test_a_change_before_the_first_billed_day_keeps_a_given_renewal_date() -> None:
    """pricing.md 2.4, 4.4: the anchor is the renewal date that was entered, and the first year is short."""
    contract = annual("2026-11-20", entered_on="2026-03-15", start="2026-05-20")
    done = change(contract, "2026-05-25", users=12)
    assert priced(done.contract) == [("2026-06-01", state(users=12), "2026-11-20")]
    # (1200.00 + 500.00) × (5 + 19/30) / 12, a line each
    assert told(done) == (UP, "2026-06-01", "2026-05-31", None, ("2026-06-01", "2026-06-01", "2026-11-20", 79_805))


def test_a_switch_before_the_first_billed_day_replaces_the_first_step() -> None:
    """pricing.md 4.4: annual to monthly and back before anything is billed leaves what was entered, with its rates."""
    contract = annual("2026-11-20", entered_on="2026-03-15", start="2026-05-20")
    to_monthly = order(contract, "2026-03-16", billing=MONTHLY)
    assert priced(to_monthly) == [("2026-06-01", state(billing=MONTHLY), None)]
    back = order(to_monthly, "2026-03-17", billing=ANNUAL)
    assert priced(back) == [("2026-06-01", state(), "2026-06-01")]


# --- 4.5 to 4.7 annual -------------------------------------------------------------------------------------


def test_an_upgrade_of_net_zero_has_no_invoice() -> None:
    """pricing.md 4.5: five users more and two licences less cost the same."""
    done = change(annual(), "2026-03-15", users=15, zoom=0)
    assert told(done) == (UP, "2026-04-01", None, None, year_from(JULY, 150_000))


def test_users_and_licences_have_a_line_each() -> None:
    """pricing.md 4.5: each line is rounded, and net is their sum."""
    done = change(annual("2026-06-20"), "2026-03-15", users=11, zoom=3)
    rest, months = Period(day("2026-04-01"), day("2026-06-20")), Months(2, 19, 30)
    assert done.due_now == Draft(
        "upgrade",
        day("2026-03-15"),
        rest,
        (
            Line(
                "users",
                STARTER,
                STARTER._replace(number=11),
                1,
                1_000_000,
                "year",
                rest,
                months,
                2_194,
            ),
            Line(
                "zoom",
                TWO_ZOOM,
                TWO_ZOOM._replace(number=3),
                1,
                2_500_000,
                "year",
                rest,
                months,
                5_486,
            ),
        ),
        AT_HOME,
        EUR,
    )


def test_an_upgrade_whose_charge_date_is_the_renewal_date_costs_nothing_now() -> None:
    """pricing.md 4.5: the next recurring invoice starts with the step, which keeps the rates of that day."""
    done = change(annual(), "2026-06-15", users=20)
    assert done.contract.steps[-1] == Step(day(JULY), state(users=20), day(ANCHOR), rates(1_000_000, 2_500_000))


def test_an_upgrade_past_the_renewal_date_costs_nothing_now_however_its_lines_would_round() -> None:
    """pricing.md 4.5, 3.1: for the 11/30 of a month since R, a user less and two licences more would come to a cent."""
    tiny, licence = Plan("tiny", Price("Tiny", 0, 2_000), 1, None, self_service=True), Price("Licence", 0, 1_300)
    catalogs = Catalogs((CATALOG._replace(plans={"tiny": tiny}, licences={"a": licence, "b": licence}),))
    contract = annual("2026-06-20")
    contract = contract._replace(steps=(step(ANCHOR, state("tiny", 10, 0), "2026-06-20"),))
    done = change(contract, "2026-06-15", catalogs, users=9, licences=(("a", 1), ("b", 1)))
    assert (done.kind, done.price_from, done.due_now) == (UP, day(JULY), None)


def test_a_reduction_at_the_charge_date_keeps_the_rates_of_that_day() -> None:
    """pricing.md 9, 4.7: with no notice P is the charge date, and the step there is like any other."""
    catalogs = with_policy(notice_months=0)
    done = change(annual(), "2026-06-15", catalogs, users=8)
    assert done.contract.steps[-1] == Step(day(JULY), state(users=8), day(ANCHOR), rates(1_000_000, 2_500_000))
    assert done.price_from == day(JULY)


def test_a_reduction_that_waits_promises_no_rates() -> None:
    """pricing.md 4.7, 3.4: the step starts at P, and nothing is given back."""
    done = change(annual(), "2026-03-15", users=8)
    assert done.contract.steps[1:] == (step(JULY, state(users=8), ANCHOR),)
    assert done.due_now is None


def test_an_upgrade_above_what_is_paid_replaces_a_waiting_reduction() -> None:
    """pricing.md 4.5: only what is more than the 10 users that are paid for is charged."""
    contract = order(annual(), "2026-02-10", users=6)
    done = change(contract, "2026-03-15", users=12)
    assert told(done) == (
        UP,
        "2026-04-01",
        "2026-03-31",
        ("2026-03-15", "2026-04-01", JULY, 5_000),
        year_from(JULY, 170_000),
    )
    assert priced(done.contract) == [(ANCHOR, state(), ANCHOR), ("2026-04-01", state(users=12), ANCHOR)]


def test_an_upgrade_to_what_is_paid_takes_the_reduction_back() -> None:
    """pricing.md 4.5: net zero is no invoice, and a step that changes nothing isn't kept."""
    done = change(order(annual(), "2026-02-10", users=6), "2026-03-15", users=10)
    assert told(done) == (UP, "2026-04-01", None, None, year_from(JULY, 150_000))
    assert done.contract == annual()


def test_what_is_wanted_takes_over_from_the_first_waiting_step_that_costs_no_more() -> None:
    """pricing.md 4.6: a waiting step that costs more stays."""
    contract = at_entry(annual(), step(JULY, state(users=8), ANCHOR), step("2027-07-01", state(users=5), ANCHOR))
    done = change(contract, "2026-03-15", users=7)
    assert told(done) == (UP, "2027-07-01", None, None, year_from("2027-07-01", 120_000))
    assert priced(done.contract) == [*priced(contract)[:2], ("2027-07-01", state(users=7), ANCHOR)]


def test_what_is_wanted_takes_over_from_a_waiting_step_that_costs_the_same() -> None:
    """pricing.md 4.6: a fee that is not above the wanted one's will do; 3 users and 4 licences cost what 8 and 2 do."""
    done = change(order(annual(), "2026-03-10", users=8), "2026-03-15", users=3, zoom=4)
    assert told(done) == (UP, JULY, None, None, year_from(JULY, 130_000))


def test_the_rates_at_the_charge_date_judge_a_take_over() -> None:
    """pricing.md 4.6: fees are compared as in 4.2, whatever a later catalog asks."""
    contract = at_entry(annual(), step(JULY, state("business", 5, 0), ANCHOR))
    done = change(contract, "2026-03-15", later("2026-06-01", business=100), plan="starter", users=14, zoom=0)
    assert told(done) == (UP, JULY, None, None, year_from(JULY, 140_000))


# --- 4.8 annual to monthly ---------------------------------------------------------------------------------

SWITCH = step(JULY, state(billing=MONTHLY))


def test_a_switch_to_monthly_waits_for_the_notice() -> None:
    """pricing.md 4.8: nothing is due, and the last day of the notice still reaches it."""
    done = change(annual(), "2026-03-15", billing=MONTHLY)
    assert told(done) == (BILLING, JULY, None, None, (JULY, JULY, "2026-08-01", 15_000))
    assert done.contract.steps == (*annual().steps, SWITCH)
    assert change(annual(), "2026-06-02", billing=MONTHLY).price_from == day("2027-07-01")


def test_a_switch_with_an_upgrade_makes_two_steps() -> None:
    """pricing.md 4.8: annual up to the renewal date, and monthly from there."""
    contract = order(annual(), "2026-03-15", billing=MONTHLY, users=20)
    assert priced(contract) == [
        (ANCHOR, state(), ANCHOR),
        ("2026-04-01", state(users=20), ANCHOR),
        (JULY, state(users=20, billing=MONTHLY), None),
    ]


def test_a_switch_with_an_upgrade_in_the_renewals_month_is_one_step_where_both_start_together() -> None:
    """pricing.md 4.8: without notice both start on the renewal date, and the monthly one has the rates of that day."""
    catalogs = with_policy(notice_months=0)
    done = change(annual(), "2026-06-15", catalogs, billing=MONTHLY, users=20)
    monthly_step = Step(day(JULY), state(users=20, billing=MONTHLY), None, rates(100_000, 250_000))
    assert done.contract.steps == (*annual().steps, monthly_step)
    assert told(done) == (UP, JULY, "2026-06-30", None, (JULY, JULY, "2026-08-01", 25_000))


def test_the_monthly_step_never_comes_before_the_upgrade() -> None:
    """pricing.md 4.8: the renewal date without notice lies before c, so both start at c."""
    catalogs = with_policy(notice_months=0)
    done = change(annual("2026-06-20"), "2026-06-15", catalogs, billing=MONTHLY, users=20)
    assert priced(done.contract) == [
        (ANCHOR, state(), "2026-06-20"),
        (JULY, state(users=20, billing=MONTHLY), None),
    ]
    assert told(done) == (UP, JULY, "2026-06-30", None, (JULY, JULY, "2026-08-01", 25_000))


def test_a_switch_comes_not_before_an_upgrade_that_waits_for_its_charge_date() -> None:
    """pricing.md 4.8: without notice the renewal date is reached, and c is later."""
    contract = order(annual("2026-06-20"), "2026-06-15", with_policy(notice_months=0), users=20)
    done = change(contract, "2026-06-16", with_policy(notice_months=0), billing=MONTHLY)
    assert told(done) == (BILLING, JULY, None, None, (JULY, JULY, "2026-08-01", 25_000))
    assert priced(done.contract) == [
        (ANCHOR, state(), "2026-06-20"),
        (JULY, state(users=20, billing=MONTHLY), None),
    ]


def test_a_switch_with_a_reduction_is_one_step() -> None:
    """pricing.md 4.8: both start at P."""
    done = change(annual(), "2026-03-15", billing=MONTHLY, users=8)
    assert told(done) == (DOWN, JULY, None, None, (JULY, JULY, "2026-08-01", 13_000))
    assert priced(done.contract) == [(ANCHOR, state(), ANCHOR), (JULY, state(users=8, billing=MONTHLY), None)]


def test_a_switch_while_a_reduction_waits_comes_with_it() -> None:
    """pricing.md 4.8: the monthly step at P replaces the reduction there and has its numbers."""
    done = change(order(annual(), "2026-02-10", users=6), "2026-03-15", billing=MONTHLY)
    assert told(done) == (BILLING, JULY, None, None, (JULY, JULY, "2026-08-01", 11_000))
    assert priced(done.contract) == [(ANCHOR, state(), ANCHOR), (JULY, state(users=6, billing=MONTHLY), None)]


def test_a_switch_and_more_than_waits_but_less_than_is_paid_takes_over() -> None:
    """pricing.md 4.8, 4.6: the first of the two would start where the monthly one does."""
    done = change(order(annual(), "2026-02-10", users=6), "2026-03-15", billing=MONTHLY, users=9)
    assert told(done) == (UP, JULY, None, None, (JULY, JULY, "2026-08-01", 14_000))
    assert priced(done.contract) == [(ANCHOR, state(), ANCHOR), (JULY, state(users=9, billing=MONTHLY), None)]


def test_a_switch_comes_not_before_what_it_takes_over() -> None:
    """pricing.md 4.8, 4.6: the waiting step that costs no more starts after P, and so does monthly billing."""
    contract = at_entry(annual(), step(JULY, state(users=9), ANCHOR), step("2027-07-01", state(users=5), ANCHOR))
    done = change(contract, "2026-03-15", billing=MONTHLY, users=7)
    assert priced(done.contract) == [
        *priced(contract)[:2],
        ("2027-07-01", state(users=7, billing=MONTHLY), None),
    ]


@pytest.mark.parametrize(
    ("users", "expected", "steps"),
    [
        (
            20,
            (
                UP,
                "2026-04-01",
                "2026-03-31",
                ("2026-03-15", "2026-04-01", JULY, 25_000),
                (JULY, JULY, "2026-08-01", 25_000),
            ),
            [("2026-04-01", state(users=20), ANCHOR), (JULY, state(users=20, billing=MONTHLY), None)],
        ),
        (
            8,
            (DOWN, JULY, None, None, (JULY, JULY, "2026-08-01", 13_000)),
            [(JULY, state(users=8, billing=MONTHLY), None)],
        ),
    ],
)
def test_a_change_while_a_switch_waits_keeps_the_switch(users: int, expected: object, steps: list[object]) -> None:
    """pricing.md 4.8: two steps for more, and one for less, as the switch is a boundary."""
    done = change(at_entry(annual(), SWITCH), "2026-03-15", users=users)
    assert told(done) == expected
    assert priced(done.contract) == [(ANCHOR, state(), ANCHOR), *steps]


def test_a_reduction_that_reaches_only_past_the_switch_waits_there() -> None:
    """pricing.md 4.8, 4.7: three months of notice reach the second boundary after the switch."""
    catalogs = with_policy(notice_months=3)
    done = change(at_entry(annual(), SWITCH), "2026-05-15", catalogs, users=8)
    assert told(done) == (DOWN, "2026-09-01", None, None, ("2026-09-01", "2026-09-01", "2026-10-01", 13_000))
    assert priced(done.contract)[1:] == [
        (JULY, state(billing=MONTHLY), None),
        ("2026-09-01", state(users=8, billing=MONTHLY), None),
    ]


def test_a_reduction_before_a_distant_switch_waits_for_its_own_boundary() -> None:
    """pricing.md 4.8: the wanted numbers on annual billing at P, and monthly at the date that waits."""
    contract = at_entry(annual(), step("2027-07-01", state(billing=MONTHLY)))
    done = change(contract, "2026-03-15", users=8)
    assert told(done) == (DOWN, JULY, None, None, year_from(JULY, 130_000))
    assert priced(done.contract)[1:] == [
        (JULY, state(users=8), ANCHOR),
        ("2027-07-01", state(users=8, billing=MONTHLY), None),
    ]


def test_in_the_month_before_the_switch_the_monthly_rule_holds() -> None:
    """pricing.md 4.4: B is the monthly step already."""
    done = change(at_entry(annual(), SWITCH), "2026-06-15", users=8)
    assert told(done) == (DOWN, JULY, None, None, (JULY, JULY, "2026-08-01", 13_000))
    assert done.before_fee == Fee(1_500_000, "month")


def test_the_stub_is_a_period_of_its_own() -> None:
    """pricing.md 4.8, 4.9: from the 20th to the next first, 11/30 of a month."""
    done = change(annual("2026-06-20"), "2026-03-15", billing=MONTHLY)
    assert told(done) == (BILLING, "2026-06-20", None, None, ("2026-06-20", "2026-06-20", JULY, 5_500))


def test_back_to_annual_the_waiting_switch_goes() -> None:
    """pricing.md 4.8: the anchor stays, and nothing is due."""
    done = change(at_entry(annual(), SWITCH), "2026-03-15", billing=ANNUAL)
    assert told(done) == (BILLING, JULY, None, None, year_from(JULY, 150_000))
    assert done.contract == annual()


def test_back_to_annual_with_an_upgrade_charges_the_upgrade() -> None:
    """pricing.md 4.8, 4.5: the switch goes and the upgrade is as if it had never waited."""
    done = change(at_entry(annual(), SWITCH), "2026-03-15", billing=ANNUAL, users=20)
    assert told(done) == told(change(annual(), "2026-03-15", users=20))
    assert done.contract == order(annual(), "2026-03-15", users=20)


def test_back_to_annual_with_a_reduction_waits_for_the_annual_boundary() -> None:
    """pricing.md 4.8, 4.7: P is a boundary of what is left when the switch has gone."""
    done = change(at_entry(annual(), SWITCH), "2026-03-15", billing=ANNUAL, users=8)
    assert told(done) == (DOWN, JULY, None, None, year_from(JULY, 130_000))
    assert done.contract == order(annual(), "2026-03-15", users=8)


def test_back_to_annual_keeps_what_was_ordered_with_the_switch() -> None:
    """pricing.md 4.8: a reduction that came with the switch stays at its annual boundary."""
    contract = order(annual(), "2026-02-10", billing=MONTHLY, users=8)
    done = change(contract, "2026-03-15", billing=ANNUAL)
    assert done.contract == order(annual(), "2026-02-10", users=8)
    assert told(done) == (BILLING, JULY, None, None, year_from(JULY, 130_000))


def test_back_to_annual_what_waits_between_boundaries_waits_for_the_next() -> None:
    """pricing.md 4.8: the first annual boundary on or after the day it had; of two, the later order counts."""
    contract = at_entry(
        annual(),
        SWITCH,
        step("2026-09-01", state(users=8, billing=MONTHLY)),
        step("2027-02-01", state(users=7, billing=MONTHLY)),
    )
    done = change(contract, "2026-03-15", billing=ANNUAL)
    assert priced(done.contract) == [(ANCHOR, state(), ANCHOR), ("2027-07-01", state(users=7), ANCHOR)]
    assert (done.kind, done.price_from) == (BILLING, day(JULY))


def test_after_the_switch_back_to_annual_is_a_switch_of_its_own() -> None:
    """pricing.md 4.4: monthly by now, so the charge date is the new anchor."""
    contract = at_entry(annual(), SWITCH)._replace(billed_until=day("2026-08-01"))
    done = change(contract, "2026-07-15", billing=ANNUAL)
    assert told(done) == (BILLING, "2026-08-01", None, None, year_from("2026-08-01", 150_000))
    assert priced(done.contract)[-1] == ("2026-08-01", state(), "2026-08-01")


# --- 4.9, 4.10 ---------------------------------------------------------------------------------------------


def test_a_second_upgrade_inside_a_year_that_is_not_billed_yet() -> None:
    """pricing.md 4.9: c lies after R, and one invoice carries the year and the difference."""
    contract = order(annual("2026-06-20"), "2026-06-15", users=20)
    done = change(contract, "2026-06-16", zoom=3)
    # 1500.00 + 1000 × (11 + 19/30) / 12 + 250 × (11 + 19/30) / 12
    assert told(done) == (UP, JULY, "2026-06-30", None, year_from("2026-06-20", 271_180))


def test_a_cancelled_contracts_upgrade_is_charged_to_the_end_at_most() -> None:
    """pricing.md 4.10: from the end on nothing is invoiced, so no recurring invoice carries it."""
    contract = cancelled(annual(), day("2026-03-15"), 1)
    done = change(contract, "2026-03-16", users=20)
    assert told(done) == (UP, "2026-04-01", "2026-03-31", ("2026-03-16", "2026-04-01", JULY, 25_000), None)
    assert done.renews_on == day(JULY)


def test_an_end_inside_a_year_shortens_the_upgrade_invoice() -> None:
    """pricing.md 4.10: a contract cancelled on other terms ends its year early."""
    contract = annual()._replace(end=day("2026-06-01"))
    done = change(contract, "2026-03-15", users=20)
    assert told(done) == (UP, "2026-04-01", "2026-03-31", ("2026-03-15", "2026-04-01", "2026-06-01", 16_667), None)


@pytest.mark.parametrize(
    ("on", "wanted", "free_until"), [("2026-06-15", {"users": 20}, "2026-06-30"), ("2026-03-16", {"users": 8}, None)]
)
def test_a_step_at_the_end_has_no_price(on: str, wanted: dict[str, Any], free_until: str | None) -> None:
    """pricing.md 4.10: what is added in the last month is free to the end; a reduction changes no price any more."""
    contract = cancelled(annual(), day("2026-03-15"), 1)
    done = change(contract, on, **wanted)
    assert told(done) == (UP if free_until else DOWN, None, free_until, None, None)


def test_a_contract_that_ends_before_it_is_billed_has_no_price() -> None:
    """pricing.md 4.10: cancelled before the first billed day, all is free to the end."""
    contract = cancelled(annual(entered_on="2026-03-15", start="2026-05-20"), day("2026-05-25"), 1)
    assert told(change(contract, "2026-05-26", users=20)) == (UP, None, "2026-05-31", None, None)


def test_nothing_is_free_where_the_price_starts_with_the_use() -> None:
    """pricing.md 4.1, 9: a contract that starts on a first is paid for from there."""
    contract = annual(entered_on="2026-03-15", start="2026-06-01")
    assert told(change(contract, "2026-03-16", users=20)) == (
        UP,
        "2026-06-01",
        None,
        None,
        year_from("2026-06-01", 250_000),
    )


def test_an_upgrade_is_charged_to_what_is_billed_at_most() -> None:
    """pricing.md 9: the rest of a year that was billed to an end taken back since is the next recurring invoice's."""
    contract = annual()._replace(billed_until=day("2026-06-01"))
    done = change(contract, "2026-03-15", users=20)
    assert told(done) == (
        UP,
        "2026-04-01",
        "2026-03-31",
        ("2026-03-15", "2026-04-01", "2026-06-01", 16_667),
        ("2026-06-01", "2026-06-01", JULY, 20_834),
    )


# --- 3.4 rates, and quotes' offers -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "net"),
    [
        ({"users": 11}, 2_500),
        ({"zoom": 3}, 6_250),
        ({"plan": "pro"}, 27_500),
        ({"plan": "pro", "zoom": 3}, 33_750),
    ],
)
def test_in_a_running_period_the_rates_are_pinned(wanted: dict[str, Any], net: int) -> None:
    """pricing.md 3.4: B's user rate and Zoom rate stay; a new plan has the rate of the catalog of D."""
    catalogs = later("2026-02-01", starter=120, pro=210, zoom=300)
    done = change(annual(), "2026-03-15", catalogs, **wanted)
    assert money(done.due_now) == ("2026-03-15", "2026-04-01", JULY, net)


def test_a_period_that_has_not_begun_has_the_rates_of_its_first_day() -> None:
    """pricing.md 3.4: as they are known on the day of the change, and its step keeps them."""
    catalogs = later("2026-06-20", starter=120)
    done = change(annual(), "2026-06-15", catalogs, users=20)
    assert done.contract.steps[-1].rates == rates(1_200_000, 2_500_000)
    assert told(done) == (UP, JULY, "2026-06-30", None, year_from(JULY, 290_000))


def test_a_further_change_keeps_rates_already_promised() -> None:
    """pricing.md 3.4: a catalog imported in between changes a new plan's rate only."""
    contract = order(annual(), "2026-06-15", users=20)
    catalogs = later("2026-06-17", starter=120, pro=200, zoom=300)
    assert change(contract, "2026-06-20", catalogs, users=21).contract.steps[-1].rates == rates(1_000_000, 2_500_000)
    assert change(contract, "2026-06-20", catalogs, plan="pro").contract.steps[-1].rates == rates(2_000_000, 2_500_000)


def test_a_step_that_only_reprices_the_running_period_is_kept() -> None:
    """pricing.md 1, 3.4: back on starter once a catalog asks more, 10 users are as before and cost 120 each."""
    cheap_pro = later("2026-02-01", pro=110)
    catalogs = Catalogs((*cheap_pro.imported, *later("2026-03-18", 3, pro=110, starter=120).imported[1:]))
    on_pro = change(annual(), "2026-03-15", catalogs, plan="pro")
    assert money(on_pro.due_now) == ("2026-03-15", "2026-04-01", JULY, 2_500)
    done = change(on_pro.contract, "2026-03-20", catalogs, plan="starter")
    assert money(done.due_now) == ("2026-03-20", "2026-04-01", JULY, 2_500)
    repriced = Step(day("2026-04-01"), state(), day(ANCHOR), rates(1_200_000, 2_500_000))
    assert done.contract.steps == (*annual().steps, repriced)


def test_a_contract_entered_before_its_first_billed_day_is_priced_by_that_day() -> None:
    """pricing.md 2.5, 3.4: the later of the day of entry and the first billed day."""
    contract = monthly("2026-03-15", "2026-06-01")
    done = change(contract, "2026-03-16", later("2026-06-01", 2, zoom=300), zoom=3)
    assert money(done.next_invoice) == ("2026-06-01", "2026-06-01", JULY, 17_500)


def newer_prices() -> tuple[Catalogs, Offer]:
    """Return catalogs of which the second was imported after a quote of 2026-06-10, and the quote's offer."""
    catalogs = later("2026-06-12", starter=120, pro=210)
    return catalogs, Offer(day("2026-06-10"), catalogs.known_by(1))


def test_a_quote_keeps_its_rates() -> None:
    """pricing.md 6.2, 3.4: what the quote showed for the coming period is ordered, whatever was imported since."""
    catalogs, offer = newer_prices()
    shown = change(annual(), "2026-06-10", CATALOGS, plan="pro", users=20)
    done = change(annual(), "2026-06-15", catalogs, offer=offer, plan="pro", users=20)
    assert told(done) == told(shown) == (UP, JULY, "2026-06-30", None, year_from(JULY, 410_000))
    assert change(annual(), "2026-06-15", catalogs, plan="pro", users=20).after_fee == Fee(47_000_000, "year")


def test_a_quote_keeps_the_rate_of_a_new_plan_in_a_running_period() -> None:
    """pricing.md 6.2, 3.4: the catalog of the quote's day, not of the order's, and fewer months cost less."""
    catalogs = later("2026-03-20", pro=210)
    offer = Offer(day("2026-03-15"), catalogs)
    contract = annual()
    assert money(change(contract, "2026-03-15", catalogs, plan="pro").due_now) == (
        "2026-03-15",
        "2026-04-01",
        JULY,
        20_000,
    )
    assert money(change(contract, "2026-04-02", catalogs, offer=offer, plan="pro").due_now) == (
        "2026-04-02",
        "2026-05-01",
        JULY,
        13_333,
    )


def test_a_quotes_pinned_rates_do_not_carry_over_into_the_next_period() -> None:
    """pricing.md 6.2: the order's own charge date lies in the year that the known catalog prices anew."""
    catalogs = later("2026-06-01", starter=120)
    contract = annual()
    quoted = change(contract, "2026-05-20", catalogs, users=20)
    ordered = change(contract, "2026-06-10", catalogs, offer=Offer(day("2026-05-20"), catalogs), users=20)
    assert money(quoted.due_now) == ("2026-05-20", "2026-06-01", JULY, 8_333)
    assert money(quoted.next_invoice) == year_from(JULY, 290_000)
    assert told(ordered) == (UP, JULY, "2026-06-30", None, year_from(JULY, 290_000))


# --- invariants --------------------------------------------------------------------------------------------


@given(contracts(), states)
def test_every_change_can_be_asked_for_twice(found: tuple[Contract, date], wanted: State) -> None:
    """pricing.md 4: the second time it is so already, and nothing changes."""
    contract, on = found
    done = planned(contract, wanted, on, CATALOGS, BUYER)
    again = planned(done.contract, wanted, on, CATALOGS, BUYER)
    assert (again.kind, again.contract) == (NONE, done.contract)
    assert done.contract.current == wanted


@given(contracts(), states)
def test_nothing_moves_before_the_charge_date(found: tuple[Contract, date], wanted: State) -> None:
    """pricing.md 1, 2.2: a change leaves the history alone, and no change gives money back."""
    contract, on = found
    done = planned(contract, wanted, on, CATALOGS, BUYER)
    assume(done.kind != NONE)
    charge = (on + timedelta(32 - on.day)).replace(day=1)
    first = max(contract.billed_from, charge) if on >= contract.billed_from else contract.billed_from
    assert done.price_from is not None
    assert done.price_from >= first
    kept = tuple(step for step in contract.steps if step.start < first)
    assert done.contract.steps[: len(kept)] == kept
    assert done.due_now is None or (done.kind == UP and done.due_now.net > 0)


def leaves_all_as_it_is(steps: Steps, place: int, contract: Contract, on: date) -> bool:
    """Tell whether a step could be left out: its own period costs the same without it, whatever catalog comes."""
    before, step = steps[place - 1 : place + 1]
    if (before.state, before.anchor) != (step.state, step.anchor):
        return False
    period = period_at(steps, step.start)
    promises = [each.rates if each.start >= period.start else None for each in (before, step)]
    if period.start > on:
        return promises[0] == promises[1]
    catalog = CATALOGS.at(max(period.start, contract.entered_on)).rates(step.state.plan, step.state.billing)
    return len({fee(step.state, promise or catalog) for promise in promises}) == 1


@given(contracts(), states, states, st.integers(0, 40))
def test_no_step_is_kept_that_changes_nothing(
    found: tuple[Contract, date], wanted: State, further: State, days: int
) -> None:
    """pricing.md 1: of those that a change brings, there and back again as well."""
    contract, on = found
    for want in (wanted, contract.current, further, wanted):
        after = planned(contract, want, on, CATALOGS, BUYER).contract
        new = [place for place, step in enumerate(after.steps) if place and step not in contract.steps]
        assert not any(leaves_all_as_it_is(after.steps, place, contract, on) for place in new)
        contract, on = after, on + timedelta(days)


def test_a_buyer_elsewhere_has_another_vat() -> None:
    """pricing.md 3.3: what is due now has the VAT of the buyer's country and number."""
    done = change(annual(), "2026-03-15", buyer=Buyer("DE", "DE136695976"), users=20)
    assert done.due_now is not None
    assert (done.due_now.vat.category, done.due_now.tax, done.due_now.total) == ("AE", 0, 25_000)


def test_the_catalog_of_the_day_names_currency_and_titles() -> None:
    """pricing.md 3.1: the currency of a change is the catalog's."""
    yen: Catalog = CATALOG._replace(currency="JPY")
    done = change(annual(), "2026-03-15", Catalogs((yen,)), users=20)
    assert (done.currency, money(done.due_now)) == ("JPY", ("2026-03-15", "2026-04-01", JULY, 250))
