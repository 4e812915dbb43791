"""What is refused, in which order, and in which words (pricing.md 5, 6.2, 9)."""

from __future__ import annotations

from typing import Any

import pytest

from subctl.domain.catalog import ANNUAL, MONTHLY, Catalog, Catalogs, Plan, Price
from subctl.domain.contract import Contract, Wish
from subctl.domain.errors import EXIT_CODES, bad_input
from subctl.domain.refusals import (
    Customer,
    add_command,
    expired,
    refuse_below_active,
    refuse_card_monthly,
    refuse_change,
    refuse_direction,
    refuse_ended,
    refuse_named,
    refuse_plan_limit,
    refuse_unoffered,
    refuse_unsold,
    refuse_unsupported,
    stale,
)
from subctl.domain.sentence import Sentence
from tests.support.build import CATALOG, annual, day, monthly, refused, state, zooms

CUSTOMER = Customer("acme", active_users=7, payment="invoice", locked=False)
LOCKED = CUSTOMER._replace(locked=True)
CARD = CUSTOMER._replace(payment="card")
CANCELLED = annual()._replace(end=day("2026-07-01"))

SUPPORT = "Please contact support@example.com."
CARD_REFUSED = (
    "payment_method",
    "Monthly billing can't be paid by credit card.",
    "Choose annual billing, or pay by invoice or direct debit: subctl space set ID --payment invoice.",
)
ENDING_REFUSED = (
    "contract_ending",
    "The contract of acme is cancelled: its billing can't be changed any more.",
    "Withdraw the cancellation first: subctl list orders --space acme --kind cancel names it.",
)


@pytest.mark.parametrize(
    ("end", "message"),
    [
        ("2026-07-01", "The contract of acme ended on 2026-06-30."),
        ("2025-06-15", "The contract of acme ended before it started."),
    ],
)
def test_after_the_end_every_change_is_refused(end: str, message: str) -> None:
    """pricing.md 5: `contract_ended`, from the first day after the contract."""
    contract = annual()._replace(end=day(end))
    refusal = "contract_ended", message, "A new contract starts with a new space: subctl space add."
    assert refused(refuse_ended, contract, day("2026-07-01")) == refusal


def test_until_the_end_changes_are_allowed() -> None:
    """pricing.md 4.10: on the last day too, and without an end for ever."""
    refuse_ended(CANCELLED, day("2026-06-30"))
    refuse_ended(annual(), day("2199-12-31"))


@pytest.mark.parametrize(
    ("customer", "plans", "why"),
    [
        (LOCKED, ("starter", "pro"), "The contract of acme"),
        (CUSTOMER, ("enterprise", "pro"), "The plan enterprise"),
        (CUSTOMER, ("starter", "enterprise"), "The plan enterprise"),
        (LOCKED, ("starter", "enterprise"), "The plan enterprise"),
    ],
)
def test_what_the_vendors_staff_looks_after_is_refused(customer: Customer, plans: tuple[str, str], why: str) -> None:
    """pricing.md 5: a locked space, or a plan that customers don't change themselves."""
    refusal = "contact_support", f"{why} is managed by Example Software B.V.", SUPPORT
    assert refused(refuse_unsupported, customer, CATALOG, *plans) == refusal


def test_of_two_plans_that_the_vendors_staff_looks_after_the_present_one_is_named() -> None:
    """pricing.md 5: leaving it needs the staff, wherever to."""
    managed = CATALOG.plans["pro"]._replace(self_service=False)
    catalog = CATALOG._replace(plans={**CATALOG.plans, "pro": managed})
    refusal = "contact_support", "The plan pro is managed by Example Software B.V.", SUPPORT
    assert refused(refuse_unsupported, CUSTOMER, catalog, "pro", "enterprise") == refusal


def test_customers_look_after_other_plans_themselves() -> None:
    """pricing.md 5: also after a plan that this catalog doesn't have."""
    for plans in (("starter", "pro"), ("gone", "pro"), ("starter", "gone")):
        refuse_unsupported(CUSTOMER, CATALOG, *plans)


