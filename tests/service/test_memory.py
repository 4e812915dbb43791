"""How much memory commands over a whole book take (docs/scale.md)."""

from __future__ import annotations

import json

import pytest

from subctl.service.spool import Spool
from tests.support.late import DAY, late_book
from tests.support.memory import peak


def test_a_spool_that_keeps_only_the_first():
    """What is behind them is counted, and not even made."""

    class Made(list[int]):
        def __iter__(self):
            for each in list.__iter__(self):
                assert each < 700
                yield each

    with Spool[int](700) as spool:
        for start in range(0, 2000, 400):
            spool.extend(Made(range(start, start + 400)))
        spool.append(2000)
        assert (len(spool), list(spool), list(spool)) == (2001, [*range(700)], [*range(700)])


@pytest.fixture
def books(new_cli):
    """A small book and a large one."""
    return late_book(new_cli(), 3_000), late_book(new_cli(), 15_000)


def growth(books, *words):
    """Return how many MiB a command takes more for the large book."""
    few, many = (peak(each, *words, "--today", DAY) for each in books)
    return many - few


def test_what_is_issued_streams(books):
    """It took 2 KB a reminder while all were held."""
    assert growth(books, "remind", "--dry-run", "--json") < 2.5
    assert growth(books, "remind", "--yes", "--json") < 2.5
    told = json.loads((books[1].home / "out").read_text())["reminders"]
    assert [each["space"] for each in told] == [f"s{place:05}" for place in range(15_000)]


def test_what_is_owed_is_held_as_far_as_it_is_shown(books):
    """It took 400 bytes for all that is open, also where the first of it was wanted."""
    assert growth(books, "owed", "--json", "--limit", "5") < 2.5
