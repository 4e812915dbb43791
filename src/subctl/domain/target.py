"""TARGET days: those on which banks in SEPA settle (payments.md 9.6)."""

from __future__ import annotations

from datetime import date

from dateutil.easter import easter

from subctl.domain.dates import DAY

_FIXED = {(1, 1), (5, 1), (12, 25), (12, 26)}
"""Month and day of the holidays that don't move."""

_SATURDAY = 5
_AROUND_EASTER = (-2, 1)
"""Good Friday and Easter Monday, in days from Easter."""


def settles(day: date) -> bool:
    """Tell whether banks settle on a day: no weekend, and none of the six holidays of TARGET."""
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FIXED:
        return False
    return (day - easter(day.year)).days not in _AROUND_EASTER


def ahead(day: date, days: int) -> date:
    """Return the day that lies so many TARGET days after another one, which needn't be one itself."""
    while days:
        day += DAY
        days -= settles(day)
    return day
