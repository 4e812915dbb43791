"""What an invoice says in words, made from its facts."""

from __future__ import annotations

from subctl.domain.catalog import USERS
from subctl.domain.invoice import Counted, Line
from subctl.domain.tax import OUTSIDE, REVERSE_CHARGE, Vat


def line_words(line: Line) -> str:
    """Return what a line charges: `Pro, 20 users`, `Zoom licence, 3 more`, `Pro for 2 users instead of …`."""
    if line.words is not None:
        return line.words
    before, after = line.before, line.after
    if before is None:
        return f"{after.title}, {_count(after.number)}" if line.item == USERS else after.title
    added = after.number - before.number
    if (before.name, before.rate) == (after.name, after.rate):
        direction = "more" if added > 0 else "fewer"
        number = _count(abs(added)) if line.item == USERS else str(abs(added))
        return f"{after.title}, {number} {direction}"
    if line.item == USERS:
        return f"{_users_of(after)} instead of {_users_of(before)}"
    return f"{after.title}, {after.number} instead of {before.number}"


def _users_of(plan: Counted) -> str:
    return f"{plan.title} for {_count(plan.number)}"


def _count(users: int) -> str:
    return "1 user" if users == 1 else f"{users} users"


def vat_words(vat: Vat) -> str | None:
    """Return the sentence that an invoice without VAT needs; none where there is VAT."""
    if vat.words is not None:
        return vat.words
    if vat.category == REVERSE_CHARGE:
        return f"Reverse charge: the customer accounts for the VAT. VAT number {vat.vat_id} was not checked with VIES."
    return f"Outside the scope of VAT in {vat.country}." if vat.category == OUTSIDE else None