def private(*spaces: str) -> Catalog:
    """Return the built-in catalog with pro as the private plan of some spaces."""
    return CATALOG._replace(plans={**CATALOG.plans, "pro": CATALOG.plans["pro"]._replace(spaces=spaces)})


def test_other_peoples_private_plan_is_not_chosen() -> None:
    """pricing.md 3.6, 5: `contact_support`, as with plans that the vendor's staff looks after."""
    refusal = "contact_support", "The plan pro is managed by Example Software B.V.", SUPPORT
    assert refused(refuse_unsupported, CUSTOMER, private("beta", "gamma"), "starter", "pro") == refusal


def test_the_list_of_a_private_plan_counts_for_choosing_it() -> None:
    """pricing.md 3.6: who is named chooses it; who has it keeps it, changes it and leaves it."""
    refuse_unsupported(CUSTOMER, private("acme", "beta"), "starter", "pro")
    refuse_unsupported(CUSTOMER, private("beta"), "pro", "pro")
    refuse_unsupported(CUSTOMER, private("beta"), "pro", "starter")


def test_support_may_give_a_private_plan_to_others() -> None:
    """pricing.md 3.6: `--as-support` passes, and the plan's limits stay."""
    wanted = state("pro", 20)
    refuse_change(annual(), CUSTOMER, wanted, private("beta"), as_support=True)
    assert refused(refuse_change, annual(), CUSTOMER, wanted, private("beta"), as_support=False)[0] == "contact_support"


@pytest.mark.parametrize(
    ("plan", "users", "message", "hint"),
    [
        (
            "business",
            4,
            "The plan business needs at least 5 users, not 4.",
            "Ask for --users 5 or more, or for another plan.",
        ),
        (
            "starter",
            51,
            "The plan starter has at most 50 users, not 51.",
            "Ask for --users 50 or fewer, or for another plan.",
        ),
    ],
)
def test_a_plan_has_its_limits(plan: str, users: int, message: str, hint: str) -> None:
    """pricing.md 5: `plan_limit` names the limit."""
    assert refused(refuse_plan_limit, CATALOG, plan, users) == ("plan_limit", message, hint)


@pytest.mark.parametrize(("plan", "users"), [("business", 5), ("starter", 1), ("starter", 50), ("pro", 1_000_000)])
def test_numbers_at_the_limits_are_inside(plan: str, users: int) -> None:
    """pricing.md 5: the limits themselves are allowed, and a plan may have none above."""
    refuse_plan_limit(CATALOG, plan, users)


@pytest.mark.parametrize(
    ("users", "hint"),
    [(6, "Deactivate 1 user first."), (5, "Deactivate 2 users first."), (1, "Deactivate 6 users first.")],
)
def test_fewer_users_than_are_active_are_refused(users: int, hint: str) -> None:
    """pricing.md 5: `below_active_users` counts how many to deactivate."""
    refusal = "below_active_users", f"7 users of acme are active: more than {users}.", hint
    assert refused(refuse_below_active, CUSTOMER, 10, users) == refusal


@pytest.mark.parametrize(("before", "users"), [(10, 7), (10, 8), (5, 6), (5, 5)])
def test_as_many_as_are_active_or_more_than_before_are_allowed(before: int, users: int) -> None:
    """pricing.md 5: only a reduction is refused."""
    refuse_below_active(CUSTOMER, before, users)


def test_credit_cards_are_for_annual_billing() -> None:
    """pricing.md 5: `payment_method`."""
    assert refused(refuse_card_monthly, "card", MONTHLY) == CARD_REFUSED
    refuse_card_monthly("card", ANNUAL)
    refuse_card_monthly("invoice", MONTHLY)
    refuse_card_monthly("direct-debit", MONTHLY)


