"""Payments that are entered below the commands, so that a test of what is open needs no other to be right."""

from __future__ import annotations

from datetime import date

from subctl.domain.numbers import PAYMENT, number
from subctl.domain.payment import BANK, RECEIPT, Part, Payment
from subctl.service.session import writing
from subctl.store import payments
from tests.support.callers import caller
from tests.support.cli import Cli

YEAR = 20_260_000_000_000
"""The first ids of 2026 follow this one."""


def invoice(place: int) -> int:
    """Return the id of INV-2026-`place`."""
    return YEAR + place


def money(
    space: str, day: str, amount: int, *parts: tuple[int, int], kind: str = RECEIPT, of: int | None = None
) -> Payment:
    """Return money of a day; parts name invoices of 2026 by their places, `of` a payment of that year likewise."""
    named = tuple(Part(invoice(place), part) for place, part in parts)
    taken = None if of is None else YEAR + of
    on = date.fromisoformat(day)
    return Payment(0, space, on, amount, kind, taken, on, BANK, None, None, named)


def enter(cli: Cli, *all_: Payment, day: str | None = None) -> None:
    """Enter payments in a store on its day, or on a later one, to which its clock goes; all else stays as it is."""
    for each in all_:
        with writing(caller(cli, "bill", day)) as session:
            session.check_clock()
            (entered,) = payments.insert(session.connection, [each._replace(entered=session.day)])
            session.record(each.space, payment=number(PAYMENT, entered.id))
