"""Quantity and price of an e-invoice's line: their product is the line's amount, to the cent, always."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from subctl.domain.dates import Months, Period
from subctl.domain.invoice import Counted, Line, line_amount
from subctl.domain.unit_price import PRICE_DECIMALS, UnitPrice, format_price, unit_price

PERIOD = Period(date(2026, 4, 1), date(2026, 7, 1))
YEAR, MONTH = "year", "month"


def line(quantity: int, rate: str, months: Months, per: str = YEAR, currency: str = "EUR") -> Line:
    """Return a line with its amount; the rate is written as in a catalog."""
    units = int(Decimal(rate) * 10_000)
    counted = Counted("pro", "Pro", quantity, units)
    made = Line("users", None, counted, quantity, units, per, PERIOD, months, 0)
    return made._replace(amount=line_amount(made, currency))


def rounded(value: Fraction) -> int:
    """Round half up, ties away from zero: the test's own formula."""
    whole = int(abs(value) + Fraction(1, 2))
    return -whole if value < 0 else whole


@pytest.mark.parametrize(
    ("charged", "quantity", "unit", "price", "base"),
    [
        (line(10, "100.00", Months(12)), 10, "ANN", "100.00", 1),
        (line(3, "27.9555", Months(12)), 3, "ANN", "27.9555", 1),
        (line(20, "18.00", Months(1), MONTH), 20, "MON", "18.00", 1),
        (line(20, "18.00", Months(2), MONTH), 40, "MON", "18.00", 1),
        (line(1, "2600.00", Months(3)), 3, "MON", "2600.00", 12),
        (line(20, "180.00", Months(3)), 60, "MON", "180.00", 12),
        (line(-2, "250.00", Months(12)), -2, "ANN", "250.00", 1),
        (line(1, "-120.00", Months(3)), -3, "MON", "120.00", 12),
        (line(-1, "-120.00", Months(12)), 1, "ANN", "120.00", 1),
        (line(0, "250.00", Months(12)), 0, "ANN", "250.00", 1),
        (line(3, "-0.0001", Months(12)), -3, "ANN", "0.0001", 1),
        (line(4, "0", Months(3)), 12, "MON", "0.00", 12),
        (line(1, "300.00", Months(10, 14, 31)), 1, "C62", "261.29", 1),
        (line(3, "100.00", Months(10, 14, 31)), 3, "C62", "87.097", 1),
        (line(7, "18.00", Months(0, 11, 30), MONTH), 7, "C62", "6.60", 1),
        (line(1, "-300.00", Months(10, 14, 31)), -1, "C62", "261.29", 1),
    ],
)
def test_a_line_by_hand(charged: Line, quantity: int, unit: str, price: str, base: int) -> None:
    """Whole periods by years or months, whole months with a rate for twelve, and else by the piece."""
    found = unit_price(charged, "EUR")
    assert (found.quantity, found.unit, format_price(found.price), found.base) == (quantity, unit, price, base)


def test_a_line_in_a_currency_without_decimals() -> None:
    """The amount is whole yen, the price need not be."""
    found = unit_price(line(20, "180", Months(0, 1, 31), currency="JPY"), "JPY")
    assert (found.quantity, format_price(found.price), found.amount("JPY")) == (20, "0.48", 10)


def test_as_few_decimals_as_give_the_amount() -> None:
    """One fewer would be a cent off."""
    charged = line(999, "100.00", Months(10, 14, 31))
    found = unit_price(charged, "EUR")
    assert (format_price(found.price), found.amount("EUR")) == ("87.096774", charged.amount)
    for digits in range(2, PRICE_DECIMALS):
        step = 10 ** (PRICE_DECIMALS - digits)
        if found.price % step:
            fewer = found._replace(price=round(Fraction(found.price, step)) * step)
            assert fewer.amount("EUR") != charged.amount


@pytest.mark.parametrize(("sign", "rate"), [(1, "0.0001"), (-1, "0.0001"), (1, "-0.0001"), (-1, "-0.0001")])
def test_where_no_price_gives_the_amount_it_is_charged_as_one(sign: int, rate: str) -> None:
    """The last resort: 1 × the amount, with its sign on the quantity."""
    charged = line(sign * 999_999, rate, Months(0, 7, 31), MONTH)
    found = unit_price(charged, "EUR")
    assert (abs(found.quantity), found.unit, found.base) == (1, "C62", 1)
    assert found.quantity * found.price == charged.amount * 10_000


@pytest.mark.parametrize("number", [50_000, -50_000])
def test_a_cent_that_seven_decimals_would_give(number: int) -> None:
    """Six are the most: it is charged as one, with its sign on the quantity."""
    charged = line(number, "0.0001", Months(0, 1, 930), MONTH)
    found = unit_price(charged, "EUR")
    assert (found, charged.amount) == (UnitPrice(number // 50_000, "C62", 10_000), number // 50_000)


numbers = st.integers(-1_000_000, 1_000_000)
rates = st.one_of(st.integers(-(10**10), 10**10), st.integers(-10_000, 10_000))
fractions_of_months = st.integers(28, 31).flatmap(
    lambda first: st.integers(28, 31).flatmap(
        lambda second: st.integers(1, first * second - 1).map(lambda days: (days, first * second))
    )
)
stretches = st.one_of(
    st.integers(1, 24).map(Months),
    st.tuples(st.integers(0, 23), fractions_of_months).map(lambda found: Months(found[0], *found[1])),
    st.tuples(st.integers(0, 23), st.integers(28, 31), st.integers(1, 27)).map(lambda f: Months(f[0], f[2], f[1])),
)


@given(
    quantity=numbers,
    rate=rates,
    months=stretches,
    per=st.sampled_from([YEAR, MONTH]),
    currency=st.sampled_from(["EUR", "JPY"]),
)
@example(quantity=1, rate=26_000_000, months=Months(3), per=YEAR, currency="EUR")
@example(quantity=-999_999, rate=1, months=Months(0, 7, 31), per=MONTH, currency="EUR")
def test_quantity_times_price_is_the_amount(quantity: int, rate: int, months: Months, per: str, currency: str) -> None:
    """Rounded once, by a formula of the test's own; quantities are whole, prices have six decimals and no sign."""
    charged = line(quantity, str(Decimal(rate) / 10_000), months, per, currency)
    found = unit_price(charged, currency)
    minor = {"EUR": 100, "JPY": 1}[currency]
    price = Fraction(format_price(found.price))
    assert rounded(found.quantity * price * minor / found.base) == charged.amount == found.amount(currency)
    assert price >= 0
    assert 2 <= len(format_price(found.price).partition(".")[2]) <= PRICE_DECIMALS
    assert (found.unit, found.base) in {("ANN", 1), ("MON", 1), ("MON", 12), ("C62", 1)}
    assert (found.unit == "C62") == bool(months.days)


def test_a_price_as_it_is_written() -> None:
    """Two decimals at least, six at most, no more than there are."""
    written = {0: "0.00", 1: "0.000001", 10_000: "0.01", 2_600_000_000: "2600.00", 8_709_677: "8.709677"}
    assert {price: format_price(price) for price in written} == written
    assert UnitPrice(3, "MON", 2_600_000_000, 12).amount("EUR") == 65_000
    assert UnitPrice(3, "MON", 2_600_000_000, 12).amount("JPY") == 650
