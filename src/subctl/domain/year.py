"""What a contract costs in a year, whatever day its invoices fall on: what choices are compared by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from subctl.domain.catalog import ANNUAL, Catalogs
from subctl.domain.contract import Contract, Step, fee, length, rates_in, step_at
from subctl.domain.dates import MONTHS_A_YEAR, Period, add_months
from subctl.domain.money import to_minor


def year_cost(contract: Contract, start: date, catalogs: Catalogs) -> int:
    """Return what the price steps say of the twelve months from `start`, in minor units, rounded once.

    It ends with the contract. Each period has its own rates (pricing.md 3.4), as far as catalogs are known; a part of
    one is counted by exact months (2.6).
    """
    end = add_months(start, MONTHS_A_YEAR)
    if contract.end is not None:
        end = min(end, contract.end)
    total = sum((_cost(contract, *part, catalogs) for part in _parts(contract, start, end)), Fraction())
    return to_minor(total.numerator, catalogs.at(start).currency, total.denominator)


def yearly_fee(amount: int, billing: str) -> int:
    """Return a step's fee for twelve months, in ten-thousandths."""
    return amount if billing == ANNUAL else amount * MONTHS_A_YEAR


def _parts(contract: Contract, start: date, end: date) -> Iterator[tuple[Step, Period, Period]]:
    """Yield the stretches of `[start, end)` on which one step is in force in one period: step, period, stretch."""
    while start < end:
        period = contract.period_at(start)
        following = (step.start for step in contract.steps if start < step.start < period.end)
        until = min(next(following, period.end), end)
        yield step_at(contract.steps, start), period, Period(start, until)
        start = until


def _cost(contract: Contract, step: Step, period: Period, stretch: Period, catalogs: Catalogs) -> Fraction:
    """Return the exact cost of a stretch, in ten-thousandths."""
    months = Fraction(*length(step, stretch).ratio)
    amount = fee(step.state, rates_in(contract, step, period, catalogs)) * months
    return amount / MONTHS_A_YEAR if step.state.billing == ANNUAL else amount
