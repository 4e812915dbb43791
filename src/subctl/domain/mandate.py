"""Mandates of direct debits: what their ids look like, and how long they last (payments.md 9.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from subctl.domain.cards import holds_card
from subctl.domain.dates import add_months
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.sentence import N_
from subctl.domain.text import safe

CORE, B2B = SCHEMES = ("CORE", "B2B")
"""The schemes of SEPA direct debits: for anybody, and between companies."""

ACTIVE, LAPSED, ENDED = STATUSES = ("active", "lapsed", "ended")
"""What became of a mandate: it serves, nobody used it for too long, or it was ended."""

_ID = r"[A-Za-z0-9+?/:().,'-]{1,35}"
_UNUSED_MONTHS = 36


def parse_mandate(text: str) -> str:
    """Return a mandate's id: at most 35 signs that banks exchange, no blank, no slash at an end (`bad_input`)."""
    if holds_card(text):
        raise bad_input(N_("A mandate's id must not hold a card number."))
    if not re.fullmatch(_ID, text) or text.startswith("/") or text.endswith("/") or "//" in text:
        raise bad_input(
            N_("A mandate's id can't be '{text}'."),
            N_("It has at most 35 letters, digits and + ? - : ( ) . , ' and single slashes inside, like M-2026-1."),
            text=safe(text),
        )
    return text


def lapsed(used: date, day: date) -> bool:
    """Tell whether a mandate that was used last on `used` serves no more on `day`: 36 months later it ends."""
    return add_months(used, _UNUSED_MONTHS) <= day


def last_use(added: date, days: Iterable[date]) -> date:
    """Return when a mandate was used last: `days` are those of the invoices that name it, oldest first.

    One that comes after it lapsed uses it no more, and brings it back as little.
    """
    used = added
    for day in days:
        if lapsed(used, day):
            break
        used = day
    return used


def refuse_future(signed: date, day: date) -> None:
    """Refuse a mandate that nobody has signed yet (`bad_input`)."""
    if signed > day:
        raise bad_input(
            N_("--signed can't be {signed}: that is after {day}."),
            N_("Give the day of the signature."),
            signed=signed.isoformat(),
            day=day,
        )


def refuse_currency(currency: str, code: str = "payment_method") -> None:
    """Refuse what SEPA is for where invoices are in another currency than its own: a mandate, or by another `code`."""
    if currency != "EUR":
        raise SubctlError(
            code,
            N_("Direct debits are in EUR, and invoices here in {currency}."),
            N_("They are paid by transfer or by card."),
            currency=currency,
        )


def no_account(space: str) -> SubctlError:
    """Return the refusal of a mandate for no account (`bad_input`)."""
    return bad_input(N_("{space} has no account to debit."), N_("Name it: --iban."), space=space)
