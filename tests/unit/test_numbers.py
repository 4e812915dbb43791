"""Numbers of documents (pricing.md 7.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.numbers import first_id, next_id, number, optional_number, parse_number
from tests.support.build import refused

series = st.sampled_from(["INV", "Q", "O"])
years = st.integers(1970, 2199)


def test_the_first_document_of_a_year_is_number_one() -> None:
    """pricing.md 7.1: numbers start anew with the year of issue."""
    assert number("INV", next_id(None, 2026)) == "INV-2026-0001"
    assert number("Q", next_id(next_id(None, 2026), 2027)) == "Q-2027-0001"


def test_the_next_document_has_the_next_number() -> None:
    """pricing.md 7.1: no gap, and after 9999 a digit more."""
    assert number("O", next_id(first_id(2026) + 41, 2026)) == "O-2026-0042"
    assert number("O", next_id(first_id(2026) + 9_999, 2026)) == "O-2026-10000"


def test_no_document_has_no_number() -> None:
    """pricing.md 7.1: an order without a quote names none."""
    assert optional_number("Q", None) is None
    assert optional_number("Q", first_id(2026) + 3) == "Q-2026-0003"


@given(series, years, st.integers(1, 50))
def test_numbers_are_gapless_and_rise(name: str, year: int, count: int) -> None:
    """pricing.md 7.1: one after the other, none missing and none twice."""
    newest, given_out = None, []
    for _ in range(count):
        newest = next_id(newest, year)
        given_out.append(newest)
    assert [number(name, found) for found in given_out] == [f"{name}-{year}-{n:04d}" for n in range(1, count + 1)]
    assert next_id(newest, year + 1) > given_out[-1]


@given(series, years, st.integers(1, 999_999_999))
def test_a_number_that_is_written_reads_the_same(name: str, year: int, place: int) -> None:
    """pricing.md 7.1: series, year and place are all in the number; small letters will do."""
    document = first_id(year) + place
    assert parse_number(number(name, document)) == (name, document)
    assert parse_number(number(name, document).lower()) == (name, document)


@pytest.mark.parametrize(
    "text",
    ["", "INV-2026-1", "INV-26-0001", "X-2026-0001", "INV-2026-0001 ", "INV-2026-1234567890", "Q-٢٠٢٦-0001", "7"],
)
def test_anything_else_is_no_document(text: str) -> None:
    """pricing.md 7.1: what isn't a number finds nothing."""
    assert refused(parse_number, text) == (
        "not_found",
        f"There is no document '{text}'.",
        "Numbers look like INV-2026-0001, Q-2026-0001 and O-2026-0001; a space is named with --space.",
    )


def test_letters_that_only_look_like_a_series_are_no_document() -> None:
    """pricing.md 7.1: a dotted capital I is not an I."""
    assert refused(parse_number, "İNV-2026-0001")[0] == "not_found"
