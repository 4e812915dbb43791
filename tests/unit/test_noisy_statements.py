"""Matching on noisy books of our own making (payments.md 11): `python -m byhand.statements` measures more of them."""

from __future__ import annotations

from random import Random

import pytest

from tests.support.noisy import NoisyBook


@pytest.mark.parametrize("seed", range(3))
def test_much_is_booked_nearly_all_of_it_rightly_and_nothing_that_is_only_probable(seed: int) -> None:
    """payments.md 11: what is sure is the space's own account, or the exact amount."""
    book = NoisyBook(Random(seed), 200)
    book.play(800)
    assert book.only_probable == []
    assert book.booked > 0.5 * book.bookings
    assert len(book.wrong) <= 0.01 * book.booked
    assert {noisy.kind for noisy, _ in book.wrong} <= {"mistyped", "sister"}
    assert {kind for kind, certainty in book.met if certainty != "sure"} >= {"mistyped", "sister", "stranger", "gone"}
