"""Exact amounts: minor units, rates in ten-thousandths, one rounding (pricing.md 3.1, 3.2)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.currencies import DECIMALS
from subctl.domain.money import (
    MAX_RATE,
    decimals,
    format_amount,
    format_rate,
    parse_amount,
    parse_rate,
    round_half_up,
    to_minor,
)
from subctl.domain.text import safe
from tests.support.build import refused

currencies = st.sampled_from(["EUR", "JPY", "KWD"])


@pytest.mark.parametrize(
    ("currency", "digits"), [("EUR", 2), ("HUF", 2), ("JPY", 0), ("KRW", 0), ("ISK", 0), ("KWD", 3), ("CLF", 4)]
)
def test_every_currency_has_its_minor_unit(currency: str, digits: int) -> None:
    """pricing.md 3.1: cents for EUR, whole yen for JPY, thousandths for KWD."""
    assert decimals(currency) == digits


def test_currencies_are_those_of_iso_4217() -> None:
    """pricing.md 3.1: none that has gone, no gold and no testing code."""
    assert {len(currency) for currency in DECIMALS} == {3}
    assert set(DECIMALS.values()) == {0, 2, 3, 4}
    assert DECIMALS.keys().isdisjoint({"HRK", "DEM", "SLL", "ANG", "XAU", "XTS", "XXX", "eur"})


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (Fraction(0), 0),
        (Fraction(1, 2), 1),
        (Fraction(-1, 2), -1),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(-5, 2), -3),
        (Fraction(49, 100), 0),
        (Fraction(-49, 100), 0),
        (Fraction(26129 * 31 + 1, 31), 26129),
        (Fraction(7), 7),
    ],
)
def test_halves_are_rounded_away_from_zero(value: Fraction, rounded: int) -> None:
    """pricing.md 3.1: half up, ties away from zero."""
    assert round_half_up(*(value).as_integer_ratio()) == rounded


@given(st.fractions())
def test_rounding_moves_by_half_a_unit_at_most_and_is_symmetric(value: Fraction) -> None:
    """pricing.md 3.1: no rounding is off by more than half a unit, and minus rounds like plus."""
    rounded = round_half_up(*(value).as_integer_ratio())
    assert abs(value - rounded) <= Fraction(1, 2)
    assert round_half_up(*(-value).as_integer_ratio()) == -rounded


@given(st.integers(), st.integers(-(10**12), 10**12))
def test_whole_numbers_are_not_rounded_and_rounding_keeps_its_step(whole: int, tenths: int) -> None:
    """pricing.md 3.1: a whole amount stays, and adding a whole amount of the same sign moves the rounding by it."""
    value = Fraction(tenths, 10)
    shift = abs(whole) if tenths >= 0 else -abs(whole)
    assert round_half_up(*(Fraction(whole)).as_integer_ratio()) == whole
    assert round_half_up(*(value + shift).as_integer_ratio()) == round_half_up(*(value).as_integer_ratio()) + shift


@pytest.mark.parametrize(
    ("rate", "divisor", "currency", "minor"),
    [
        (6_500_000, 1, "EUR", 65_000),
        (50, 1, "EUR", 1),
        (49, 1, "EUR", 0),
        (-50, 1, "EUR", -1),
        (5_000, 1, "JPY", 1),
        (4_999, 1, "JPY", 0),
        (12_345, 1, "KWD", 1_235),
        (3_000_000 * (10 * 31 + 14), 31 * 12, "EUR", 26_129),
        (-100, 3, "EUR", 0),
        (-150, 3, "EUR", -1),
    ],
)
def test_a_sum_becomes_minor_units_in_one_rounding(rate: int, divisor: int, currency: str, minor: int) -> None:
    """pricing.md 3.1: an exact sum is rounded once, to the currency's minor unit."""
    assert to_minor(rate, currency, divisor) == minor


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (65_000, "EUR", "650.00"),
        (-78_650, "EUR", "-786.50"),
        (0, "EUR", "0.00"),
        (5, "EUR", "0.05"),
        (-5, "EUR", "-0.05"),
        (650, "JPY", "650"),
        (-1, "JPY", "-1"),
        (0, "JPY", "0"),
        (1_234, "KWD", "1.234"),
    ],
)
def test_an_amount_is_written_with_its_currencys_decimals(amount: int, currency: str, text: str) -> None:
    """pricing.md 3.1: 650.00 EUR, 650 JPY, 1.234 KWD."""
    assert format_amount(amount, currency) == text


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (100_000, "10.00"),
        (279_500, "27.95"),
        (279_550, "27.955"),
        (279_555, "27.9555"),
        (0, "0.00"),
        (1, "0.0001"),
        (-26_000_000, "-2600.00"),
        (-1, "-0.0001"),
    ],
)
def test_a_rate_is_written_with_two_to_four_decimals(rate: int, text: str) -> None:
    """pricing.md 3.2: a price may have four decimals, and shows two at least."""
    assert format_rate(rate) == text


