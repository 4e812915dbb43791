"""Rises: nobody is bound by one that he could not escape (pricing.md 3.5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.catalog import Catalog, Catalogs, Policy, Price
from subctl.domain.dates import add_months
from subctl.domain.rises import Move, binding_faults, earliest_rise, moved_rates, warning_months
from tests.support.build import CATALOG, day

POLICY = CATALOG.policy


def follower(
    valid_from: str, catalog_id: int = 2, *, starter: int = 100, zoom: int = 250, policy: Policy = POLICY
) -> Catalog:
    """Return a catalog with a yearly price for starter and for Zoom, in euros."""
    plan = CATALOG.plans["starter"]
    return CATALOG._replace(
        id=catalog_id,
        valid_from=day(valid_from),
        policy=policy,
        plans={**CATALOG.plans, "starter": plan._replace(price=plan.price._replace(annual=starter * 10_000))},
        licences={"zoom": CATALOG.licences["zoom"]._replace(annual=zoom * 10_000)},
    )


def faults(imported_on: str, *coming: Catalog, first: Catalog = CATALOG, at: Catalog | None = None) -> list[str]:
    """Prove catalogs on the day on which one of them, else the first, was imported."""
    valid_from = (at or coming[0]).valid_from
    return [str(fault) for fault in binding_faults(Catalogs((first, *coming)), day(imported_on), valid_from)]


STARTER = "plans.starter.annual rises from 100.00 to 120.00"


def too_soon(what: str, valid_from: str, imported_on: str, earliest: str) -> str:
    return f"{what}: on {valid_from} that comes too soon; imported on {imported_on}, {earliest} would do"


@pytest.mark.parametrize(
    ("imported_on", "valid_from", "earliest"),
    [
        ("2026-03-01", "2026-04-01", None),
        ("2026-03-02", "2026-04-01", "2026-04-02"),
        ("2026-02-28", "2026-03-31", None),
        ("2026-03-01", "2026-03-31", "2026-04-01"),
        ("2026-02-28", "2026-03-28", None),
        ("2026-01-31", "2026-02-28", "2026-03-01"),
    ],
)
def test_a_rise_is_imported_as_long_before_as_the_notice_is(
    imported_on: str, valid_from: str, earliest: str | None
) -> None:
    """pricing.md 3.5: month ends are clamped as with the notice, and the earliest day is named."""
    found = faults(imported_on, follower(valid_from, starter=120))
    assert found == ([too_soon(STARTER, valid_from, imported_on, earliest)] if earliest else [])


SOON = "2026-03-20", "2026-04-01"
"""A day of import, and one from which no rise is in time."""


@pytest.mark.parametrize(
    ("catalog", "what"),
    [
        (follower(SOON[1], zoom=251), ["licences.zoom.annual rises from 250.00 to 251.00"]),
        (
            follower(SOON[1], policy=POLICY._replace(notice_months=2)),
            ["policy.notice_months grows from 1 to 2"],
        ),
        (
            follower(SOON[1], policy=POLICY._replace(rise_notice_months=0)),
            ["policy.rise_notice_months falls from 1 to 0"],
        ),
        (follower(SOON[1], policy=POLICY._replace(notice_months=0)), ["policy.rise_notice_months falls from 1 to 0"]),
        (
            follower(SOON[1], starter=120, zoom=300),
            [STARTER, "licences.zoom.annual rises from 250.00 to 300.00"],
        ),
        (follower(SOON[1], starter=120, zoom=200), [STARTER]),
    ],
)
def test_what_binds_is_named_by_its_key(catalog: Catalog, what: list[str]) -> None:
    """pricing.md 3.5: a rate, a longer notice, less warning of rises; a fall makes up for nothing."""
    assert faults(SOON[0], catalog) == [too_soon(each, SOON[1], SOON[0], "2026-04-20") for each in what]


@pytest.mark.parametrize(
    "catalog",
    [
        follower(SOON[1], starter=90, zoom=200),
        follower(SOON[1])._replace(seller=CATALOG.seller._replace(vat_rate=990_000)),
        follower(SOON[1], policy=POLICY._replace(rise_notice_months=3, quote_days=1, payment_days=1)),
        follower(SOON[1], policy=POLICY._replace(notice_months=0, rise_notice_months=1)),
        follower(SOON[1])._replace(plans={**CATALOG.plans, "gold": CATALOG.plans["enterprise"]._replace(id="gold")}),
        follower(SOON[1])._replace(licences={**CATALOG.licences, "storage": Price("Storage", 10**9, 10**9)}),
        follower(SOON[1])._replace(plans={"pro": CATALOG.plans["pro"]}, licences={}),
    ],
)
def test_what_binds_nobody_may_come_tomorrow(catalog: Catalog) -> None:
    """pricing.md 3.5: falls, VAT, more warning, and what is sold anew or no more."""
    assert faults(SOON[0], catalog) == []


@pytest.mark.parametrize(("rise_notice", "latest"), [(None, "2026-05-01"), (0, "2026-05-31"), (3, "2026-03-01")])
def test_the_catalog_before_says_how_long_a_rise_is_announced(rise_notice: int | None, latest: str) -> None:
    """pricing.md 3.5: by `rise_notice_months`, else `notice_months`, of the catalog in force on the eve."""
    policy = POLICY._replace(rise_notice_months=rise_notice)
    rising = follower("2026-06-01", starter=120, policy=policy)
    first = CATALOG._replace(policy=policy)
    next_day = str(day(latest) + timedelta(1))
    assert warning_months(policy) == (1 if rise_notice is None else rise_notice)
    assert faults(latest, rising, first=first) == []
    assert (faults(next_day, rising, first=first) == []) is (rise_notice == 0)


def test_a_catalog_is_held_against_the_eve_and_not_against_today() -> None:
    """pricing.md 3.5: as known on the day of import."""
    coming = follower("2026-06-01", 2, starter=120), follower("2026-07-01", 3, starter=120)
    assert faults("2026-06-20", *coming, at=coming[1]) == []


def test_a_replaced_catalog_does_not_count() -> None:
    """pricing.md 3.5: neither as what was there before, nor as an excuse."""
    replaced, replacing = follower("2026-04-01", 2, starter=120), follower("2026-04-01", 3, starter=120)
    assert faults("2026-03-20", replaced, replacing) == [too_soon(STARTER, "2026-04-01", "2026-03-20", "2026-04-20")]


def test_an_import_in_between_proves_the_catalog_after_it_anew() -> None:
    """pricing.md 3.5: 120 was no rise, until 100 came before it."""
    before, after = follower("2026-06-01", 2, starter=120), follower("2026-08-01", 3, starter=120)
    between = follower("2026-07-15", 4, starter=100)
    assert faults("2026-06-30", before, after, between, at=between) == []
    assert faults("2026-07-02", before, after, between, at=between) == [
        too_soon(STARTER, "2026-08-01", "2026-07-02", "2026-08-02")
    ]


@pytest.mark.parametrize("first", [CATALOG, CATALOG._replace(valid_from=day("2026-12-01"))])
def test_a_drop_proves_the_catalog_after_it_anew_and_no_other(first: Catalog) -> None:
    """pricing.md 3.5, 1: what comes after that one has the same before it as ever; the first one comes since ever."""
    after, last = follower("2026-08-01", 3, starter=120), follower("2026-08-10", 4, starter=150)
    dropped = day("2026-07-15")
    known = Catalogs((first, after, last))
    assert binding_faults(known, day("2026-07-01"), dropped) == []
    assert [str(fault) for fault in binding_faults(known, day("2026-07-12"), dropped)] == [
        too_soon(STARTER, "2026-08-01", "2026-07-12", "2026-08-12")
    ]
    assert binding_faults(Catalogs((first,)), day("2026-07-12"), dropped) == []


def test_rates_that_move_are_told_in_the_order_of_the_file() -> None:
    """pricing.md 3.5: an import says which rise and which fall; what only one of the two sells is no move."""
    earlier = CATALOG._replace(licences={**CATALOG.licences, "storage": Price("Storage", 1, 1)})
    later = follower("2026-06-01", starter=120, zoom=200)
    moves = list(moved_rates(earlier, later))
    assert moves == [
        Move("plans.starter.annual", 1_000_000, 1_200_000),
        Move("licences.zoom.annual", 2_500_000, 2_000_000),
    ]
    assert [move.rises for move in (*moves, Move("policy", 1, 1))] == [True, False, False]
    gone = later._replace(plans={"pro": CATALOG.plans["pro"]})
    assert [move.key for move in moved_rates(earlier, gone)] == ["licences.zoom.annual"]


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 24))
def test_the_earliest_day_is_the_first_that_would_do(on: date, months: int) -> None:
    """pricing.md 3.5: the day before it would not."""
    earliest = earliest_rise(on, months)
    assert on <= add_months(earliest, -months)
    assert on > add_months(earliest - timedelta(1), -months)
