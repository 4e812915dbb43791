"""An invoice's line as an e-invoice wants it: a quantity of some unit at a price, which give its amount.

Our lines have a third factor, the months, and rates a year. Here they become two: quantity × price / base, rounded
half up to the currency's minor unit, is the amount of the line, always.
"""

from subctl.domain.catalog import ANNUAL, PER
from subctl.domain.dates import MONTHS_A_YEAR
from subctl.domain.invoice import Line
from subctl.domain.money import RATE_DECIMALS, decimals, round_half_up
from subctl.domain.record import Record

ANNUM, MONTH, PIECE = "ANN", "MON", "C62"
"""Units of UN/ECE's recommendation 20: a year, a month, and what is counted one by one."""

PRICE_DECIMALS, _FEWEST_DECIMALS = 6, 2
_MILLIONTHS_A_RATE = 10 ** (PRICE_DECIMALS - RATE_DECIMALS)


class UnitPrice(Record):
    """How many of a unit at which price: the quantity may be negative, the price never is.

    `price` is in millionths of the currency's unit, and holds for `base` of the unit.
    """

    quantity: int
    unit: str
    price: int
    base: int = 1

    def amount(self, currency: str) -> int:
        """Return quantity × price / base in minor units, rounded once."""
        scale = 10 ** (PRICE_DECIMALS - decimals(currency))
        return round_half_up(self.quantity * self.price, self.base * scale)


def unit_price(line: Line, currency: str) -> UnitPrice:
    """Return a line's quantity and price: by years or months where these are whole, else by the piece.

    A negative rate moves its sign to the quantity.
    """
    quantity, rate = (-line.quantity, -line.rate) if line.rate < 0 else (line.quantity, line.rate)
    price, yearly = rate * _MILLIONTHS_A_RATE, line.per == PER[ANNUAL]
    if line.months.days:
        return _by_the_piece(line, quantity, price, yearly=yearly, currency=currency)
    if yearly and line.months.whole == MONTHS_A_YEAR:
        return UnitPrice(quantity, ANNUM, price)
    return UnitPrice(quantity * line.months.whole, MONTH, price, MONTHS_A_YEAR if yearly else 1)


def _by_the_piece(line: Line, quantity: int, price: int, *, yearly: bool, currency: str) -> UnitPrice:
    """Return how many, at the price of the stretch with as few decimals as give the amount; else 1 × the amount."""
    months, parts = line.months.ratio
    divisor = parts * (MONTHS_A_YEAR if yearly else 1)
    for digits in range(_FEWEST_DECIMALS, PRICE_DECIMALS + 1):
        step = 10 ** (PRICE_DECIMALS - digits)
        found = UnitPrice(quantity, PIECE, round_half_up(price * months, divisor * step) * step)
        if found.amount(currency) == line.amount:
            return found
    sign = -1 if line.amount < 0 else 1
    return UnitPrice(sign, PIECE, abs(line.amount) * 10 ** (PRICE_DECIMALS - decimals(currency)))


def format_price(price: int) -> str:
    """Write a price in millionths with two to six decimals: `"2600.00"`, `"8.709677"`."""
    whole, fraction = divmod(price, 10**PRICE_DECIMALS)
    return f"{whole}.{str(fraction).zfill(PRICE_DECIMALS).rstrip('0').ljust(_FEWEST_DECIMALS, '0')}"
