"""Numbers of documents (pricing.md 7.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.numbers import (
    Ranges,
    first_id,
    ids_beginning,
    is_number,
    next_id,
    number,
    optional_number,
    parse_number,
    year_of,
)
from tests.support.build import refused

series = st.sampled_from(["INV", "Q", "O", "P", "DD", "R"])
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


def test_a_number_is_one_integer_in_the_store() -> None:
    """pricing.md 7.1: year and place, so that numbers sort as they were given; no store may read another year."""
    assert parse_number("INV-2026-0042") == ("INV", 20_260_000_000_042)
    assert year_of(20_260_000_000_042) == 2026


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("INV-2026-0001", True),
        ("q-2026-999999999", True),
        ("P-2026-0001", True),
        ("DD-2026-0001", True),
        ("R-2026-0001", True),
        ("D-2026-0001", False),
        ("I-2026-0001", False),
        ("INV-2026-001", False),
        ("INV-2026-0001\n", False),
        ("acme", False),
        ("İNV-2026-0001", False),
    ],
)
def test_a_number_is_known_by_its_form(text: str, *, found: bool) -> None:
    """pricing.md 7.1: whether there is such a document is another question."""
    assert is_number(text) is found


IN_2026 = first_id(2026)
EVERY = [(0, first_id(10_000))]


@pytest.mark.parametrize(
    ("prefix", "ranges"),
    [
        ("", EVERY),
        ("IN", EVERY),
        ("INV-", EVERY),
        ("INV-2", [(first_id(2000), first_id(3000))]),
        ("INV-2026", [(IN_2026, first_id(2027))]),
        ("INV-2026-", [(IN_2026, first_id(2027))]),
        ("INV-2026-1", [(IN_2026 + 10**digits, IN_2026 + 2 * 10**digits - 1) for digits in range(3, 9)]),
        ("INV-2026-12345", [(IN_2026 + 12_345 * 10**more, IN_2026 + 12_346 * 10**more - 1) for more in range(5)]),
        ("INV-2026-01", [(IN_2026 + 100, IN_2026 + 199)]),
        ("INV-2026-0001", [(IN_2026 + 1, IN_2026 + 1)]),
        ("INV-2026-01234", []),
        ("INV-2026-1234567890", []),
        ("INV-20261", []),
        ("INV-2026-1-1", []),
        ("INV-x", []),
        ("INV-٢", []),
        ("INV-²", []),
        ("Q-2026", []),
        ("2026", []),
    ],
)
def test_what_a_number_begins_with_says_between_which_ids_it_lies(prefix: str, ranges: Ranges) -> None:
    """pricing.md 7.1: four digits at least, nine at most, and noughts only to fill up four."""
    assert ids_beginning("INV", prefix) == ranges


@given(years, st.integers(1, 99_999), st.integers(0, 14), st.integers(1, 99_999))
def test_exactly_the_ids_found_have_a_number_that_begins_so(year: int, place: int, length: int, other: int) -> None:
    """pricing.md 7.1: a number is found by each of its beginnings, and another one only where it begins so too."""
    prefix = number("INV", first_id(year) + place)[:length]
    for document in (first_id(year) + place, first_id(year) + other, first_id(year + 1) + other):
        found = any(low <= document <= high for low, high in ids_beginning("INV", prefix))
        assert found is number("INV", document).startswith(prefix)
