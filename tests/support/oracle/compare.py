"""What a change would cost over a year: the sums of `compare/1`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.support.oracle.calendar import DAY, rounded, year_after
from tests.support.oracle.catalogs import in_force_on
from tests.support.oracle.life import Life
from tests.support.oracle.owed import price
from tests.support.oracle.terms import State


@dataclass(frozen=True)
class Option:
    """Net amounts in minor units; `fee` is the yearly or monthly one of the wanted state, in ten-thousandths."""

    due_now: int
    fee: int
    first_year: int
    difference: int
    invoiced: int


def compared(life: Life, day: date, wanted: State) -> Option:
    """Return what an option costs, beside no change at all."""
    then = life.copy()
    outcome = then.change(day, wanted)
    due_now = outcome.due_now.net if outcome.due_now else 0
    first_year = year_from_charge(then, day)
    coming = sum(invoice.net for invoice in then.copy().bill(year_after(day) - DAY))
    issued = sum(document.net for document in then.documents[len(life.documents) :])
    difference = first_year - year_from_charge(life, day)
    return Option(due_now, outcome.own[1], first_year, difference, issued + coming)


def year_from_charge(life: Life, day: date) -> int:
    """Return the price of the twelve months from the charge date, cut at the contract's end, rounded once."""
    charge = life.charge_date(day)
    end = year_after(charge)
    cost = price(life, charge, end if life.end is None else min(end, life.end))
    return rounded(cost, in_force_on(life.catalogs, day).digits)
