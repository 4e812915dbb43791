"""How each language writes numbers, amounts and days: all of it beside the Unicode CLDR, as Babel has it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision

from subctl.domain.currencies import DECIMALS
from subctl.domain.languages import LANGUAGES
from subctl.domain.money import format_amount, format_rate
from subctl.domain.tax import format_percentage
from subctl.view.forms import FORMS

OTHERS = [language for language in LANGUAGES if language != "en"]
NUMBERS = (0, 1, -1, 9, 10, 99, 100, -786, 999, 1000, 1234, 9999, 10_000, 99_999, 100_000, -1_234_567, 10**12)
YEAR = [date(2027, 12, 31) + timedelta(days=day) for day in range(1, 367)]
PERIODS = [
    (date(2026, 4, 2), date(2026, 4, 2)),
    (date(2026, 4, 2), date(2026, 4, 30)),
    (date(2026, 4, 2), date(2026, 6, 30)),
    (date(2026, 12, 31), date(2027, 1, 2)),
]

IN_CASH = {"AFN", "ALL", "IQD", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "RSD", "SOS", "SYP", "YER"}
"""CLDR leaves out their decimals, which nobody has in a purse; invoices have the minor unit of ISO 4217 (3.1)."""

IN_NUMBERS = {"fr": "short", "nl": "short", "de": "medium"}
"""Which of CLDR's forms has ten signs, four of them the year's; German's short one, `15.03.26`, has fewer."""

FRENCH_FIRST = "1er"
"""CLDR writes `1 avril`; every French reader writes `1er avril`, and the first of a month is what we say most."""


def test_every_language_has_forms():
    """What can be spoken can be written."""
    assert tuple(FORMS) == LANGUAGES


def test_english_is_what_can_be_typed_again():
    """On purpose not CLDR's `€1,500.00`: digits, a point and a code, and the day before the month (decisions.md)."""
    english = FORMS["en"]
    assert [
        english.amount("-1500.00", "EUR"),
        english.amount("1000000", "JPY"),
        english.number("1234567.125"),
        english.percentage("5.5"),
        english.day(date(2026, 4, 1)),
        english.column_day(date(2026, 4, 1)),
        *(english.short_period(*period) for period in PERIODS),
    ] == [
        "-1500.00 EUR",
        "1000000 JPY",
        "1234567.125",
        "5.5 %",
        "1 April 2026",
        "2026-04-01",
        "2 Apr 2026",
        "2–30 Apr 2026",
        "2 Apr–30 Jun 2026",
        "31 Dec 2026–2 Jan 2027",
    ]


def test_decimals_are_isos():
    """Everywhere else CLDR and ISO 4217 agree on them."""
    assert {currency for currency, digits in DECIMALS.items() if get_currency_precision(currency) != digits} == IN_CASH


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("currency", DECIMALS)
def test_amounts_are_cldrs(language, currency):
    """Every currency, with its sign or code where that belongs, and the decimals of its minor unit."""
    digits = DECIMALS[currency]
    pattern = Locale(language).currency_formats["standard"].pattern
    exact = pattern.replace("0.00", "0." + "0" * digits if digits else "0")
    compared = {
        FORMS[language].amount(format_amount(minor, currency), currency): format_currency(
            Decimal(minor).scaleb(-digits), currency, exact, locale=language, currency_digits=False
        )
        for minor in NUMBERS
    }
    assert [*compared] == [*compared.values()]
    assert len(compared) == len(NUMBERS)


@pytest.mark.parametrize("language", OTHERS)
def test_numbers_are_cldrs(language):
    """Counts, rates with two to four decimals, and percentages as short as they are exact."""
    forms = FORMS[language]
    percents = Locale(language).percent_formats[None].pattern.replace("0", "0.####", 1)
    rates = [Decimal(number).scaleb(-4) for number in (*NUMBERS, 55_000, 210_000, 279_550, 279_555, 123_456_789)]
    assert [
        *(forms.number(str(number)) for number in NUMBERS),
        *(forms.number(format_rate(int(rate.scaleb(4)))) for rate in rates),
        *(forms.percentage(format_percentage(int(rate.scaleb(4)))) for rate in rates),
    ] == [
        *(format_decimal(number, locale=language) for number in NUMBERS),
        *(format_decimal(rate, "#,##0.00##", locale=language) for rate in rates),
        *(format_percent(rate.scaleb(-2), percents, locale=language) for rate in rates),
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_days_are_cldrs(language):
    """Every day of a leap year: in full, with a short month, and in numbers."""
    forms = FORMS[language]
    for day in YEAR:
        full, short = format_date(day, "long", language), format_skeleton("yMMMd", day, locale=language)
        if day.day == 1 and language == "fr":
            full, short = full.replace("1", FRENCH_FIRST, 1), short.replace("1", FRENCH_FIRST, 1)
        numbers = format_date(day, IN_NUMBERS[language], language)
        assert [forms.day(day), forms.short_day(day), forms.column_day(day)] == [full, short, numbers]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("start", "last"), PERIODS)
def test_short_periods_are_cldrs(language, start, last):
    """What both days share is said once."""
    expected = format_interval(start, last, "yMMMd", locale=language)
    assert FORMS[language].short_period(start, last) == expected


def test_the_first_is_counted_in_french_periods():
    """As in a day alone."""
    april, june = date(2026, 4, 1), date(2026, 6, 1)
    assert FORMS["fr"].short_period(april, june) == "1er avr.\u2009–\u20091er juin 2026"
