"""Whose a booking is, and how sure that is: only what is sure is entered by itself (payments.md 11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from subctl.domain.booking import Booking, same_money
from subctl.domain.mention import ACCOUNT
from subctl.domain.payment import RECEIPT, Part, Payment
from subctl.domain.record import Record
from subctl.domain.settlement import INVOICE, Account

SURE, PROPOSED, UNKNOWN, OUTGOING = CERTAINTIES = ("sure", "proposed", "unknown", "outgoing")
"""How sure it is whose a booking is; outgoing money that is no return isn't counted."""

OTHER_PAYER, AMOUNT, SEVERAL, BY_HAND, NO_PAYMENT, REVERSAL = REASONS = (
    "other_payer",
    "amount",
    "several",
    "by_hand",
    "no_payment",
    "reversal",
)
"""Why it isn't sure: somebody else's account; another amount than is open; it could be for several; the same was
entered by hand; no payment is there that it could take back; money that came back to us."""


class Owned(Record):
    """An invoice that a booking has `named`, and its space; `invoice` is the one in the place of a corrected one."""

    way: str
    named: int
    invoice: int
    space: str


class Standing(Record):
    """What of a space a booking can be for: what is open of invoices, oldest first, and the payments in force."""

    open: tuple[tuple[int, int], ...]
    payments: tuple[Payment, ...]


class Found(Record):
    """What is known of a booking: the invoices it names, the spaces that pay from its account, and how these stand."""

    owned: Sequence[Owned]
    payers: frozenset[str]
    standings: Mapping[str, Standing]


class Match(Record):
    """Whose a booking is, what of it is for which invoice, and the payment that it takes back."""

    certainty: str
    reason: str | None = None
    way: str | None = None
    space: str | None = None
    parts: tuple[Part, ...] = ()
    of: Payment | None = None


def standing(account: Account, in_force: Iterable[Payment]) -> Standing:
    """Return what of a space a booking can be for."""
    opened = tuple((item.id, item.open) for item in account.open_items if item.form == INVOICE)
    return Standing(opened, tuple(in_force))


def match(booking: Booking, found: Found) -> Match:
    """Return whose a booking is.

    Sure is what names an invoice and comes from its space's account, or from one that nobody is known to have, with
    the exact amount; and what comes from a space's account with an amount that is open once.
    """
    if booking.amount < 0:
        return _returned(booking, found) if booking.returned else Match(OUTGOING)
    matched = _named(booking, found) if found.owned else _by_account(booking, found)
    if booking.returned and matched.certainty != UNKNOWN:
        return matched._replace(certainty=PROPOSED, reason=REVERSAL)
    return matched


def _named(booking: Booking, found: Found) -> Match:
    """Return whose a booking is that names invoices."""
    way, _, _, space = found.owned[0]
    invoices = list(dict.fromkeys(each.invoice for each in found.owned if each.space == space))
    there = found.standings[space]
    opened = dict(there.open)
    matched = Match(SURE, None, way, space, _parts(booking.amount, invoices, opened))
    exact = booking.amount == sum(opened.get(invoice, 0) for invoice in invoices)
    return _doubted(matched, _doubt(found, space, exact=exact) or _entered(booking, there))


def _doubt(found: Found, space: str, *, exact: bool) -> str | None:
    """Return what makes it only probable that a booking is a space's which it names, or nothing."""
    if len({each.space for each in found.owned}) > 1:
        return SEVERAL
    if space in found.payers:
        return None
    if found.payers:
        return OTHER_PAYER
    return None if exact else AMOUNT


def _by_account(booking: Booking, found: Found) -> Match:
    """Return whose a booking is that names no invoice: of who pays from its account, if that amount is open."""
    readings = [
        (space, invoices) for space in sorted(found.payers) for invoices in _exact(booking, found.standings[space])
    ]
    if not readings:
        if len(found.payers) == 1:
            return Match(PROPOSED, AMOUNT, ACCOUNT, min(found.payers))
        return Match(UNKNOWN)
    space, invoices = readings[0]
    there = found.standings[space]
    matched = Match(SURE, None, ACCOUNT, space, _parts(booking.amount, invoices, dict(there.open)))
    unclear = SEVERAL if len(readings) > 1 or len(found.payers) > 1 else None
    return _doubted(matched, unclear or _entered(booking, there))


def _exact(booking: Booking, there: Standing) -> list[list[int]]:
    """Return what of a space's is open with exactly a booking's amount: single invoices, else all together."""
    single = [[invoice] for invoice, open_ in there.open if open_ == booking.amount]
    everything = sum(open_ for _, open_ in there.open)
    return single or ([[invoice for invoice, _ in there.open]] if everything == booking.amount else [])


def _returned(booking: Booking, found: Found) -> Match:
    """Return which payment the bank took back."""
    spaces = {each.space for each in found.owned} or set(found.payers)
    if not spaces:
        return Match(UNKNOWN)
    if len(spaces) > 1:
        return Match(PROPOSED, SEVERAL)
    (space,) = spaces
    named = {invoice for each in found.owned for invoice in (each.named, each.invoice)}
    way = found.owned[0].way if found.owned else ACCOUNT
    taken = [each for each in found.standings[space].payments if _could_take_back(booking, each, named)]
    if not taken:
        return Match(PROPOSED, NO_PAYMENT, way, space)
    matched = Match(SURE, None, way, space, (), taken[-1])
    if len(taken) > 1:
        return _doubted(matched, SEVERAL)
    return _doubted(matched, OTHER_PAYER if found.payers and space not in found.payers else None)


def _could_take_back(booking: Booking, payment: Payment, named: set[int]) -> bool:
    """Tell whether a payment is of exactly what the bank took back, and of one of the invoices that are named."""
    same = payment.kind == RECEIPT and payment.amount == -booking.amount and payment.day <= booking.day
    return same and (not named or any(part.invoice in named for part in payment.parts))


def _parts(amount: int, invoices: Iterable[int], opened: Mapping[int, int]) -> tuple[Part, ...]:
    """Return what of an amount is for each invoice, in their order, up to what is open; what is over names nothing."""
    parts = []
    for invoice in invoices:
        part = min(amount, opened.get(invoice, 0))
        amount -= part
        if part:
            parts.append(Part(invoice, part))
    return tuple(parts)


def _entered(booking: Booking, there: Standing) -> str | None:
    """Tell whether somebody has entered the same money by hand."""
    for payment in there.payments:
        same = same_money(booking.day, booking.amount, payment.day, payment.amount)
        if same and payment.kind == RECEIPT and payment.source is None:
            return BY_HAND
    return None


def _doubted(matched: Match, reason: str | None) -> Match:
    return matched._replace(certainty=PROPOSED, reason=reason) if reason else matched
