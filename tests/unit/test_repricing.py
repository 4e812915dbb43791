"""From when a contract pays the rates of a catalog that comes (pricing.md 3.4, 3.5)."""

from __future__ import annotations

import pytest

from subctl.domain.catalog import MONTHLY, Catalogs
from subctl.domain.contract import Contract
from subctl.domain.repricing import paid_from, rate_keys
from tests.support.build import CATALOG, annual, day, later, monthly, rates, state, step

JUNE = later("2026-06-01")


def paid(contract: Contract, catalogs: Catalogs = JUNE) -> dict[str, str]:
    """Return what a contract pays of the second catalog, its days as text."""
    return {key: str(first) for key, first in paid_from(contract, catalogs.imported[1], catalogs).items()}


def test_the_rates_of_a_state() -> None:
    """INTERFACE 4: as they stand in a catalog file."""
    assert rate_keys(state()) == ["plans.starter.annual", "licences.zoom.annual"]
    assert rate_keys(state("pro", 1, 0, MONTHLY)) == ["plans.pro.monthly"]


@pytest.mark.parametrize(("valid_from", "first"), [("2026-06-01", "2026-07-01"), ("2026-07-02", "2027-07-01")])
def test_an_annual_contract_pays_from_its_renewal_on(valid_from: str, first: str) -> None:
    """pricing.md 3.4: at every boundary the catalog in force that day prices the contract anew."""
    keys = ("plans.starter.annual", "licences.zoom.annual")
    assert paid(annual(), later(valid_from)) == dict.fromkeys(keys, first)


@pytest.mark.parametrize(("valid_from", "first"), [("2026-06-01", "2026-06-01"), ("2026-06-02", "2026-07-01")])
def test_a_monthly_one_from_the_next_first_on(valid_from: str, first: str) -> None:
    """pricing.md 2.3."""
    keys = ("plans.starter.monthly", "licences.zoom.monthly")
    assert paid(monthly(), later(valid_from)) == dict.fromkeys(keys, first)


def test_one_that_is_not_billed_yet_pays_from_its_first_day_on() -> None:
    """pricing.md 2.4."""
    contract = monthly(entered_on="2026-05-01", start="2026-08-01")
    assert set(paid(contract).values()) == {"2026-08-01"}


def test_one_that_ends_before_pays_nothing_of_it() -> None:
    """pricing.md 4.10."""
    assert paid(annual()._replace(end=day("2026-07-01"))) == {}
    assert set(paid(annual()._replace(end=day("2027-07-01"))).values()) == {"2026-07-01"}


def test_what_waits_is_paid_from_its_own_day_on() -> None:
    """pricing.md 3.4: starter once more, then pro without Zoom."""
    contract = annual()
    steps = (*contract.steps, step("2027-07-01", state("pro", 1, 0), "2025-07-01"))
    assert paid(contract._replace(steps=steps)) == {
        "plans.starter.annual": "2026-07-01",
        "licences.zoom.annual": "2026-07-01",
        "plans.pro.annual": "2027-07-01",
    }


def test_a_promise_holds_for_its_period() -> None:
    """pricing.md 3.4: and no longer."""
    contract = monthly()
    promised = step("2026-06-01", state(users=11, billing=MONTHLY))._replace(rates=rates(100_000, 250_000))
    assert set(paid(contract._replace(steps=(*contract.steps, promised))).values()) == {"2026-07-01"}


def test_a_catalog_that_is_followed_before_the_renewal_is_never_paid() -> None:
    """pricing.md 1: only the one in force counts."""
    next_one = CATALOG._replace(id=3, valid_from=day("2026-06-20"))
    assert paid(annual(), Catalogs((*JUNE.imported, next_one))) == {}
    assert set(paid(monthly(), Catalogs((*JUNE.imported, next_one))).values()) == {"2026-06-01"}
