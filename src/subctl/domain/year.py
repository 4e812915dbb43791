"""What a contract costs in a year, whatever day its invoices fall on: what choices are compared by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from subctl.domain.catalog import ANNUAL, PER, Catalogs
from subctl.domain.contract import Contract, length, step_at
from subctl.domain.dates import MONTHS_A_YEAR, Months, Period, add_months
from subctl.domain.invoice import Fee, fee_in
from subctl.domain.money import to_minor
from subctl.domain.record import Record


class Part(Record):
    """A stretch of a year on which one fee is in force, and its length in months."""

    fee: Fee
    months: Months

    @property
    def cost(self) -> Fraction:
        """The exact cost, in ten-thousandths."""
        cost = self.fee.amount * Fraction(*self.months.ratio)
        return cost / MONTHS_A_YEAR if self.fee.per == PER[ANNUAL] else cost


class Year(Record):
    """What twelve months from `start` cost, in minor units, and the stretches that make it up."""

    start: date
    cost: int
    parts: tuple[Part, ...]


def year_from(contract: Contract, start: date, catalogs: Catalogs) -> Year:
    """Return what the price steps say of the twelve months from `start`: exact, and rounded once.

    It ends with the contract. Each period has its own rates (pricing.md 3.4), as far as catalogs are known; a part of
    one is counted by exact months (2.6).
    """
    end = add_months(start, MONTHS_A_YEAR)
    if contract.end is not None:
        end = min(end, contract.end)
    parts = tuple(_parts(contract, start, end, catalogs))
    total = sum((part.cost for part in parts), Fraction())
    return Year(start, to_minor(total.numerator, catalogs.at(start).currency, total.denominator), parts)


def yearly_fee(value: Fee) -> int:
    """Return a fee for twelve months, in ten-thousandths."""
    return value.amount if value.per == PER[ANNUAL] else value.amount * MONTHS_A_YEAR


def _parts(contract: Contract, start: date, end: date, catalogs: Catalogs) -> Iterator[Part]:
    """Yield the stretches of `[start, end)` on which one step is in force in one period."""
    while start < end:
        period, step = contract.period_at(start), step_at(contract.steps, start)
        until = min(period.end, end, *(each.start for each in contract.steps if each.start > start))
        yield Part(fee_in(contract, step, period, catalogs), length(step, Period(start, until)))
        start = until