@given(st.integers(-(10**14), 10**14), currencies)
def test_an_amount_that_is_written_reads_the_same(amount: int, currency: str) -> None:
    """pricing.md 3.1: writing and reading an amount lose nothing."""
    assert parse_amount(format_amount(amount, currency), currency, "--expect") == amount


@given(st.integers(0, MAX_RATE))
def test_a_rate_that_is_written_reads_the_same(rate: int) -> None:
    """pricing.md 3.2: writing and reading a rate lose nothing."""
    assert parse_rate(format_rate(rate), "the value") == rate


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("786.50", "EUR", 78_650),
        ("786.5", "EUR", 78_650),
        ("786.5000", "EUR", 78_650),
        ("786", "EUR", 78_600),
        ("-0.05", "EUR", -5),
        ("007", "EUR", 700),
        ("650.0", "JPY", 650),
    ],
)
def test_an_amount_may_leave_out_decimals_or_have_zeros_more(text: str, currency: str, amount: int) -> None:
    """pricing.md 6.4: 786.5 is 786.50, and zeros at the end don't count."""
    assert parse_amount(text, currency, "--expect") == amount


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("12,50", "Write 12.50."),
        ("-12,50", "Write -12.50."),
        ("1,234.50", "Write digits and a point, like 12.50."),
        ("1,2,3", "Write digits and a point, like 12.50."),
        ("a,5", "Write digits and a point, like 12.50."),
        ("", "Write digits and a point, like 12.50."),
        ("12.", "Write digits and a point, like 12.50."),
        (".5", "Write digits and a point, like 12.50."),
        ("+5", "Write digits and a point, like 12.50."),
        ("1e3", "Write digits and a point, like 12.50."),
        ("1_000", "Write digits and a point, like 12.50."),
        ("NaN", "Write digits and a point, like 12.50."),
        ("١٢", "Write digits and a point, like 12.50."),
        ("12.50\n", "Write digits and a point, like 12.50."),
        (" 12.50", "Write digits and a point, like 12.50."),
        ("1234567890123456", "Write digits and a point, like 12.50."),
    ],
)
def test_only_digits_with_a_point_are_an_amount(text: str, hint: str) -> None:
    """pricing.md 6.4: what can't be read is refused, and a comma gets its own hint."""
    assert refused(parse_amount, text, "EUR", "--expect") == (
        "bad_input",
        f"--expect is not a number: '{safe(text)}'.",
        hint,
    )


@pytest.mark.parametrize(("text", "currency", "digits"), [("1.005", "EUR", 2), ("1.5", "JPY", 0), ("1.0005", "KWD", 3)])
def test_an_amount_with_too_many_decimals_is_refused(text: str, currency: str, digits: int) -> None:
    """pricing.md 3.1: nothing is rounded on the way in."""
    assert refused(parse_amount, text, currency, "--expect") == (
        "bad_input",
        f"--expect has more than {digits} decimals: {text}.",
        "Round it.",
    )


@pytest.mark.parametrize(("text", "rate"), [("0", 0), ("27.9555", 279_555), ("1000000", MAX_RATE)])
def test_a_price_has_up_to_four_decimals(text: str, rate: int) -> None:
    """pricing.md 3.2: a rate is exact in ten-thousandths."""
    assert parse_rate(text, "the value") == rate


@pytest.mark.parametrize("text", ["-0.01", "-0.0001", "1000000.0001"])
def test_a_price_below_zero_or_beyond_reason_is_refused(text: str) -> None:
    """pricing.md 3.2: a rate lies between 0 and a million."""
    assert refused(parse_rate, text, "the value") == (
        "bad_input",
        f"the value must lie between 0 and 1000000: {text}.",
        "",
    )


def test_a_price_with_five_decimals_is_refused() -> None:
    """pricing.md 3.2: a rate is exact in ten-thousandths, no further."""
    assert refused(parse_rate, "1.00005", "the value") == (
        "bad_input",
        "the value has more than 4 decimals: 1.00005.",
        "Round it.",
    )
