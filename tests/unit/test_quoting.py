"""Quotes: how long they hold, and what an order of one costs (pricing.md 6.1, 6.2)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.catalog import ANNUAL, MONTHLY, Catalog, Catalogs
from subctl.domain.contract import Contract, State
from subctl.domain.ending import cancelled
from subctl.domain.entry import enter_contract
from subctl.domain.invoice import Buyer
from subctl.domain.pricing import BILLING, DOWN, plan_change
from subctl.domain.quoting import Terms, quote_terms, taxed_otherwise
from subctl.domain.rate_card import Offer
from tests.support.build import (
    AT_HOME,
    BUYER,
    CATALOG,
    CATALOGS,
    annual,
    change,
    day,
    monthly,
    rates,
    state,
    step,
    with_policy,
)
from tests.support.strategies import contracts, followers, known_catalogs, states

JULY = "2026-07-01"
UPCOMING = annual(entered_on="2026-03-15", start="2026-05-20")
SWITCHING = annual()._replace(steps=(*annual().steps, step(JULY, state(billing=MONTHLY))))
IN_MAY = annual("2026-05-02")
STUB = IN_MAY._replace(steps=(*IN_MAY.steps, step("2026-05-02", state(billing=MONTHLY))))


def terms(
    contract: Contract, on: str, catalogs: Catalogs = CATALOGS, buyer: Buyer = BUYER, **wanted: Any
) -> tuple[str, str | None]:
    """Return a quote's last day, and the boundary that makes it stale."""
    done = change(contract, on, catalogs, buyer, **wanted)
    found = quote_terms(contract, done.change, catalogs, buyer)
    return str(found.valid_until), str(found.boundary) if found.boundary else None


@pytest.mark.parametrize(
    ("contract", "on", "valid_until", "boundary"),
    [
        (monthly(), "2026-03-15", "2026-04-14", None),
        (annual(), "2026-03-15", "2026-04-14", JULY),
        (annual(), "2026-05-31", "2026-06-30", JULY),
        (annual(), "2026-06-10", "2026-06-30", JULY),
        (annual("2026-06-20"), "2026-06-10", "2026-06-19", "2026-06-20"),
        (UPCOMING, "2026-05-15", "2026-05-31", "2026-06-01"),
        (SWITCHING, "2026-05-31", "2026-05-31", JULY),
        (SWITCHING, "2026-06-10", "2026-06-30", JULY),
        (change(monthly(), "2026-03-10", billing=ANNUAL).contract, "2026-03-15", "2026-03-31", "2026-04-01"),
    ],
)
def test_a_quote_holds_for_30_days_or_to_the_eve_of_a_renewal_date(
    contract: Contract, on: str, valid_until: str, boundary: str | None
) -> None:
    """pricing.md 6.1, 6.2: the first billed day, and the day on which annual billing begins, count as one."""
    assert terms(contract, on, users=20) == (valid_until, boundary)


@pytest.mark.parametrize(("quote_days", "valid_until"), [(0, "2026-03-15"), (1, "2026-03-16"), (366, "2027-03-16")])
def test_the_catalog_says_how_many_days_a_quote_holds(quote_days: int, valid_until: str) -> None:
    """pricing.md 6.1: the last day is one of them."""
    assert terms(monthly(), "2026-03-15", with_policy(quote_days=quote_days), users=20) == (valid_until, None)


def test_a_quote_may_outlive_its_contract() -> None:
    """pricing.md 6.1: after the end it is refused with `contract_ended`."""
    contract = cancelled(monthly(), day("2026-03-15"), 1)
    assert (str(contract.last_day), terms(contract, "2026-04-10", users=20)) == ("2026-04-30", ("2026-05-10", None))


def then(valid_from: str, changed: Catalog = CATALOG) -> Catalogs:
    """Return the built-in catalog, and one that is known to come after it."""
    return Catalogs((CATALOG, changed._replace(id=2, valid_from=day(valid_from))))