def without_pro(valid_from: str, catalog_id: int) -> Any:
    plans: dict[str, Plan] = {name: plan for name, plan in CATALOG.plans.items() if name != "pro"}
    return CATALOG._replace(id=catalog_id, valid_from=day(valid_from), plans=plans)


def test_a_plan_must_be_sold_in_every_catalog_to_come() -> None:
    """pricing.md 5: a plan that ends can't be ordered any more."""
    catalogs = Catalogs((CATALOG, without_pro("2026-06-01", 2)))
    assert refused(refuse_unoffered, catalogs, day("2026-03-15"), "pro") == (
        "not_found",
        "The plan pro is not sold any more from 2026-06-01 on.",
        "From then on there are starter, business, enterprise.",
    )
    refuse_unoffered(catalogs, day("2026-03-15"), "starter")


def test_a_plan_that_is_not_sold_today_is_unknown() -> None:
    """pricing.md 5: before the catalog that brings it, and on the first day of one that doesn't have it."""
    catalogs = Catalogs((without_pro("2026-01-01", 1), CATALOG._replace(id=2, valid_from=day("2026-06-01"))))
    refusal = "not_found", "There is no plan 'pro'.", "The plans are starter, business, enterprise."
    for on in ("2026-01-01", "2026-03-15"):
        assert refused(refuse_unoffered, catalogs, day(on), "pro") == refusal
    refuse_unoffered(catalogs, day("2026-06-01"), "pro")


def without_zoom(valid_from: str, catalog_id: int, **licences: Price) -> Catalog:
    return CATALOG._replace(id=catalog_id, valid_from=day(valid_from), licences=licences)


@pytest.mark.parametrize(("sold", "then"), [({}, "none"), ({"storage": CATALOG.licences["zoom"]}, "storage")])
def test_a_licence_must_be_sold_in_every_catalog_to_come(sold: dict[str, Price], then: str) -> None:
    """pricing.md 5: a kind that ends can't be ordered any more, nor less of it; what there is, or none, may stay."""
    catalogs, on = Catalogs((CATALOG, without_zoom("2026-06-01", 2, **sold))), day("2026-03-15")
    refusal = (
        "not_found",
        "The licence zoom is not sold any more from 2026-06-01 on.",
        f"From then on there are {then}.",
    )
    for number in (1, 3):
        assert refused(refuse_unsold, catalogs, on, state(), state(zoom=number)) == refusal
    for number in (0, 2):
        refuse_unsold(catalogs, on, state(), state("pro", zoom=number))


def test_each_kind_of_licence_is_looked_at() -> None:
    """pricing.md 5: what stays as it is, and may, says nothing of the next kind."""
    price = CATALOG.licences["zoom"]
    both = CATALOG._replace(licences={"storage": price, "zoom": price})
    catalogs = Catalogs((both, without_zoom("2026-06-01", 2, storage=price)))
    before = state()._replace(licences=(("storage", 1), ("zoom", 2)))
    wanted = before._replace(licences=(("storage", 1), ("zoom", 3)))
    assert refused(refuse_unsold, catalogs, day("2026-03-15"), before, wanted)[:2] == (
        "not_found",
        "The licence zoom is not sold any more from 2026-06-01 on.",
    )


def test_a_licence_that_is_not_sold_today_is_unknown() -> None:
    """pricing.md 5: before the catalog that brings it, and on the first day of one that doesn't have it."""
    catalogs = Catalogs((without_zoom("2026-01-01", 1), CATALOG._replace(id=2, valid_from=day("2026-06-01"))))
    for on in ("2026-01-01", "2026-03-15"):
        assert refused(refuse_unsold, catalogs, day(on), state(zoom=0), state()) == (
            "not_found",
            "There is no licence 'zoom'.",
            "This catalog sells no licences beside its plans.",
        )
    refuse_unsold(catalogs, day("2026-06-01"), state(zoom=0), state())


