"""Payment cards: found however they are written, and shown by their last four digits alone (safety.md)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.cards import holds_card, masked
from subctl.domain.errors import SubctlError

CARDS = {
    "4111111111111111": "…1111",
    "4111 1111 1111 1111": "…1111",
    "4111-1111-1111-1111": "…1111",
    "4111  1111\u00a01111\u20131111": "…1111",
    "3782 822463 10005": "…0005",
    "378282246310005": "…0005",
    "4222222222222": "…2222",
    "6304 0000 0000 0000 109": "…0109",
    "VISA4111111111111111": "VISA…1111",
    "4111111111111111x": "…1111x",
    "12 4111 1111 1111 1111": "12 …1111",
    "4111 1111 1111 1111 12 27": "…1111 12 27",
    "4111 1111 1111 1111 1227 123": "…1111 1227 123",
    "4111111111111111, 5500005555555559": "…1111, …5559",
    "4111111111111111 5500005555555559": "…1111 …5559",
    "77777 378 282 246 310 005": "77777 …0005",
    "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1": "…1111",
    "４１１１１１１１１１１１１１１１": "…１１１１",
}
OTHERS = [
    "4111111111111112",
    "123456789012",
    "41111111111111111111",
    "4111/1111/1111/1111",
    "PO 2026-0000-0001",
    "Invoice INV-2026-0001 of 2026-03-15",
    "+31 20 123 45 67",
    "411111111117",
    "41111111111111111115",
    "12345 4111 1111 1111 11 11",
    "4111 11 1111 111111 99",
    "111 222 333 444 555 666 777 888",
    "²" * 16,
    "",
]


@pytest.mark.parametrize(("text", "shown"), CARDS.items(), ids=ascii)
def test_a_card_is_found_and_masked(text: str, shown: str) -> None:
    """Together, in groups, behind letters, beside other numbers, in the digits of any script."""
    assert holds_card(text)
    assert masked(text) == shown


@pytest.mark.parametrize("text", OTHERS, ids=ascii)
def test_other_numbers_stay_as_they_are(text: str) -> None:
    """Too short, too long, or not passing the cards' check."""
    assert not holds_card(text)
    assert masked(text) == text


@given(st.text(st.sampled_from("0123456789 -x"), max_size=60))
def test_nothing_is_left_of_a_card_that_was_masked(text: str) -> None:
    """And text without a card isn't touched."""
    shown = masked(text)
    assert (shown == text) is not holds_card(text)
    assert shown.replace("…", "x").count("x") >= text.count("x")


def test_no_refusal_repeats_a_card_number() -> None:
    """Whatever a message or a hint is made of."""
    refusal = SubctlError("bad_input", "'4111 1111 1111 1111' won't do.", "Write 4111111111111111.")
    assert (refusal.message, refusal.hint, str(refusal)) == ("'…1111' won't do.", "Write …1111.", "'…1111' won't do.")
