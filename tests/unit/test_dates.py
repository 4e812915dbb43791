"""Calendar arithmetic: charge dates, anchored boundaries, exact months (pricing.md 2)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.dates import (
    YEAR,
    Months,
    Period,
    add_months,
    charge_date,
    month_of,
    months_between,
    parse_date,
    year_of,
)
from subctl.domain.text import safe
from tests.support.build import day, refused

days = st.dates(date(1971, 1, 1), date(2190, 12, 31))
firsts = days.map(lambda found: found.replace(day=1))


@pytest.mark.parametrize(
    ("changed", "charged"),
    [
        ("2026-03-15", "2026-04-01"),
        ("2026-03-01", "2026-04-01"),
        ("2026-12-31", "2027-01-01"),
        ("2026-12-01", "2027-01-01"),
        ("2026-01-31", "2026-02-01"),
        ("2024-02-29", "2024-03-01"),
    ],
)
def test_the_charge_date_is_the_first_of_the_next_month(changed: str, charged: str) -> None:
    """pricing.md 2.2: also for a change that is made on a first."""
    assert charge_date(day(changed)) == day(charged)


@given(days)
def test_the_charge_date_is_always_the_next_first_and_strictly_later(changed: date) -> None:
    """pricing.md 2.2: no first lies between a change and its charge date."""
    charged = charge_date(changed)
    assert charged.day == 1
    assert charged > changed
    assert (charged - timedelta(days=1)).replace(day=1) == changed.replace(day=1)


@pytest.mark.parametrize(
    ("start", "months", "moved"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-31", 2, "2026-03-31"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-07-31", -1, "2026-06-30"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-07-01", -1, "2026-06-01"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-03-15", 0, "2026-03-15"),
    ],
)
def test_months_are_added_with_their_ends_clamped(start: str, months: int, moved: str) -> None:
    """pricing.md 4: the notice goes back whole months, and a day that doesn't exist becomes the month's last."""
    assert add_months(day(start), months) == day(moved)


@pytest.mark.parametrize(
    ("anchor", "within", "start", "end"),
    [
        ("2025-07-01", "2026-03-15", "2025-07-01", "2026-07-01"),
        ("2025-07-01", "2026-07-01", "2026-07-01", "2027-07-01"),
        ("2025-07-01", "2026-06-30", "2025-07-01", "2026-07-01"),
        ("2027-03-15", "2026-04-20", "2026-03-15", "2027-03-15"),
        ("2024-02-29", "2025-02-27", "2024-02-29", "2025-02-28"),
        ("2024-02-29", "2025-02-28", "2025-02-28", "2026-02-28"),
        ("2024-02-29", "2028-02-28", "2027-02-28", "2028-02-29"),
        ("2024-02-29", "2028-02-29", "2028-02-29", "2029-02-28"),
        ("2026-12-31", "2026-12-30", "2025-12-31", "2026-12-31"),
    ],
)
def test_annual_boundaries_are_counted_from_the_anchor(anchor: str, within: str, start: str, end: str) -> None:
    """pricing.md 2.3: 29 February gives 28 February in ordinary years and 29 in leap years."""
    assert year_of(day(anchor), day(within)) == Period(day(start), day(end))


@given(days, days)
def test_the_anchored_year_holds_its_day(anchor: date, within: date) -> None:
    """pricing.md 2.3: every day lies in exactly one year of an anchor."""
    year = year_of(anchor, within)
    assert year.start <= within < year.end
    assert year_of(anchor, year.start) == year
    assert year_of(anchor, year.last_day) == year


@given(days, st.integers(-15, 15))
def test_boundaries_are_never_chained(anchor: date, years: int) -> None:
    """pricing.md 2.3: a boundary has the anchor's own month and day, or 28 February where there is no 29."""
    if not 1971 <= anchor.year + years <= 2190:
        years = 0
    boundary = year_of(anchor, add_months(anchor, 12 * years)).start
    last = monthrange(anchor.year + years, anchor.month)[1]
    assert boundary == date(anchor.year + years, anchor.month, min(anchor.day, last))


@pytest.mark.parametrize(
    ("within", "start", "end"),
    [
        ("2026-04-01", "2026-04-01", "2026-05-01"),
        ("2026-04-30", "2026-04-01", "2026-05-01"),
        ("2026-12-15", "2026-12-01", "2027-01-01"),
        ("2024-02-29", "2024-02-01", "2024-03-01"),
    ],
)
def test_a_month_is_the_calendars(within: str, start: str, end: str) -> None:
    """pricing.md 2.3: monthly periods are calendar months."""
    assert month_of(day(within)) == Period(day(start), day(end))


