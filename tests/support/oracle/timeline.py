"""Price steps, and the periods that they make; boundaries are found by walking from day to day (pricing.md 1, 2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from tests.support.oracle.calendar import DAY, on_anchor
from tests.support.oracle.terms import Step, Steps


def in_force(steps: Steps, day: date) -> Step:
    """Return the step in force on a day; before the first one that is the first."""
    found = steps[0]
    for step in steps:
        if step.start <= day:
            found = step
    return found


@lru_cache(maxsize=100_000)
def period_end(steps: Steps, start: date) -> date:
    """Walk from a period's first day to the next boundary (2.3).

    That is a first, or a day on the anchor; or the day on which the way of billing changes (4.8).
    """
    own = in_force(steps, start)
    turns = {step.start for step in steps if (step.state.billing, step.anchor) != (own.state.billing, own.anchor)}
    day = start + DAY
    while True:
        if own.anchor is None and day.day == 1:
            return day
        if own.anchor is not None and on_anchor(own.anchor, day):
            return day
        if day in turns:
            return day
        day += DAY


def periods(steps: Steps, first: date) -> Iterator[tuple[date, date]]:
    """Yield one period after the other, from the first billed day on, without end."""
    start = first
    while True:
        end = period_end(steps, start)
        yield start, end
        start = end


def period_holding(steps: Steps, first: date, day: date) -> tuple[date, date]:
    """Return the period that holds the day; before the first billed day that is the first period."""
    for start, end in periods(steps, first):
        if day < end:
            return start, end
    raise AssertionError


def whole_year(step: Step, start: date, end: date) -> bool:
    """Say whether an annual period goes from one boundary to the next: then it counts 12 months."""
    return (
        step.anchor is not None
        and on_anchor(step.anchor, start)
        and on_anchor(step.anchor, end)
        and start.year + 1 == end.year
    )


def first_difference(before: Steps, after: Steps) -> date:
    """Return the first day on which two rows of steps do not say the same."""
    for day in sorted({step.start for step in before + after}):
        old, new = in_force(before, day), in_force(after, day)
        if (old.state, old.anchor, old.rates) != (new.state, new.anchor, new.rates):
            return day
    return date.max
