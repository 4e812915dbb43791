"""Exact amounts: minor units and ten-thousandths as integers, rounded once per line (pricing.md 3.1).

An *amount* is an `int` in the currency's minor unit (cents). A *rate* is an `int` in ten-thousandths of
the currency's unit, so that a price with four decimals is exact.
"""

from __future__ import annotations

import re

from subctl.domain.currencies import DECIMALS
from subctl.domain.errors import bad_input
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence, plural
from subctl.domain.text import safe

RATE_UNIT = 10_000
RATE_DECIMALS = 4
MAX_RATE = 1_000_000 * RATE_UNIT
MAX_AMOUNT_DIGITS = 15
"""Longer amounts can't be met: the limits on users and rates stay far below."""

_NUMBER = rf"(-?)([0-9]{{1,{MAX_AMOUNT_DIGITS}}})(?:\.([0-9]+))?"


class Amount(Record):
    """Minor units of a currency as they stand in a sentence; `str` writes `650.00 EUR`."""

    amount: int
    currency: str

    def __str__(self) -> str:
        """Write it as it is typed, with its currency."""
        return f"{format_amount(self.amount, self.currency)} {self.currency}"


def decimals(currency: str) -> int:
    """Return how many decimals the currency's minor unit has: EUR 2, JPY 0, KWD 3 (KeyError)."""
    return DECIMALS[currency]


def round_half_up(numerator: int, denominator: int) -> int:
    """Round an exact fraction to an integer, ties away from zero (pricing.md 3.1)."""
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -rounded if numerator < 0 else rounded


def to_minor(rate_units: int, currency: str, divisor: int = 1) -> int:
    """Round `rate_units / divisor`, an exact sum in ten-thousandths, to the currency's minor unit."""
    return round_half_up(rate_units * 10 ** decimals(currency), RATE_UNIT * divisor)


def format_amount(amount: int, currency: str) -> str:
    """Write an amount with the currency's decimals: `"650.00"`, `"-786.50"`, `"650"` for JPY."""
    digits = decimals(currency)
    sign, number = ("-" if amount < 0 else ""), str(abs(amount)).zfill(digits + 1)
    return f"{sign}{number[:-digits]}.{number[-digits:]}" if digits else sign + number


def format_fee(fee: int, currency: str) -> str:
    """Write a fee in ten-thousandths with the currency's decimals."""
    return format_amount(to_minor(fee, currency), currency)


def format_rate(rate: int) -> str:
    """Write a rate with two to four decimals: `"10.00"`, `"27.955"`."""
    sign, number = ("-" if rate < 0 else ""), str(abs(rate)).zfill(RATE_DECIMALS + 1)
    whole, fraction = number[:-RATE_DECIMALS], number[-RATE_DECIMALS:]
    return f"{sign}{whole}.{fraction.rstrip('0').ljust(2, '0')}"


def _parse(text: str, digits: int, what: str | Sentence) -> int:
    match = re.fullmatch(_NUMBER, text)
    if match is None:
        pointed = text.replace(",", ".")
        meant = re.fullmatch(_NUMBER, pointed)
        raise bad_input(
            N_("{what} is not a number: '{value}'."),
            N_("Write {number}.") if meant else N_("Write digits and a point, like 12.50."),
            what=what,
            value=safe(text),
            number=pointed,
        )
    sign, whole, fraction = match.groups(default="")
    if len(fraction.rstrip("0")) > digits:
        too_many = plural(
            "{what} has more than {number} decimal: {value}.",
            "{what} has more than {number} decimals: {value}.",
            digits,
            what=what,
            value=text,
        )
        raise bad_input(too_many, N_("Round it."))
    value = int(whole + fraction[:digits].ljust(digits, "0"))
    return -value if sign else value


def parse_amount(text: str, currency: str, what: str | Sentence) -> int:
    """Read an amount such as `786.50`; raise `bad_input` for anything else, `12,50` included."""
    return _parse(text, decimals(currency), what)


def parse_rate(text: str, what: str | Sentence) -> int:
    """Read a price of zero or more with up to four decimals; raise `bad_input` for anything else."""
    rate = _parse(text, RATE_DECIMALS, what)
    if not 0 <= rate <= MAX_RATE:
        raise bad_input(
            N_("{what} must lie between 0 and {most}: {value}."), what=what, most=MAX_RATE // RATE_UNIT, value=text
        )
    return rate