def test_people_read_a_period_by_its_last_day() -> None:
    """pricing.md 2.7: April is 1 to 30 April."""
    assert month_of(day("2026-04-10")).last_day == day("2026-04-30")


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-04-01", "2026-07-01", Months(3)),
        ("2026-04-01", "2027-04-01", YEAR),
        ("2026-04-01", "2026-04-01", Months(0)),
        ("2026-05-01", "2027-03-15", Months(10, 14, 31)),
        ("2026-06-20", "2026-07-01", Months(0, 11, 30)),
        ("2026-07-01", "2027-06-20", Months(11, 19, 30)),
        ("2026-01-15", "2026-03-15", Months(2)),
        ("2026-01-15", "2026-03-20", Months(2, 5, 31)),
        ("2026-01-20", "2026-03-15", Months(1, 26, 31)),
        ("2026-01-15", "2026-02-15", Months(1, 14 * 31 - 14 * 28, 31 * 28)),
        ("2026-02-15", "2026-03-15", Months(0, 28 * 31 - 14 * 31 + 14 * 28, 28 * 31)),
        ("2024-02-29", "2025-02-28", Months(11, 28 * 29 + 27 * 29 - 28 * 28, 28 * 29)),
        ("2026-02-15", "2026-04-16", Months(2)),
    ],
)
def test_months_are_exact(start: str, end: str, months: Months) -> None:
    """pricing.md 2.6: 1 May 2026 to 15 March 2027 is 10 + 14/31 months."""
    assert months_between(day(start), day(end)) == months


def position(found: date) -> Fraction:
    """The day's position as pricing.md 2.6 defines it."""
    return 12 * found.year + found.month + Fraction(found.day - 1, monthrange(found.year, found.month)[1])


@given(days, days)
def test_months_are_the_difference_of_positions(start: date, end: date) -> None:
    """pricing.md 2.6: whatever is shown of it, the number is exact; days left are fewer than a month."""
    months = months_between(start, end)
    assert Fraction(*months.ratio) == position(end) - position(start)
    assert months == Months(months.whole) or 0 < months.days < months.of


@given(days, days, days)
def test_a_stretch_cut_in_two_counts_the_same(start: date, cut: date, end: date) -> None:
    """pricing.md 2.6: months are additive."""
    parts = Fraction(*months_between(start, cut).ratio) + Fraction(*months_between(cut, end).ratio)
    assert parts == Fraction(*months_between(start, end).ratio)


@given(firsts, firsts)
def test_between_firsts_months_are_whole(start: date, end: date) -> None:
    """pricing.md 2.6: from a first to a first no days are left."""
    assert months_between(start, end) == Months(12 * (end.year - start.year) + end.month - start.month)


@given(days)
def test_a_date_that_is_written_reads_the_same(written: date) -> None:
    """pricing.md 2.1: dates are written YYYY-MM-DD."""
    assert parse_date(written.isoformat(), "--today") == written


@pytest.mark.parametrize(
    "text",
    [
        "2026-3-15",
        "2026-02-30",
        "2026-13-01",
        "15.03.2026",
        "20260315",
        "2026-03-15T00:00",
        "2026-03-15\n",
        "٢٠٢٦-03-15",
        "tomorrow",
        "",
    ],
)
def test_only_strict_dates_are_dates(text: str) -> None:
    """pricing.md 2.1: anything but YYYY-MM-DD is refused."""
    assert refused(parse_date, text, "--today") == (
        "bad_input",
        f"--today is not a date: '{safe(text)}'.",
        "Write it as YYYY-MM-DD, like 2026-03-15.",
    )


@pytest.mark.parametrize("text", ["0026-03-15", "1969-12-31", "2200-01-01"])
def test_days_far_away_are_typing_errors(text: str) -> None:
    """pricing.md 2.1: a day that no contract can have is refused."""
    assert refused(parse_date, text, "--start") == (
        "bad_input",
        f"--start can't be {text}.",
        "Give a day in the years 1970 to 2199.",
    )


@pytest.mark.parametrize("text", ["1970-01-01", "2199-12-31"])
def test_the_first_and_last_days_of_our_time_are_dates(text: str) -> None:
    """pricing.md 2.1: both ends of what can be entered belong to it."""
    assert parse_date(text, "--today") == day(text)
