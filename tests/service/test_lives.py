"""Random lives of a store through the services, beside the second reading: a sample of `byhand.lives`.

After every act the store must say what `tests/support/oracle` says. `SUBCTL_LIVES` sets how many lives are tried.
"""

from __future__ import annotations

import os

import pytest

from tests.support.book.drawn import often, story
from tests.support.book.lived import live
from tests.support.book.smaller import smallest
from tests.support.oracle.terms import Vat

LIVES = int(os.environ.get("SUBCTL_LIVES", "12"))


@pytest.mark.parametrize("number", range(1, LIVES + 1))
def test_both_readings_agree_all_through_a_life(number):
    """Every third life is drawn as well: each result is a document as its schema says, and a screen."""
    met = live(story(number), showing=number % 3 == 0)
    assert (met["lives"], met["checks"]) == (1, 1)


def test_a_life_that_differs_is_found_and_made_smaller(monkeypatch):
    """Were VAT rounded up by a unit, an invoice alone would show it."""
    monkeypatch.setattr(Vat, "on", lambda vat, net: net * vat.rate // 1_000_000 + 1)

    def fails(told):
        try:
            live(told)
        except AssertionError:
            return True
        return False

    least = smallest(story(1), fails)
    assert fails(least)
    assert [act.what for act in least.acts] == ["enter"]


def test_all_that_can_happen_is_drawn():
    """A story has its number alone to come from."""
    drawn = {act.what for number in range(100) for act in story(number).acts}
    assert drawn == set(often())
    assert story(7) == story(7)
