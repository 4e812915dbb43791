"""What a contract costs in a year, by which choices are compared (pricing.md 2.6, 3.4)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.catalog import MONTHLY, Catalogs
from subctl.domain.contract import Contract
from subctl.domain.dates import Months, add_months
from subctl.domain.ending import cancelled
from subctl.domain.invoice import Fee
from subctl.domain.year import Part, year_from, yearly_fee
from tests.support.build import CATALOGS, annual, change, day, later, monthly, state, step
from tests.support.strategies import contracts

APRIL, JULY = "2026-04-01", "2026-07-01"
STUB = annual("2026-06-20")._replace(steps=(*annual("2026-06-20").steps, step("2026-06-20", state(billing=MONTHLY))))


@pytest.mark.parametrize(
    ("contract", "start", "cost"),
    [
        (annual(), APRIL, 150_000),
        (monthly(), APRIL, 180_000),
        (annual("2027-03-15", "2026-04-20"), "2026-05-01", 150_000),
        (annual("2028-02-29", "2027-03-01", "2024-03-01"), "2028-02-29", 150_000),
        (change(annual(), "2026-03-15", plan="pro", users=20).contract, APRIL, 410_000),
        (change(annual(), "2026-03-15", users=8).contract, APRIL, 37_500 + 97_500),
        (change(annual(), "2026-03-15", billing=MONTHLY).contract, APRIL, 37_500 + 9 * 15_000),
        (STUB, APRIL, 173_417),  # 1500 × (2 + 19/30) / 12 + 150 × 11/30 + 9 × 150
        (cancelled(annual(), day("2026-03-15"), 1), APRIL, 37_500),
        (cancelled(annual(), day("2026-03-15"), 1), JULY, 0),
        (cancelled(annual(), day("2026-03-15"), 1), "2026-07-02", 0),
        (change(annual("2026-06-20"), "2026-06-15", users=20).contract, "2026-06-20", 246_944),
    ],
)
def test_a_year_costs_what_its_price_steps_say(contract: Contract, start: str, cost: int) -> None:
    """pricing.md 2.6: parts by their exact months, up to the contract's end, rounded once."""
    assert year_from(contract, day(start), CATALOGS).cost == cost


def test_each_period_has_its_own_rates() -> None:
    """pricing.md 3.4: three months as they are paid for, and nine by the catalog that is known to come."""
    assert year_from(annual(), day(APRIL), later("2026-06-01", starter=120)).cost == 37_500 + 127_500


def test_what_was_promised_holds() -> None:
    """pricing.md 3.4: for its period, whatever was imported since."""
    promised = change(annual(), "2026-06-15", users=20).contract
    catalogs = later("2026-06-20", starter=120)
    assert [year_from(promised, day(start), catalogs).cost for start in (JULY, "2027-07-01")] == [250_000, 290_000]


def test_a_year_is_told_in_the_catalogs_currency() -> None:
    """pricing.md 3.1: whole yen."""
    yen = Catalogs((CATALOGS.imported[0]._replace(currency="JPY"),))
    assert year_from(annual(), day(APRIL), yen).cost == 1_500


def test_a_monthly_fee_is_compared_by_the_year() -> None:
    """pricing.md 3.2: twelve of them."""
    assert (yearly_fee(Fee(1_500_000, "month")), yearly_fee(Fee(15_000_000, "year"))) == (18_000_000, 15_000_000)


def test_a_year_is_told_in_its_parts() -> None:
    """pricing.md 2.6: a fee for each stretch, and how long it is; a whole year is twelve months."""
    found = year_from(
        change(annual("2027-03-15", "2026-04-20"), "2026-04-20", users=13).contract, day("2026-05-01"), CATALOGS
    )
    fee = Fee(18_000_000, "year")
    assert found.parts == (Part(fee, Months(10, 14, 31)), Part(fee, Months(1, 17, 31)))


def test_a_part_costs_what_it_costs_exactly() -> None:
    """pricing.md 3.1: a month of a fee for a year is the twelfth part of it, and nothing is rounded yet."""
    assert Part(Fee(10, "year"), Months(1)).cost == Fraction(10, 12)


@given(contracts(), st.integers(0, 24))
def test_a_contract_that_is_left_alone_costs_the_same_every_year(found: tuple[Contract, object], months: int) -> None:
    """pricing.md 2.6: once nothing waits any more, wherever the twelve months begin; a cent for the rounding."""
    contract, _ = found
    start = add_months(max(contract.steps[-1].start, contract.billed_from).replace(day=1), 13)
    costs = [year_from(contract, add_months(start, later), CATALOGS).cost for later in (0, months)]
    assert abs(costs[0] - costs[1]) <= 1
