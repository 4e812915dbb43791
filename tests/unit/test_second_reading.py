"""Random contract lives, through the real domain functions and through the second reading of pricing.md.

`tests/support/oracle` was written from the rules alone. `test_oracle.py` holds it to the rules;
then both must agree on every life, after every action. `SUBCTL_LIVES` sets how many lives are tried.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.support.lives import lives
from tests.support.oracle.example import BUILT_IN, at, state
from tests.support.oracle.terms import (
    ANNUAL,
    MONTHLY,
    Buyer,
    Catalog,
)
from tests.support.readings import Action, Both, Entry

LIVES = int(os.environ.get("SUBCTL_LIVES", "150"))


# --- lives that are hard to come by at random --------------------------------------------------------------

Dated = tuple[date, Action]


def on(day: date, what: str, catalog: Catalog | None = None, days: int = 1, **wish: Any) -> Dated:
    return day, Action(0, what, tuple(wish.items()), catalog, days=days)


def entered_on(day: date, catalog: Catalog = BUILT_IN, renews_on: date | None = None) -> Entry:
    renews_in = (renews_on - day).days if renews_on else None
    return Entry(day, at(7, 1, 2025), state(), (catalog,), Buyer("NL"), renews_in)


def with_viewers(euros: int) -> Catalog:
    """Return the built-in catalog with one more kind of licence."""
    return replace(BUILT_IN, licences={**BUILT_IN.licences, "viewer": (euros * 1_000, euros * 10_000)})


CHEAP_PRO = replace(BUILT_IN, plans={**BUILT_IN.plans, "pro": (120_000, 1_200_000)})
WITHOUT_PRO = replace(BUILT_IN, plans={"starter": (100_000, 1_000_000)})
DEAR_STARTER = replace(BUILT_IN, plans=dict.fromkeys(BUILT_IN.plans, (200_000, 2_000_000)))


@pytest.mark.parametrize(
    ("entry", "dated"),
    [
        pytest.param(
            # pricing.md 4.10, 4.11: a change without a price has one again when the cancellation is taken back
            entered_on(at(3, 1)),
            [
                on(at(3, 15), "cancel"),
                on(at(3, 16), "change", users=8),
                on(at(3, 17), "withdraw_cancel"),
                on(at(7, 1), "bill"),
                on(at(7, 2), "withdraw"),
            ],
            id="withdraw-what-had-no-price",
        ),
        pytest.param(
            # pricing.md 4.10, 5: the switch that placed the end stays; it is billed on from an end that goes
            entered_on(at(3, 1)),
            [
                on(at(5, 1), "change", billing=MONTHLY),
                on(at(6, 15), "cancel"),
                on(at(6, 16), "withdraw"),
                on(at(7, 1), "bill"),
                on(at(7, 2), "withdraw_cancel"),
                on(at(7, 3), "change", users=12),
                on(at(9, 1), "bill"),
            ],
            id="bill-on-from-an-end-that-goes",
        ),
        pytest.param(
            # pricing.md 4, last sentence: the same where an order that cut the period is taken back
            entered_on(at(3, 1), replace(BUILT_IN, notice=0), at(6, 20)),
            [
                on(at(6, 15), "change", users=20, billing=MONTHLY),
                on(at(6, 20), "bill"),
                on(at(6, 25), "withdraw"),
                on(at(7, 5), "bill"),
            ],
            id="bill-on-from-a-switch-that-goes",
        ),
        pytest.param(
            # pricing.md 4.8, 4.11: back to annual is carried by the year's invoice, though the reduction waits longer
            entered_on(at(3, 1), renews_on=at(7, 15)),
            [
                on(at(5, 1), "change", billing=MONTHLY),
                on(at(6, 20), "change", billing=ANNUAL, users=8),
                on(at(7, 15), "bill"),
                on(at(7, 20), "withdraw"),
            ],
            id="withdraw-back-to-annual-too-late",
        ),
        pytest.param(
            # pricing.md 3.4, 4.5: there and back at a dearer rate was invoiced, so the step must say so
            entered_on(at(3, 1), CHEAP_PRO),
            [
                on(at(3, 5), "change", plan="pro"),
                on(at(3, 5), "catalog", DEAR_STARTER),
                on(at(3, 10), "change", plan="starter"),
            ],
            id="same-state-at-new-rates",
        ),
        pytest.param(
            # pricing.md 4.8: the monthly step is at P, also when a reduction was ordered under a longer notice
            entered_on(at(3, 1), replace(BUILT_IN, notice=3)),
            [
                on(at(5, 1), "change", users=8),
                on(at(5, 1), "catalog", BUILT_IN),
                on(at(5, 2), "change", billing=MONTHLY),
            ],
            id="monthly-at-the-shorter-notice",
        ),
        pytest.param(
            # pricing.md 4.11: what would come back after the end has to be sold too, for the end can be taken back
            entered_on(at(3, 1)),
            [
                on(at(5, 1), "change", plan="pro", users=5),
                on(at(5, 2), "cancel"),
                on(at(5, 3), "change", plan="starter"),
                on(at(5, 4), "catalog", WITHOUT_PRO, days=89),
                on(at(5, 5), "withdraw"),
                on(at(5, 6), "withdraw_cancel"),
            ],
            id="withdraw-what-is-not-sold-after-the-end",
        ),
        pytest.param(
            # pricing.md 6.2: a quote that is ordered for a period to come promises nothing of what it didn't count
            entered_on(at(3, 1), with_viewers(50)),
            [
                on(at(5, 1), "catalog", with_viewers(60), days=61),
                on(at(5, 31), "quote", users=12),
                on(at(6, 1), "order"),
                on(at(7, 1), "change", licences={"viewer": 3}),
            ],
            id="order-a-quote-for-a-period-to-come",
        ),
        pytest.param(
            # pricing.md 6.1: a quote may outlive its contract, but not the rates at its charge date
            replace(entered_on(at(3, 1)), state=state(MONTHLY)),
            [
                on(at(3, 10), "catalog", DEAR_STARTER, days=83),
                on(at(3, 15), "cancel"),
                on(at(4, 10), "quote", users=12),
            ],
            id="quote-that-outlives-its-contract",
        ),
    ],
)
def test_both_readings_agree_on_hard_lives(entry: Entry, dated: list[Dated]) -> None:
    before = [entry.entered, *(day for day, _ in dated)]
    waits = [(day - earlier).days for earlier, (day, _) in zip(before, dated, strict=False)]
    both = Both(entry)
    both.follow(entry.entered, [replace(action, wait=wait) for wait, (_, action) in zip(waits, dated, strict=True)])


# --- random lives ------------------------------------------------------------------------------------------


@settings(
    deadline=None,
    max_examples=LIVES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
@given(lives())
def test_both_readings_agree_on_every_life(life: tuple[Entry, list[Action]]) -> None:
    entry, actions = life
    Both(entry).follow(entry.entered, actions)