def check(contract: Contract, customer: Customer, *, as_support: bool = False, **wanted: Any) -> None:
    refuse_change(contract, customer, contract.current._replace(**wanted), CATALOG, as_support=as_support)


EVERYTHING = Customer("acme", active_users=7, payment="card", locked=True)
"""A customer with whom all can go wrong at once."""


@pytest.mark.parametrize(
    ("customer", "wanted", "as_support", "code"),
    [
        (EVERYTHING, {"plan": "business", "users": 4, "billing": MONTHLY}, False, "contact_support"),
        (EVERYTHING, {"plan": "business", "users": 4, "billing": MONTHLY}, True, "plan_limit"),
        (EVERYTHING, {"plan": "business", "users": 5, "billing": MONTHLY}, True, "below_active_users"),
        (EVERYTHING, {"plan": "business", "users": 7, "billing": MONTHLY}, True, "payment_method"),
        (CUSTOMER, {"plan": "business", "users": 7, "billing": MONTHLY}, False, "contract_ending"),
    ],
)
def test_the_first_rule_that_is_broken_refuses(
    customer: Customer, wanted: dict[str, Any], code: str, *, as_support: bool
) -> None:
    """pricing.md 5: support, plan limits, active users, payment, ending, in this order."""
    assert refused(check, CANCELLED, customer, as_support=as_support, **wanted)[0] == code


def test_billing_stays_while_a_cancellation_waits() -> None:
    """pricing.md 5: `contract_ending`; all else may be changed."""
    assert refused(check, CANCELLED, CUSTOMER, billing=MONTHLY) == ENDING_REFUSED
    check(CANCELLED, CUSTOMER, plan="pro", users=20)
    check(annual(), CUSTOMER, billing=MONTHLY)


def test_limits_count_where_plan_or_users_change() -> None:
    """pricing.md 5: a contract that is outside its plan's limits may change its licences."""
    few = annual()._replace(steps=(annual().steps[0]._replace(state=state("business", 3)),))
    check(few, CUSTOMER, licences=zooms(5))
    assert refused(check, few, CUSTOMER, users=4)[0] == "plan_limit"
    assert refused(check, few, CUSTOMER, plan="starter", users=51)[0] == "plan_limit"


def test_support_may_change_what_it_manages() -> None:
    """pricing.md 5: `--as-support` passes the first refusal and no other."""
    check(annual(), LOCKED, as_support=True, plan="enterprise", users=50)
    assert refused(check, annual(), LOCKED, as_support=True, plan="enterprise", users=49)[0] == "plan_limit"


def test_a_monthly_card_stops_every_change() -> None:
    """pricing.md 5: a card that was entered while billing was annual must go before anything else."""
    assert refused(check, monthly(), CARD, users=12) == CARD_REFUSED
    check(monthly(), CARD, billing=ANNUAL)


@pytest.mark.parametrize(
    ("command", "kind", "code", "costs"),
    [
        ("downgrade", "upgrade", "use_upgrade", "more"),
        ("upgrade", "downgrade", "use_downgrade", "less"),
    ],
)
def test_the_wrong_direction_is_refused_with_the_whole_right_command(
    command: str, kind: str, code: str, costs: str
) -> None:
    """pricing.md 5: `use_upgrade` and `use_downgrade`."""
    message = f"This change costs {costs} than today."
    whole = Wish("pro", 20, zooms(3), MONTHLY)
    hint = f"Use: subctl {kind} --space acme --plan pro --users 20 --licence zoom=3 --billing monthly --as-support"
    assert refused(refuse_direction, command, kind, "acme", whole, as_support=True) == (code, message, hint)
    short = f"Use: subctl {kind} --users 20"
    assert refused(refuse_direction, command, kind, None, Wish(users=20), as_support=False) == (code, message, short)


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("upgrade", "upgrade"),
        ("downgrade", "downgrade"),
        ("upgrade", "billing"),
        ("downgrade", "billing"),
        ("quote", "upgrade"),
        ("quote", "downgrade"),
        ("order", "upgrade"),
    ],
)
def test_a_billing_change_goes_through_either_command(command: str, kind: str) -> None:
    """pricing.md 5: and quotes and orders take every kind."""
    refuse_direction(command, kind, None, Wish(), as_support=False)


