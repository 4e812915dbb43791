"""Numbers without gaps, and dates that don't fall: what the check asks of each series (pricing.md 7.1)."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from subctl.store.audit import number_faults
from subctl.store.sqlite.connection import Connection

GAP, LATE = "A number before it is missing.", "Its date, {}, doesn't follow the one before it."
YEAR = 10**10
DAYS = ("2025-12-31", "2026-01-01", "2026-01-02", "2027-01-01")


def by_the_rule(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return what is wrong with each row, by all rows before it."""
    found: list[tuple[int, str]] = []
    before: list[tuple[int, str]] = []
    for number, day in rows:
        year = number // YEAR
        if number != max([year * YEAR, *(each for each, _ in before)]) + 1:
            found.append((number, GAP))
        if day[:5] != f"{year:04}-" or any(each > day for _, each in before):
            found.append((number, LATE.format(day)))
        before.append((number, day))
    return found


def rows_of(chance: random.Random) -> list[tuple[int, str]]:
    """Return documents of two years, nearly all of them as they should be."""
    rows, number, day = [], 2025 * YEAR, DAYS[0]
    for _ in range(30):
        if chance.random() < 0.1:
            day = chance.choice(DAYS)
        if chance.random() < 0.9 and day[:4] != str(number // YEAR):
            number = max(number, int(day[:4]) * YEAR)
        number += 1 if chance.random() < 0.95 else 2
        rows.append((number, day))
    return rows


def faults(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return what the check finds."""
    with closing(sqlite3.connect(":memory:", factory=Connection)) as connection:
        connection.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, date TEXT)")
        connection.executemany("INSERT INTO orders VALUES (?, ?)", rows)
        return [(number, str(fault)) for number, fault in number_faults(connection, "orders")]


@pytest.mark.parametrize("seed", range(50))
def test_each_row_is_held_to_those_before_it(seed):
    """Also where many of one day follow each other, which is looked at in one step."""
    rows = rows_of(random.Random(seed))
    assert faults(rows) == by_the_rule(rows)


def test_what_is_as_it_should_be_has_no_faults():
    """The next number on the same day, on another day, in another year."""
    first, second, third, _ = DAYS
    assert (
        faults([(2025 * YEAR + 1, first), *((2026 * YEAR + n, second) for n in (1, 2)), (2026 * YEAR + 3, third)]) == []
    )
