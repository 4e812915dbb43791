"""Dates, periods, months and money as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(text: str | None, missing: str = "–") -> str:
    """Write `2026-03-15` as `15 March 2026`."""
    if text is None:
        return missing
    value = date.fromisoformat(text)
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def period(document: dict[str, str]) -> str:
    """Write a period by its last day: `1 April to 30 June 2026` (pricing.md 2.7)."""
    start, last = date.fromisoformat(document["start"]), date.fromisoformat(document["end"]) - timedelta(days=1)
    end = f"{last.day} {_MONTHS[last.month - 1]} {last.year}"
    if start == last:
        return end
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day} to {end}"
    if start.year == last.year:
        return f"{start.day} {_MONTHS[start.month - 1]} to {end}"
    return f"{start.day} {_MONTHS[start.month - 1]} {start.year} to {end}"


def short_period(document: dict[str, str]) -> str:
    """Write a period by its last day, as short as a table wants it: `1 Apr–30 Jun 2026` (pricing.md 2.7)."""
    start, last = date.fromisoformat(document["start"]), date.fromisoformat(document["end"]) - timedelta(days=1)
    end, month = f"{last.day} {_MONTHS[last.month - 1][:3]} {last.year}", _MONTHS[start.month - 1][:3]
    if start == last:
        return end
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day}–{end}"
    return f"{start.day} {month}–{end}" if start.year == last.year else f"{start.day} {month} {start.year}–{end}"


def months(document: dict[str, int]) -> str:
    """Write exact months: `3`, `10 + 14/31`, `11/30`."""
    whole, days, of = document["whole"], document["days"], document["of"]
    if not of:
        return str(whole)
    return f"{whole} + {days}/{of}" if whole else f"{days}/{of}"


def money(amount: str, currency: str) -> str:
    """Write an amount with its currency: `650.00 EUR`."""
    return f"{amount} {currency}"


def fee(document: dict[str, Any], currency: str) -> str:
    """Write the fee of a state: `1500.00 EUR a year`."""
    return f"{document['fee']} {currency} a {document['fee_per']}"


def limits(low: int, high: int | None) -> str:
    """Write how many users a plan can have: `5 or more`."""
    if high is None:
        return f"{low} or more" if low > 1 else "any"
    return f"{low} to {high}"


def is_zero(amount: str) -> bool:
    """Tell whether an amount is nothing."""
    return not amount.strip("-0.")


def vat(document: dict[str, Any]) -> str:
    """Name the VAT of an invoice: `VAT 21 %`, `VAT 0 % (reverse charge)`."""
    reason = {"AE": " (reverse charge)", "O": " (outside scope)"}.get(document["vat_category"], "")
    return f"VAT {document['vat_rate']} %{reason}"


def kinds(documents: Iterable[dict[str, Any]]) -> list[str]:
    """Return every kind of licence that some states have, in their order."""
    return list(dict.fromkeys(kind for document in documents for kind in document["licences"]))


def licence(kind: str) -> str:
    """Head a column of licences: `Zoom`."""
    return kind.capitalize()


def licences(document: dict[str, Any]) -> str:
    """Count the licences of a state: ` and 2 Zoom licences`; nothing where none are sold."""
    counted = [
        f"{number} {licence(kind)} {'licence' if number == 1 else 'licences'}"
        for kind, number in document["licences"].items()
    ]
    return "".join(f", {each}" for each in counted[:-1]) + "".join(f" and {each}" for each in counted[-1:])
