"""By hand: `python -m byhand.unit_prices [LINES] [SEED]` draws so many lines and multiplies each out again.

A line whose quantity × price / base isn't its amount, rounded by a formula of this module's own, is printed; then the
exit code is 1. How many lines had to be charged as one at the amount is said too.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from random import Random

from subctl.domain.dates import Months, Period
from subctl.domain.invoice import Counted, Line, line_amount
from subctl.domain.unit_price import format_price, unit_price

_PERIOD = Period(date(2026, 1, 1), date(2027, 1, 1))
_DIGITS = 60


def main(lines: int = 200_000, seed: int = 1) -> int:
    """Run, print what was drawn, and the lines that don't multiply out."""
    random, kinds, bad = Random(seed), Counter[str](), 0
    for _ in range(lines):
        currency = random.choice(["EUR", "EUR", "EUR", "JPY"])
        line = _drawn(random, currency)
        found = unit_price(line, currency)
        kinds[f"{found.unit} per {found.base}"] += 1
        kinds["charged as one"] += found.unit == "C62" and abs(found.quantity) != abs(line.quantity)
        if _product(found.quantity, format_price(found.price), found.base, currency) != line.amount:
            bad += 1
            sys.stdout.write(f"{currency} {line}\n  {found}\n")
    sys.stdout.write("".join(f"{number:>9} {kind}\n" for kind, number in sorted(kinds.items())))
    sys.stdout.write(f"{lines - bad} of {lines} lines multiply out to the cent.\n")
    return 1 if bad else 0


def _drawn(random: Random, currency: str) -> Line:
    """Return a line as contracts have them, and now and then one that none will ever have."""
    quantity = random.choice([1, random.randint(1, 60), random.randint(1, 5000), random.randint(1, 1_000_000)])
    rate = random.choice([random.randint(1, 400) * 10_000, random.randint(1, 4_000_000), random.randint(1, 10**10)])
    counted = Counted("pro", "Pro", quantity, rate)
    signs = random.choice([(1, 1), (1, 1), (-1, 1), (1, -1)])
    per = random.choice(["year", "month"])
    line = Line("users", None, counted, signs[0] * quantity, signs[1] * rate, per, _PERIOD, _months(random), 0)
    return line._replace(amount=line_amount(line, currency))


def _months(random: Random) -> Months:
    if random.random() < 1 / 2:
        return Months(random.choice([1, 12, random.randint(1, 24)]))
    first, second = random.randint(28, 31), random.choice([1, random.randint(28, 31)])
    of = first * second
    return Months(random.randint(0, 11), random.randint(1, of - 1), of)


def _product(quantity: int, price: str, base: int, currency: str) -> int:
    with localcontext() as context:
        context.prec = _DIGITS
        exact = quantity * Decimal(price) / base * (1 if currency == "JPY" else 100)
        return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