def dearer(plan: str = "starter", monthly: int = 0, annual: int = 0) -> Catalog:
    """Return the built-in catalog with a plan that costs so many euros more."""
    old = CATALOG.plans[plan]
    price = old.price._replace(monthly=old.price.monthly + 10_000 * monthly, annual=old.price.annual + 10_000 * annual)
    return CATALOG._replace(plans={**CATALOG.plans, plan: old._replace(price=price)})


ZOOM_DEARER = CATALOG._replace(licences={"zoom": CATALOG.licences["zoom"]._replace(monthly=300_000)})
WITHOUT_ZOOM = enter_contract("acme", state(zoom=0, billing=MONTHLY), day("2026-03-01"), day("2025-07-01"))


@pytest.mark.parametrize(
    ("contract", "on", "catalogs", "wanted", "valid_until"),
    [
        (monthly(), "2026-03-15", then("2026-05-01", dearer(monthly=10)), {"users": 20}, "2026-03-31"),
        (monthly(), "2026-03-15", then("2026-05-01", dearer(monthly=-5)), {"users": 20}, "2026-03-31"),
        (monthly(), "2026-03-15", then("2026-05-02", dearer(monthly=10)), {"users": 20}, "2026-04-14"),
        (monthly(), "2026-03-15", then("2026-05-01", dearer("pro", monthly=1)), {"users": 20}, "2026-04-14"),
        (monthly(), "2026-03-15", then("2026-05-01", dearer("pro", monthly=1)), {"plan": "pro"}, "2026-03-31"),
        (monthly(), "2026-03-15", then("2026-05-01", dearer(monthly=1)), {"plan": "pro"}, "2026-03-31"),
        (monthly(), "2026-03-15", then("2026-05-01", dearer(annual=1)), {"users": 20}, "2026-04-14"),
        (
            monthly(),
            "2026-03-15",
            then("2026-05-01", dearer(annual=1)),
            {"users": 20, "billing": ANNUAL},
            "2026-03-31",
        ),
        (monthly(), "2026-03-15", then("2026-05-01", ZOOM_DEARER), {"users": 20}, "2026-03-31"),
        (WITHOUT_ZOOM, "2026-03-15", then("2026-05-01", ZOOM_DEARER), {"users": 20}, "2026-04-14"),
        (WITHOUT_ZOOM, "2026-03-15", then("2026-05-01", ZOOM_DEARER), {"zoom": 1}, "2026-03-31"),
        (annual(), "2026-03-15", then("2026-04-05", dearer(annual=20)), {"users": 20}, "2026-04-14"),
        (annual(), "2026-03-15", then("2026-04-05", dearer("pro", annual=20)), {"plan": "pro"}, "2026-04-04"),
        (annual(), "2026-05-15", then("2026-06-20", dearer(annual=20)), {"users": 20}, "2026-05-31"),
        (annual(), "2026-05-15", then("2026-07-02", dearer(annual=20)), {"users": 20}, "2026-06-14"),
    ],
)
def test_a_quote_ends_before_other_rates_at_its_charge_date(
    contract: Contract, on: str, catalogs: Catalogs, wanted: dict[str, Any], valid_until: str
) -> None:
    """pricing.md 6.1: rates of both states, on B's billing and on each one's own, of what there is any number of."""
    assert terms(contract, on, catalogs, **wanted)[0] == valid_until


