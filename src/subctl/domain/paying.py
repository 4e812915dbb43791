"""What somebody wants to pay, made into an amount and parts, and what is refused in it (payments.md 10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.money import Amount, format_amount, parse_amount
from subctl.domain.numbers import INVOICE, number
from subctl.domain.payment import Part
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.domain.settlement import INVOICE as INVOICE_ITEM
from subctl.domain.settlement import Account, Claim
from subctl.domain.text import safe


class Named(Record):
    """An invoice that is paid, by its id, and how much of the money is for it; None: as much as is open."""

    invoice: int
    amount: int | None


Allotted = tuple[int, tuple[Part, ...]]
"""The amount of a payment in minor units, and what of it is for which invoice."""


def parse_paid(text: str, currency: str, option: str) -> int:
    """Read an amount of money that came or went (`bad_input` for 0 and less)."""
    amount = parse_amount(text, currency, option)
    if amount <= 0:
        raise bad_input(
            N_("{option} can't be {amount}."),
            N_("Give an amount above 0; what goes back is a --refund."),
            option=option,
            amount=safe(text),
        )
    return amount


def refuse_later(day: date, today: date) -> None:
    """Refuse money of a day to come (`bad_input`)."""
    if day > today:
        raise bad_input(
            N_("--date can't be {date}: that is after {day}."),
            N_("Enter a payment when the money is there."),
            date=day.isoformat(),
            day=today,
        )


def refuse_twice(named: Iterable[Named]) -> None:
    """Refuse to name an invoice twice (`bad_input`)."""
    seen: set[int] = set()
    for each in named:
        if each.invoice in seen:
            raise bad_input(N_("{invoice} is named twice."), N_("Name it once."), invoice=number(INVOICE, each.invoice))
        seen.add(each.invoice)


def allotted(named: Sequence[Named], amount: int | None, open_: Mapping[int, int], currency: str) -> Allotted:
    """Return what is paid with which parts: first what says how much, then in the order named, up to what is open.

    Without an amount all that is open of them is paid; what is over names nothing. Errors: `bad_input` where more is
    named than there is.
    """
    said = sum(each.amount or 0 for each in named)
    if amount is not None and said > amount:
        raise bad_input(
            N_("The parts come to {parts}, which is more than {option} {amount}."),
            N_("Name less, or leave {option} out."),
            parts=Amount(said, currency),
            option="--amount",
            amount=format_amount(amount, currency),
        )
    left, parts = None if amount is None else amount - said, []
    for invoice, wanted in named:
        part = wanted
        if part is None:
            part = open_.get(invoice, 0) if left is None else min(open_.get(invoice, 0), left)
            left = None if left is None else left - part
        parts.append(Part(invoice, part))
    total = sum(part.amount for part in parts) if amount is None else amount
    return total, tuple(part for part in parts if part.amount)


def open_of(account: Account) -> dict[int, int]:
    """Return what is open of each invoice, by its id."""
    return {item.id: item.open for item in account.items if item.form == INVOICE_ITEM}


def standing(invoice: int, claims: Iterable[Claim], then: Iterable[Claim]) -> int:
    """Return which invoice stood for one that was corrected, or that corrects another (payments.md 9.5).

    `claims` are all that there are, `then` those that there were.
    """
    there = {claim.id for claim in then}
    corrections = [(claim.replaces, claim.id) for claim in claims if claim.replaces is not None]
    later = {corrected: replaced for replaced, corrected in corrections if corrected not in there}
    instead = {replaced: corrected for replaced, corrected in corrections if corrected in there}
    for step in (later, instead):
        while invoice in step:
            invoice = step[invoice]
    return invoice


def refuse_refund(amount: int, credit: int, currency: str, space: str) -> None:
    """Refuse to give back what isn't there (`nothing_to_refund`)."""
    if credit and amount <= credit:
        return
    raise SubctlError(
        "nothing_to_refund",
        N_("{space} has a credit of {credit}: {amount} can't be refunded.")
        if credit
        else N_("{space} has no credit that could be refunded."),
        N_("{command} shows what there is."),
        space=space,
        credit=Amount(credit, currency),
        amount=Amount(amount, currency),
        command=f"subctl owed --space {space}",
    )
