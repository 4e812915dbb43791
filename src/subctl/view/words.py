"""Dates, periods, months, money and licences as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.contract import State, licences_of
from subctl.domain.dates import Months, Period
from subctl.domain.invoice import Draft, Fee
from subctl.domain.money import format_amount, format_fee
from subctl.domain.tax import EXEMPT, OUTSIDE, REVERSE_CHARGE, format_percentage
from subctl.domain.text import counted
from subctl.view.countries import country

if TYPE_CHECKING:
    from subctl.domain.catalog import Seller
    from subctl.results.contract_page import SpaceDetails
    from subctl.results.parties import BuyerDetails

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: date | None, missing: str = "–") -> str:
    """Write a date as `15 March 2026`."""
    return missing if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def period(value: Period) -> str:
    """Write a period by its last day: `1 April to 30 June 2026` (pricing.md 2.7)."""
    start, last = value.start, value.last_day
    end = day(last)
    if start == last:
        return end
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day} to {end}"
    if start.year == last.year:
        return f"{start.day} {_MONTHS[start.month - 1]} to {end}"
    return f"{day(start)} to {end}"


def short_period(value: Period) -> str:
    """Write a period by its last day, as short as a table wants it: `1 Apr–30 Jun 2026` (pricing.md 2.7)."""
    start, last = value.start, value.last_day
    end, month = f"{last.day} {_MONTHS[last.month - 1][:3]} {last.year}", _MONTHS[start.month - 1][:3]
    if start == last:
        return end
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day}–{end}"
    return f"{start.day} {month}–{end}" if start.year == last.year else f"{start.day} {month} {start.year}–{end}"


def months(value: Months) -> str:
    """Write exact months: `3`, `10 + 14/31`, `11/30`."""
    whole, days, of = value
    if not of:
        return str(whole)
    return f"{whole} + {days}/{of}" if whole else f"{days}/{of}"


def money(amount: int, currency: str) -> str:
    """Write an amount in minor units with its currency: `650.00 EUR`."""
    return f"{format_amount(amount, currency)} {currency}"


def fee(value: Fee, currency: str) -> str:
    """Write a fee: `1500.00 EUR a year`."""
    return f"{format_fee(value.amount, currency)} {currency} a {value.per}"


def limits(low: int, high: int | None) -> str:
    """Write how many users a plan can have: `5 or more`."""
    if high is None:
        return f"{low} or more" if low > 1 else "any"
    return f"{low} to {high}"


def vat(draft: Draft) -> str:
    """Name the VAT of an invoice: `VAT 21 %`, `VAT 0 % (reverse charge)`."""
    reason = {REVERSE_CHARGE: " (reverse charge)", OUTSIDE: " (outside scope)", EXEMPT: " (exempt)"}.get(
        draft.vat.category, ""
    )
    return f"VAT {format_percentage(draft.vat.rate)} %{reason}"


def kinds(states: Iterable[State], sold: Iterable[str]) -> list[str]:
    """Return every kind of licence that is sold or that some states have, in their order."""
    sold = tuple(sold)
    return list(dict.fromkeys(kind for state in states for kind in licences_of(state, sold)))


def licence(kind: str) -> str:
    """Head a column of licences: `Zoom`."""
    return kind.capitalize()


def licences(numbers: Mapping[str, int]) -> str:
    """Count the licences of a state: ` and 2 Zoom licences`; nothing where none are sold."""
    each = [counted(number, f"{licence(kind)} licence") for kind, number in numbers.items()]
    return "".join(f", {one}" for one in each[:-1]) + "".join(f" and {one}" for one in each[-1:])


def place(party: Seller | BuyerDetails | SpaceDetails) -> list[str]:
    """Return the lines of an address: street and city where they are given, else the address as it was written."""
    land = country(party.country)
    *street, town = (party.address or "").split("\n")
    if party.street or party.city:
        street, town = [party.street or ""], " ".join(filter(None, (party.postcode, party.city)))
    return [line for line in (*street, ", ".join(filter(None, (town, land)))) if line]