@pytest.mark.parametrize(
    ("contract", "on", "wanted", "price_from", "valid_until"),
    [
        (monthly(), "2026-03-15", {"users": 8}, "2026-04-01", "2026-03-31"),
        (UPCOMING, "2026-03-15", {"users": 5}, "2026-06-01", "2026-05-31"),
        (annual(), "2026-03-15", {"users": 8}, JULY, "2026-06-01"),
        (annual(), "2026-06-01", {"users": 8}, JULY, "2026-06-01"),
        (annual(), "2026-03-15", {"billing": MONTHLY}, JULY, "2026-06-01"),
        (annual("2026-06-20"), "2026-03-15", {"billing": MONTHLY}, "2026-06-20", "2026-05-20"),
        (SWITCHING, "2026-05-15", {"billing": ANNUAL}, JULY, "2026-05-31"),
        (SWITCHING, "2026-05-15", {"users": 8}, JULY, "2026-05-31"),
        (SWITCHING, "2026-06-15", {"users": 8}, JULY, "2026-06-30"),
        (STUB, "2026-03-15", {"billing": ANNUAL}, "2026-05-02", "2026-04-30"),
        (STUB, "2026-03-15", {"users": 8}, "2026-05-02", "2026-04-02"),
        (STUB, "2026-04-03", {"users": 8}, "2026-06-01", "2026-04-30"),
        (STUB, "2026-04-03", {"users": 8, "billing": ANNUAL}, "2027-05-02", "2026-04-30"),
        (cancelled(annual(), day("2026-03-15"), 1), "2026-03-16", {"users": 8}, None, "2026-06-24"),
    ],
)
def test_a_reduction_or_another_billing_is_quoted_to_the_last_day_that_reaches_its_price(
    contract: Contract, on: str, wanted: dict[str, Any], price_from: str | None, valid_until: str
) -> None:
    """pricing.md 6.1: the charge date's eve, the notice's last day, or where a switch begins to count (4.4)."""
    catalogs = with_policy(quote_days=100)
    done = change(contract, on, catalogs, **wanted)
    assert done.kind in (DOWN, BILLING)
    assert (done.price_from and str(done.price_from)) == price_from
    assert terms(contract, on, catalogs, **wanted)[0] == valid_until


def test_without_notice_the_renewal_dates_eve_still_reaches_it() -> None:
    """pricing.md 6.1, 4.7: P is the first boundary after the day of the change."""
    assert terms(annual(), "2026-06-15", with_policy(notice_months=0), users=8) == ("2026-06-30", JULY)


def test_a_price_that_comes_back_has_not_stayed() -> None:
    """pricing.md 6.1: two months of notice miss the switch in May; in June the monthly rule reaches it."""
    catalogs = with_policy(notice_months=2, quote_days=90)
    days = "2026-05-01", "2026-05-02", "2026-06-01"
    found = [str(change(SWITCHING, on, catalogs, users=8).price_from) for on in days]
    assert found == [JULY, "2026-08-01", JULY]
    assert terms(SWITCHING, "2026-04-28", catalogs, users=8) == ("2026-05-01", JULY)


# --- VAT ---------------------------------------------------------------------------------------------------

TAXED = CATALOG._replace(seller=CATALOG.seller._replace(vat_rate=190_000))
GERMAN = Buyer("DE", "DE136695976")
ENDING = cancelled(annual(), day("2026-03-15"), 1)


@pytest.mark.parametrize(
    ("contract", "on", "valid_from", "buyer", "valid_until"),
    [
        (annual(), "2026-03-15", "2026-04-05", BUYER, "2026-04-04"),  # due now
        (annual(), "2026-03-15", "2026-04-15", BUYER, "2026-04-14"),
        (annual(), "2026-03-15", "2026-04-05", GERMAN, "2026-04-14"),  # none before and after
        (monthly(), "2026-03-15", "2026-04-01", BUYER, "2026-04-14"),  # next invoices: April's and May's
        (monthly(), "2026-03-15", "2026-04-20", BUYER, "2026-03-31"),
        (annual(), "2026-05-20", "2026-06-05", BUYER, "2026-06-19"),  # due in May alone: next year's invoice counts
        (ENDING, "2026-05-20", "2026-05-25", BUYER, "2026-05-24"),
        (ENDING, "2026-05-20", "2026-06-05", BUYER, "2026-06-19"),  # in June nothing is due, now or later
    ],
)
def test_a_quote_ends_before_another_vat(
    contract: Contract, on: str, valid_from: str, buyer: Buyer, valid_until: str
) -> None:
    """pricing.md 6.1, 6.2: of what is due now, and where that isn't on both days, of the next invoice."""
    assert terms(contract, on, then(valid_from, TAXED), buyer, users=20)[0] == valid_until


