"""TARGET days: those on which banks settle (payments.md 9.6)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from subctl.domain.target import ahead, settles
from tests.support.build import day

CLOSED = {
    2026: {"01-01", "04-03", "04-06", "05-01", "12-25"},
    2027: {"01-01", "03-26", "03-29"},
    2028: {"04-14", "04-17", "05-01", "12-25", "12-26"},
}
"""Holidays on weekdays, as the ECB announces them."""


@pytest.mark.parametrize("year", CLOSED)
def test_a_whole_year(year: int) -> None:
    """payments.md 9.6: all weekdays but the six holidays."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    closed = {f"{each:%m-%d}" for each in days if each.weekday() < 5 and not settles(each)}
    assert closed == CLOSED[year]
    assert not any(settles(each) for each in days if each.weekday() >= 5)


@pytest.mark.parametrize(
    ("on", "days", "then"),
    [
        ("2026-03-16", 0, "2026-03-16"),
        ("2026-03-16", 1, "2026-03-17"),
        ("2026-03-16", 2, "2026-03-18"),
        ("2026-03-13", 2, "2026-03-17"),  # a Friday
        ("2026-03-14", 2, "2026-03-17"),
        ("2026-03-15", 2, "2026-03-17"),
        ("2026-04-02", 2, "2026-04-08"),  # Good Friday, a weekend, Easter Monday
        ("2026-12-24", 2, "2026-12-29"),
        ("2026-12-31", 2, "2027-01-05"),
    ],
)
def test_so_many_days_ahead(on: str, days: int, then: str) -> None:
    """payments.md 9.6: weekends and holidays don't count."""
    assert ahead(day(on), days) == day(then)
