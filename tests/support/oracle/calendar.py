"""Days and months by pricing.md 2, found by walking; and the one way to round."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)


def next_first(day: date) -> date:
    """Walk to the first day of the month after `day`'s (2.2)."""
    day += DAY
    while day.day != 1:
        day += DAY
    return day


def months_before(day: date, months: int) -> date:
    """Go back whole months; where the day does not exist there, the month's last day is meant (4, P)."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_after(day: date, months: int) -> date:
    """Go on whole months; where the day does not exist there, the month's last day is meant."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def year_after(day: date) -> date:
    """Return the same day of the next year; after 29 February that is the 28th."""
    return date(day.year + 1, day.month, min(day.day, monthrange(day.year + 1, day.month)[1]))


def position(day: date) -> Fraction:
    """Return the day's place on the line of months (2.6)."""
    return 12 * day.year + day.month + Fraction(day.day - 1, monthrange(day.year, day.month)[1])


def months_between(start: date, end: date) -> Fraction:
    """Return the exact months of `[start, end)` (2.6)."""
    return position(end) - position(start)


def on_anchor(anchor: date, day: date) -> bool:
    """Say whether the day is the anchor plus or minus whole years, never chained (2.3)."""
    return anchor.month == day.month and day.day == min(anchor.day, monthrange(day.year, day.month)[1])


def rounded(amount: Fraction, digits: int) -> int:
    """Round ten-thousandths to a currency's minor unit, half up, ties away from zero (3.1)."""
    whole, rest = divmod(abs(amount) / 10 ** (4 - digits), 1)
    return (-1 if amount < 0 else 1) * (int(whole) + (1 if rest >= Fraction(1, 2) else 0))