@pytest.mark.parametrize(
    ("on", "buyer", "otherwise"),
    [
        ("2026-03-20", BUYER, False),
        ("2026-03-20", GERMAN, True),
        ("2026-06-10", BUYER, False),
        ("2026-06-10", GERMAN, True),  # nothing is due in June: July's invoice counts
    ],
)
def test_another_buyer_makes_a_quote_stale(on: str, buyer: Buyer, *, otherwise: bool) -> None:
    """pricing.md 6.2: category or rate."""
    quoted = change(annual(), "2026-03-15", users=20)
    assert taxed_otherwise(quoted.change, change(annual(), on, buyer=buyer, users=20).change) is otherwise


def test_where_nothing_is_invoiced_no_vat_has_changed() -> None:
    """pricing.md 6.2: a reduction of a contract that ends."""
    found = [change(ENDING, "2026-03-20", buyer=buyer, users=8).change for buyer in (BUYER, GERMAN)]
    assert taxed_otherwise(*found) is False


@pytest.mark.parametrize(
    ("contract", "on", "wanted", "rate"),
    [
        (annual(), "2026-03-15", {"users": 20}, 210_000),
        (annual(), "2026-03-15", {"users": 8}, 190_000),
        (monthly(), "2026-03-15", {"users": 8}, 190_000),
        (ENDING, "2026-03-16", {"users": 8}, 210_000),
    ],
)
def test_the_vat_that_counts_is_that_of_what_is_due_first(
    contract: Contract, on: str, wanted: dict[str, Any], rate: int
) -> None:
    """pricing.md 6.2: of what is due now, else of the next invoice, else of the day."""
    catalogs = then("2026-04-01", TAXED)
    done = change(contract, on, catalogs, **wanted)
    assert quote_terms(contract, done.change, catalogs, BUYER).vat == AT_HOME._replace(rate=rate)


def test_the_terms_are_the_last_day_the_renewal_date_and_the_vat() -> None:
    """pricing.md 6.1: and nothing else."""
    done = change(annual(), "2026-03-15", users=20)
    assert quote_terms(annual(), done.change, CATALOGS, BUYER) == Terms(day("2026-04-14"), day(JULY), AT_HOME)


# --- ordering ----------------------------------------------------------------------------------------------


def test_row_19_an_ordered_quote_keeps_its_rates_though_a_reduction_is_taken_back() -> None:
    """pricing.md 8, row 19 and 1: the same 10 users as before, but October's rates are promised."""
    catalogs = then("2026-10-01", dearer(monthly=10))
    start = enter_contract("acme", state(billing=MONTHLY), day("2026-09-01"), day("2025-07-01"))
    contract = change(start, "2026-09-01", users=9).contract
    done = change(contract, "2026-09-01", catalogs, offer=Offer(day("2026-09-01"), CATALOGS), users=10)
    october = step("2026-10-01", state(billing=MONTHLY))._replace(rates=rates(100_000, 250_000))
    assert done.contract.steps == (*start.steps, october)


@given(known_catalogs().flatmap(lambda known: st.tuples(st.just(known), contracts(known))), states, st.data())
def test_an_order_never_costs_more_than_its_quote(
    found: tuple[Catalogs, tuple[Contract, date]], wanted: State, data: st.DataObject
) -> None:
    """pricing.md 6.2: neither now nor by its fee, on any day of the quote, whatever was imported before or since."""
    known, (contract, on) = found
    quoted = plan_change(contract, wanted, on, known, BUYER).change
    last = quote_terms(contract, quoted, known, BUYER).valid_until
    since = on + timedelta(data.draw(st.integers(1, 60)))
    catalogs = Catalogs((*known.imported, data.draw(followers(9, since))))
    ordered_on = data.draw(st.dates(on, last))
    ordered = plan_change(contract, wanted, ordered_on, catalogs, BUYER, Offer(on, known)).change
    assert (ordered.kind, ordered.compared) == (quoted.kind, quoted.compared)
    assert (ordered.before_fee, ordered.after_fee) == (quoted.before_fee, quoted.after_fee)
    due, shown = (each.due_now.net if each.due_now else 0 for each in (ordered, quoted))
    assert due <= shown
    if quoted.kind in (DOWN, BILLING):
        assert ordered.price_from == quoted.price_from
    again = plan_change(contract, wanted, ordered_on, known, BUYER).change
    assert taxed_otherwise(quoted, again) is False
