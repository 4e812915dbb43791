"""Entering a contract: from when it is billed, and what was invoiced elsewhere before (pricing.md 2.4, 2.5)."""

from __future__ import annotations

from datetime import date

from subctl.domain.catalog import ANNUAL
from subctl.domain.contract import Contract, State, Step, Steps, period_at
from subctl.domain.dates import DAY, MONTHS_A_YEAR, add_months, charge_date
from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_, Sentence


def first_billed_day(start: date) -> date:
    """Return the day from which a new contract is billed: its start if that is a first, else the next first."""
    return start if start.day == 1 else charge_date(start)


def enter_contract(
    space: str,
    state: State,
    entered_on: date,
    start: date,
    renews_on: date | None = None,
    billed_through: date | None = None,
) -> Contract:
    """Return a new contract, entered on `entered_on`; raise `bad_input` where its dates don't fit together."""
    billed_from = first_billed_day(start)
    steps = new_steps(state, billed_from, entered_on, renews_on)
    billed_until = _billed_until(steps, start, billed_from, entered_on, billed_through)
    return Contract(space, start, billed_from, entered_on, billed_until, steps)


def new_steps(state: State, billed_from: date, entered_on: date, renews_on: date | None) -> Steps:
    """Return the one price step of a new contract; a given renewal date is its anchor (pricing.md 2.4)."""
    if renews_on is None:
        return (Step(billed_from, state, billed_from if state.billing == ANNUAL else None),)
    if state.billing != ANNUAL:
        raise bad_input(
            N_("Only annual billing has a renewal date."), N_("Leave out --renews-on, or say --billing annual.")
        )
    after = max(billed_from, entered_on)
    latest = add_months(after, MONTHS_A_YEAR)
    if not after < renews_on <= latest:
        raise bad_input(
            N_("The renewal date must be the next one: after {after} and at most on {latest}, not {asked}."),
            after=after,
            latest=latest,
            asked=renews_on,
        )
    return (Step(billed_from, state, renews_on),)


def _billed_until(steps: Steps, start: date, billed_from: date, entered_on: date, billed_through: date | None) -> date:
    """Return the first day that no invoice covers yet (pricing.md 2.5)."""
    begun = billed_from <= entered_on
    latest = period_at(steps, entered_on).end if begun else billed_from
    if billed_through is None:
        return latest if begun and start < entered_on else billed_from
    until = billed_through + DAY
    if until > latest or until < billed_from or period_at(steps, until).start != until:
        raise bad_input(
            Sentence(N_("The last invoiced day can't be {day}."), {"day": billed_through}),
            _eves(steps, billed_from, latest),
        )
    return until


def _eves(steps: Steps, billed_from: date, latest: date) -> Sentence:
    """Name the last invoiced days that could be meant, as they are typed."""
    last = latest - DAY
    if latest == billed_from:
        return Sentence(
            N_("Nothing is billed before {day}: leave it out, or give {last}."),
            {"day": billed_from, "last": last.isoformat()},
        )
    before = period_at(steps, last).start - DAY
    first = billed_from - DAY
    return Sentence(
        N_("Give the eve of a boundary, from {first} to {last}, for instance {before}."),
        {"first": first.isoformat(), "last": last.isoformat(), "before": before.isoformat()},
    )
