"""How numbers, amounts, dates and periods are written in each language: facts, no words that a translator chooses.

English has plain digits that can be typed again; the others are as the Unicode CLDR has them, whose data is far too
large to be carried along. tests/unit/test_forms.py compares all of it, and names what differs on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from subctl.domain.record import Record

NO_BREAK, NARROW, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}"
UNBREAKABLE = (NO_BREAK, NARROW, THIN)
"""The blanks inside numbers, amounts and periods: no line ends there."""


class Forms(Record):
    """The forms of a language; numbers come as digits with a point, and a `-` before them where they are negative.

    `months` and `short` are the names of the twelve months; `first` is how the first of a month is counted, `ordinal`
    what stands behind a day; `column` is a day in a table, as wide as every other; `to` stands between two dates.
    `money` places an `{amount}` and its `{symbol}`, which is the currency's code where `symbols` has none.
    """

    months: tuple[str, ...]
    short: tuple[str, ...]
    column: str
    to: str
    point: str
    group: str
    money: str
    percent: str
    symbols: Mapping[str, str]
    first: str = "1"
    ordinal: str = ""

    def nth(self, day: date) -> str:
        """Write the day of a month: `15`, `1er`, `15.`."""
        return (self.first if day.day == 1 else str(day.day)) + self.ordinal

    def month(self, day: date) -> str:
        """Write a day without its year: `15 March`."""
        return f"{self.nth(day)} {self.months[day.month - 1]}"

    def day(self, day: date) -> str:
        """Write a day: `15 March 2026`."""
        return f"{self.month(day)} {day.year}"

    def short_month(self, day: date) -> str:
        """Write a day without its year as a table wants it: `15 Mar`."""
        return f"{self.nth(day)} {self.short[day.month - 1]}"

    def short_day(self, day: date) -> str:
        """Write a day as short as a name of its month allows: `15 Mar 2026`."""
        return f"{self.short_month(day)} {day.year}"

    def column_day(self, day: date) -> str:
        """Write a day in numbers: `2026-03-15`, `15/03/2026`."""
        return day.strftime(self.column)

    def short_period(self, start: date, last: date) -> str:
        """Write a period by its first and its last day: `1 Apr–30 Jun 2026`."""
        end = self.short_day(last)
        if start == last:
            return end
        if (start.year, start.month) == (last.year, last.month):
            return f"{self.nth(start)}–{end}"
        begin = self.short_month(start) if start.year == last.year else self.short_day(start)
        return f"{begin}{self.to}{end}"

    def number(self, plain: str) -> str:
        """Write a number: `-1234.50`, `-1 234,50`."""
        whole, point, fraction = plain.partition(".")
        digits = whole.removeprefix("-")
        if self.group:
            digits = f"{int(digits):,}".replace(",", self.group)
        return "-" * whole.startswith("-") + digits + (self.point + fraction if point else "")

    def amount(self, plain: str, currency: str) -> str:
        """Write an amount with its currency: `1500.00 EUR`, `€ 1.500,00`."""
        return self.money.format(amount=self.number(plain), symbol=self.symbols.get(currency, currency))

    def percentage(self, plain: str) -> str:
        """Write a percentage: `21 %`, `5,5 %`."""
        return self.number(plain) + self.percent


_ENGLISH = Forms(
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    column="%Y-%m-%d",
    to="–",
    point=".",
    group="",
    money="{amount} {symbol}",
    percent=" %",
    symbols={},
)  # fmt: skip

_EVERYWHERE = {"BRL": "R$", "EUR": "€", "ILS": "₪", "INR": "₹", "KRW": "₩", "VND": "₫", "XAF": "FCFA", "XCG": "Cg."}
_EVERYWHERE["XOF"] = f"F{NARROW}CFA"

_DUTCH_AND_GERMAN = _EVERYWHERE | {
    "AUD": "AU$", "CNY": "CN¥", "GBP": "£", "HKD": "HK$", "MXN": "MX$", "NZD": "NZ$", "THB": "฿", "TWD": "NT$",
    "XCD": "EC$",
}  # fmt: skip

_FRENCH = Forms(
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    short=("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    column="%d/%m/%Y",
    to=f"{THIN}–{THIN}",
    point=",",
    group=NARROW,
    money=f"{{amount}}{NO_BREAK}{{symbol}}",
    percent=f"{NO_BREAK}%",
    symbols=_EVERYWHERE | {
        "ARS": "$AR", "AUD": "$AU", "BMD": "$BM", "BND": "$BN", "BZD": "$BZ", "CAD": "$CA", "CLP": "$CL", "COP": "$CO",
        "FJD": "$FJ", "FKP": "£FK", "GBP": "£GB", "GIP": "£GI", "LBP": "£LB", "MXN": "$MX", "NAD": "$NA", "NZD": "$NZ",
        "SBD": "$SB", "SGD": "$SG", "SRD": "$SR", "TTD": "$TT", "USD": "$US", "UYU": "$UY", "WST": "$WS", "XPF": "FCFP",
    },
    first="1er",
)  # fmt: skip

_DUTCH = Forms(
    months=(
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    short=("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    column="%d-%m-%Y",
    to=f"{THIN}–{THIN}",
    point=",",
    group=".",
    money=f"{{symbol}}{NO_BREAK}{{amount}}",
    percent="%",
    symbols=_DUTCH_AND_GERMAN | {"CAD": "C$", "FJD": "FJ$", "JPY": "JP¥", "SBD": "SI$", "USD": "US$"},
)  # fmt: skip

_GERMAN = Forms(
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    short=("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    column="%d.%m.%Y",
    to=f"{THIN}–{THIN}",
    point=",",
    group=".",
    money=f"{{amount}}{NO_BREAK}{{symbol}}",
    percent=f"{NO_BREAK}%",
    symbols=_DUTCH_AND_GERMAN | {"CAD": "CA$", "JPY": "¥", "USD": "$", "XPF": "CFPF"},
    ordinal=".",
)  # fmt: skip

FORMS = {"en": _ENGLISH, "fr": _FRENCH, "nl": _DUTCH, "de": _GERMAN}
"""The forms of every language that is spoken (`domain/languages.py`)."""
