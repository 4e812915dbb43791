"""Calendar arithmetic: charge dates, anchored boundaries, exact months (pricing.md 2).

Every stretch of time is half-open, `[start, end)`. Nothing here knows what day it is.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from subctl.domain.errors import bad_input
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import safe

DAY = timedelta(days=1)
MONTHS_A_YEAR = 12
FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Days outside are typing errors, and far enough from the calendar's ends that no sum overflows."""

_ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"


class Period(Record):
    """The days from `start` up to and without `end`."""

    start: date
    end: date

    @property
    def last_day(self) -> date:
        """The last day inside, as people read it (pricing.md 2.7)."""
        return self.end - DAY


class Months(Record):
    """An exact number of months: `whole + days / of` (pricing.md 2.6); `of` is 0 where no days are left."""

    whole: int
    days: int = 0
    of: int = 0

    @property
    def ratio(self) -> tuple[int, int]:
        """The number itself, as numerator and denominator."""
        return (self.whole * self.of + self.days, self.of) if self.of else (self.whole, 1)


YEAR = Months(MONTHS_A_YEAR)


def parse_date(text: str, what: str | Sentence) -> date:
    """Read a strict ISO date, `2026-03-15`; raise `bad_input` for anything else."""
    match = re.fullmatch(_ISO, text)
    try:
        day = date(*map(int, match.groups())) if match else None
    except ValueError:
        day = None
    if day is None:
        raise bad_input(
            N_("{what} is not a date: '{value}'."),
            N_("Write it as YYYY-MM-DD, like 2026-03-15."),
            what=what,
            value=safe(text),
        )
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise bad_input(
            N_("{what} can't be {value}."),
            N_("Give a day in the years {first} to {last}."),
            what=what,
            value=text,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return day


def charge_date(day: date) -> date:
    """Return the first day of the month after `day`'s, also when it is a first itself (pricing.md 2.2)."""
    return date(day.year + day.month // MONTHS_A_YEAR, day.month % MONTHS_A_YEAR + 1, 1)


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """Move by whole months, clamping the month's end: 31 January + 1 is 28 February (pricing.md 2.3)."""
    return day + relativedelta(months=months)


@lru_cache(maxsize=4096)
def year_of(anchor: date, day: date) -> Period:
    """Return the anchored year that holds `day`; its ends are `anchor + 12k months` (pricing.md 2.3)."""
    years = day.year - anchor.year
    if add_months(anchor, MONTHS_A_YEAR * years) > day:
        years -= 1
    return Period(add_months(anchor, MONTHS_A_YEAR * years), add_months(anchor, MONTHS_A_YEAR * (years + 1)))


@lru_cache(maxsize=4096)
def month_of(day: date) -> Period:
    """Return the calendar month that holds `day`."""
    return Period(day.replace(day=1), charge_date(day))


@lru_cache(maxsize=4096)
def months_between(start: date, end: date) -> Months:
    """Return the exact months of `[start, end)`: the difference of their positions (pricing.md 2.6)."""
    start_days, end_days = start.day - 1, end.day - 1
    start_of, end_of = monthrange(start.year, start.month)[1], monthrange(end.year, end.month)[1]
    whole = MONTHS_A_YEAR * (end.year - start.year) + end.month - start.month
    if start_days == 0 or end_days == 0 or start_of == end_of:
        of = end_of if start_days == 0 else start_of
        days = end_days - start_days
    else:
        of = start_of * end_of
        days = end_days * start_of - start_days * end_of
    if days == 0:
        return Months(whole)
    return Months(whole + days // of, days % of, of)
