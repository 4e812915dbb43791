"""What people read of a value: dates, periods, numbers, money, licences, addresses.

All of it is in the language that is spoken; its forms are those of `forms.py`. What codes are called is in `codes.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.contract import State, licences_of
from subctl.domain.dates import Months, Period
from subctl.domain.invoice import Draft, Fee
from subctl.domain.money import format_amount, format_fee, format_rate
from subctl.domain.sentence import N_
from subctl.domain.tax import EXEMPT, OUTSIDE, REVERSE_CHARGE, STANDARD, format_percentage
from subctl.view.forms import FORMS, Forms
from subctl.view.language import _, ngettext, pgettext, spoken

if TYPE_CHECKING:
    from subctl.domain.catalog import Seller
    from subctl.results.contract_page import SpaceDetails
    from subctl.results.parties import BuyerDetails

_NOTHING = "–"


def _forms() -> Forms:
    return FORMS[spoken()]


# --- days ----------------------------------------------------------------------------------------------------


def day(value: date | None, missing: str = _NOTHING) -> str:
    """Write a date as `15 March 2026`."""
    return missing if value is None else _forms().day(value)


def column_day(value: date | None, missing: str = _NOTHING) -> str:
    """Write a date for a column of a table, as wide as every other: `2026-03-15`."""
    return missing if value is None else _forms().column_day(value)


def kept_day(text: str) -> str:
    """Write a day that the history kept as text; what is no day, as it stands: another hand wrote it."""
    try:
        return column_day(date.fromisoformat(text))
    except ValueError:
        return text


def period(value: Period) -> str:
    """Write a period by its last day: `1 April to 30 June 2026` (pricing.md 2.7)."""
    start, last, forms = value.start, value.last_day, _forms()
    end = forms.day(last)
    if start == last:
        return pgettext("a period of one day", "{day}").format(day=end)
    begin = forms.day(start)
    if start.year == last.year:
        begin = forms.nth(start) if start.month == last.month else forms.month(start)
    return _("{start} to {end}").format(start=begin, end=end)


def short_period(value: Period) -> str:
    """Write a period by its last day, as short as a table wants it: `1 Apr–30 Jun 2026` (pricing.md 2.7)."""
    return _forms().short_period(value.start, value.last_day)


def months(value: Months) -> str:
    """Write exact months: `3`, `10 + 14/31`, `11/30`."""
    whole, days, of = value
    if not of:
        return str(whole)
    return f"{whole} + {days}/{of}" if whole else f"{days}/{of}"


# --- numbers and money ---------------------------------------------------------------------------------------

_TAXED = N_("VAT {percentage}")
_VAT = {
    REVERSE_CHARGE: N_("VAT {percentage} (reverse charge)"),
    OUTSIDE: N_("VAT {percentage} (outside scope)"),
    EXEMPT: N_("VAT {percentage} (exempt)"),
}


def count(number: int) -> str:
    """Write a whole number: `1500`."""
    return _forms().number(str(number))


def kept_number(text: str) -> str:
    """Write a number that the history kept as text: `1500.00`."""
    return _forms().number(text)


def kept_money(text: str, currency: str) -> str:
    """Write an amount that the history kept as text with its currency: `650.00 EUR`."""
    return _forms().amount(text, currency)


def amount(minor: int, currency: str) -> str:
    """Write an amount in minor units where its currency stands elsewhere, in the head of a column: `650.00`."""
    return _forms().number(format_amount(minor, currency))


def money(minor: int, currency: str) -> str:
    """Write an amount in minor units with its currency: `650.00 EUR`."""
    return _forms().amount(format_amount(minor, currency), currency)


def rate(value: int) -> str:
    """Write a rate in ten-thousandths with two to four decimals, its currency elsewhere: `27.955`."""
    return _forms().number(format_rate(value))


def price(value: int, currency: str) -> str:
    """Write a rate in ten-thousandths with its currency: `27.955 EUR`."""
    return _forms().amount(format_rate(value), currency)


def fee_amount(value: Fee, currency: str) -> str:
    """Write what a fee is, its currency and what it is for elsewhere: `1500.00`."""
    return _forms().number(format_fee(value.amount, currency))


def fee(value: Fee, currency: str) -> str:
    """Write a fee: `1500.00 EUR a year`."""
    return per(_forms().amount(format_fee(value.amount, currency), currency), value.per)


_PER = {"year": N_("{amount} a year"), "month": N_("{amount} a month")}


def per(priced: str, unit: str) -> str:
    """Say of an amount, or of the currency above some, that it is for a `year` or for a `month`: `27.95 a year`."""
    return _(_PER[unit]).format(amount=priced)


def percentage(value: int) -> str:
    """Write a percentage in ten-thousandths, as short as it is exact: `5.5 %`."""
    return _forms().percentage(format_percentage(value))


def vat(draft: Draft) -> str:
    """Name the VAT of an invoice: `VAT 21 %`, `VAT 0 % (reverse charge)`."""
    return _(_VAT.get(draft.vat.category, _TAXED)).format(percentage=percentage(draft.vat.rate))


def net_sum() -> str:
    """Name the sum below the lines of an invoice, without VAT: `Net`."""
    return pgettext("a sum", "Net")


def total_sum(draft: Draft) -> str:
    """Name the sum of all of an invoice; where there is no VAT, French says nothing of it: `Total`."""
    return pgettext("with VAT", "Total") if draft.vat.category == STANDARD else pgettext("without VAT", "Total")


# --- users and licences --------------------------------------------------------------------------------------


def limits(low: int, high: int | None) -> str:
    """Write how many users a plan can have: `5 or more`."""
    if high is not None:
        return _("{low} to {high}").format(low=count(low), high=count(high))
    return _("{low} or more").format(low=count(low)) if low > 1 else pgettext("number of users", "any")


def kinds(states: Iterable[State], sold: Iterable[str]) -> list[str]:
    """Return every kind of licence that is sold or that some states have, in their order."""
    sold = tuple(sold)
    return list(dict.fromkeys(kind for state in states for kind in licences_of(state, sold)))


def licence(kind: str) -> str:
    """Head a column of licences: `Zoom`."""
    return kind.capitalize()


def licences(kind: str) -> str:
    """Name a kind of licences beside their number: `Zoom licences`."""
    return _("{licence} licences").format(licence=licence(kind))


def users(number: int) -> str:
    """Count users: `1 user`, `20 users`."""
    return ngettext("{number} user", "{number} users", number).format(number=count(number))


def counted_licences(kind: str, number: int) -> str:
    """Count licences: `1 Zoom licence`, `2 Zoom licences`."""
    text = ngettext("{number} {licence} licence", "{number} {licence} licences", number)
    return text.format(number=count(number), licence=licence(kind))


def seats(number: int, numbers: Mapping[str, int], active: int | None = None) -> str:
    """Count users and licences of each kind: `20 users (18 active) and 2 Zoom licences`."""
    first = users(number)
    if active is not None:
        text = ngettext("{number} user ({active} active)", "{number} users ({active} active)", number)
        first = text.format(number=count(number), active=count(active))
    return listed([first, *(counted_licences(kind, each) for kind, each in numbers.items())])


def listed(parts: Sequence[str]) -> str:
    """Name some things, at least one, as a sentence does: `a, b and c`."""
    *others, last = parts
    return _("{others} and {last}").format(others=", ".join(others), last=last) if others else last


# --- addresses -----------------------------------------------------------------------------------------------


def place(party: Seller | BuyerDetails | SpaceDetails) -> list[str]:
    """Return the lines of an address: street and city where they are given, else the address as it was written."""
    from subctl.view.countries import country  # most pages name none

    land = country(party.country)
    *street, town = (party.address or "").split("\n")
    if party.street or party.city:
        street, town = [party.street or ""], " ".join(filter(None, (party.postcode, party.city)))
    return [line for line in (*street, ", ".join(filter(None, (town, land)))) if line]