def test_what_isnt_named_yet_breaks_no_rule() -> None:
    """pricing.md 5: whoever answers one question after the other hears of each what is wrong with it."""

    def named(wish: Wish) -> None:
        refuse_named(CANCELLED, CARD, wish, CATALOG, as_support=False)

    named(Wish())
    named(Wish(plan="business"))
    assert refused(named, Wish(plan="enterprise"))[0] == "contact_support"
    assert refused(named, Wish(plan="business", users=4))[0] == "plan_limit"
    assert refused(named, Wish(users=6))[0] == "below_active_users"
    assert refused(named, Wish(billing=MONTHLY)) == CARD_REFUSED
    other_billing = Wish(billing=MONTHLY)
    assert refused(refuse_named, CANCELLED, CUSTOMER, other_billing, CATALOG, as_support=False) == ENDING_REFUSED
    named(Wish("business", 10, zooms(1), ANNUAL))


def test_an_old_quote_is_expired_or_stale() -> None:
    """pricing.md 6.2: both say what to do."""
    again = "subctl quote --users 20"
    old, moved = (
        expired("Q-2026-0001", day("2026-04-14"), again),
        stale("Q-2026-0001", Sentence("the VAT has changed"), again),
    )
    assert [(error.code, error.message, error.hint, error.exit_code) for error in (old, moved)] == [
        (
            "quote_expired",
            "The quote Q-2026-0001 was valid until 2026-04-14.",
            "Ask for a new one: subctl quote --users 20",
            5,
        ),
        (
            "quote_stale",
            "The quote Q-2026-0001 no longer fits: the VAT has changed.",
            "Ask for a new one: subctl quote --users 20",
            5,
        ),
    ]


@pytest.mark.parametrize(
    "code",
    [
        "contract_ended",
        "contact_support",
        "plan_limit",
        "below_active_users",
        "payment_method",
        "contract_ending",
        "use_upgrade",
        "use_downgrade",
        "too_late",
        "clock_behind",
    ],
)
def test_what_the_rules_refuse_ends_with_four(code: str) -> None:
    """pricing.md 5: all but `not_administrator`, which has no right and ends with seven."""
    assert (EXIT_CODES[code], EXIT_CODES["not_administrator"]) == (4, 7)


def test_what_can_not_be_read_is_bad_input() -> None:
    """pricing.md 5: a value that isn't allowed is a wrong usage, with or without a hint."""
    error = bad_input("It won't do.")
    assert (error.code, error.message, error.hint, error.exit_code) == ("bad_input", "It won't do.", "", 2)


@pytest.mark.parametrize(
    ("plans", "words"),
    [
        ({}, "starter --users 5"),
        ({"starter": {"self_service": False}}, "pro --users 5"),
        ({"starter": {"spaces": ("acme",)}}, "pro --users 5"),
        ({"starter": {"min_users": 7}}, "starter --users 7"),
        ({"starter": {"max_users": 3}}, "starter --users 3"),
        ({"starter": {"max_users": None}}, "starter --users 5"),
        ({name: {"spaces": ("acme",)} for name in CATALOG.plans}, "starter --users 5"),
    ],
)
def test_the_command_that_enters_a_space_would_pass(plans: dict[str, dict[str, Any]], words: str) -> None:
    """pricing.md 3.6, 5: a plan that everybody may have, if there is one, and as many users as it has room for."""
    changed = {name: plan._replace(**plans.get(name, {})) for name, plan in CATALOG.plans.items()}
    found = add_command(CATALOG._replace(plans=changed))
    assert found == f"subctl space add my-shop --name 'My Shop' --plan {words}"
