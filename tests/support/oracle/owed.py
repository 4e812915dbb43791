"""What the price steps alone say is owed, never rounded (pricing.md 4.9, and the last sentence of 4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from tests.support.oracle.billing import parts
from tests.support.oracle.calendar import months_between
from tests.support.oracle.catalogs import in_force_on
from tests.support.oracle.life import Life
from tests.support.oracle.terms import Step
from tests.support.oracle.timeline import in_force, periods, whole_year


def stretches(life: Life, since: date, until: date) -> Iterator[tuple[tuple[date, date], Step, Fraction]]:
    """Cut `[since, until)` into stretches of one period and one step, with their months."""
    for start, end in periods(life.steps, life.first):
        if start >= until:
            return
        begin, stop = max(start, since), min(end, until)
        cuts = [begin, *(step.start for step in life.steps if begin < step.start < stop), stop]
        lengths = [months_between(one, other) for one, other in pairwise(cuts)]
        if (begin, stop) == (start, end) and whole_year(in_force(life.steps, start), start, end):
            lengths[0] = 12 - sum(lengths[1:], Fraction(0))
        for cut, months in zip(cuts, lengths, strict=False):
            if begin < stop:
                yield (start, end), in_force(life.steps, cut), months


def price(life: Life, since: date, until: date) -> Fraction:
    """Return what the price steps of a stretch of time cost, in ten-thousandths."""
    return sum(
        (
            life.rates_in(step, *period).fee(step.state) * months / parts(step)
            for period, step, months in stretches(life, since, until)
        ),
        Fraction(0),
    )


def owed(life: Life) -> Fraction:
    """Return what is owed for all that is billed, in minor units.

    For a period that was invoiced elsewhere, only what later steps cost more than the step at its start is ours.
    """
    paid = Fraction(0)
    for (start, end), step, months in stretches(life, life.first, life.billed_elsewhere):
        own = in_force(life.steps, start)
        paid += life.rates_in(own, start, end).fee(own.state) * months / parts(step)
    digits = in_force_on(life.catalogs, life.entered).digits
    return (price(life, life.first, life.billed_until) - paid) / Fraction(10 ** (4 - digits))


def balanced(life: Life) -> bool:
    """Say whether the documents sum up to what is owed, within half a unit for each line that was rounded.

    The lines of an invoice that was not issued, because they made 0.00, were rounded too.
    """
    total = sum(document.net for document in life.documents)
    return abs(total - owed(life)) * 2 <= life.lines
