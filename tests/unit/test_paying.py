"""What somebody wants to pay, made into an amount and parts (payments.md 10)."""

from __future__ import annotations

from datetime import date

import pytest

from subctl.domain.paying import (
    Named,
    allotted,
    parse_paid,
    refuse_later,
    refuse_refund,
    refuse_twice,
    standing,
)
from subctl.domain.payment import BANK, RECEIPT, RETURN, UNDO, Part, Payment, taken_back
from subctl.domain.settlement import Claim
from tests.support.build import refused
from tests.support.money import invoice

ONE, TWO = invoice(1), invoice(2)
OPEN = {ONE: 6000, TWO: 4000}

ALLOTTED = {
    "all that is open": ([Named(ONE, None), Named(TWO, None)], None, (10_000, (Part(ONE, 6000), Part(TWO, 4000)))),
    "in the order named": ([Named(TWO, None), Named(ONE, None)], 8000, (8000, (Part(TWO, 4000), Part(ONE, 4000)))),
    "first what is said": ([Named(ONE, None), Named(TWO, 3000)], 8000, (8000, (Part(ONE, 5000), Part(TWO, 3000)))),
    "what is over names nothing": ([Named(ONE, None)], 8000, (8000, (Part(ONE, 6000),))),
    "more than is open, said": ([Named(ONE, 7000)], None, (7000, (Part(ONE, 7000),))),
    "what is said, and the rest": (
        [Named(ONE, 1000), Named(TWO, None)],
        None,
        (5000, (Part(ONE, 1000), Part(TWO, 4000))),
    ),
    "nothing left for the second": ([Named(ONE, None), Named(TWO, None)], 6000, (6000, (Part(ONE, 6000),))),
    "none of a space": ([], 8000, (8000, ())),
    "money for what isn't open": ([Named(invoice(3), None)], 5000, (5000, ())),
    "nothing that is open": ([Named(invoice(3), None)], None, (0, ())),
    "all of it said": ([Named(ONE, 5000), Named(TWO, 3000)], 8000, (8000, (Part(ONE, 5000), Part(TWO, 3000)))),
}


@pytest.mark.parametrize("name", ALLOTTED)
def test_money_is_allotted(name: str) -> None:
    """payments.md 10: what is said first, then in the order named, each up to what is open."""
    named, amount, found = ALLOTTED[name]
    assert allotted(named, amount, OPEN, "EUR") == found


def test_parts_that_do_not_add_up() -> None:
    """payments.md 10: what is said of the parts is at most the amount."""
    assert refused(allotted, [Named(ONE, 5000), Named(TWO, 3001)], 8000, OPEN, "EUR") == (
        "bad_input",
        "The parts come to 80.01 EUR, which is more than --amount 80.00.",
        "Name less, or leave --amount out.",
    )


MARCH, APRIL = (
    Claim(place, day, day, 100, None, replaces)
    for day, place, replaces in ((date(2026, 3, 15), 3, 1), (date(2026, 4, 15), 5, 3))
)


@pytest.mark.parametrize(
    ("day", "stands"), [("2026-03-14", 1), ("2026-03-15", 3), ("2026-04-14", 3), ("2026-04-15", 5)]
)
def test_a_corrected_invoice_stands_for_the_one_in_its_place(day: str, stands: int) -> None:
    """payments.md 9.5: on each day one of them stands, whichever is named."""
    claims = [Claim(1, date(2026, 3, 1), None, 100, None, None), MARCH, APRIL]
    then = [claim for claim in claims if claim.day <= date.fromisoformat(day)]
    for named in (1, 3, 5):
        assert standing(named, claims, then) == stands
    assert standing(2, claims, then) == 2


def test_an_invoice_is_named_once() -> None:
    """payments.md 10: two amounts for one say nothing."""
    refuse_twice([Named(ONE, None), Named(TWO, None)])
    assert refused(refuse_twice, [Named(ONE, None), Named(TWO, 1), Named(ONE, 1)]) == (
        "bad_input",
        "INV-2026-0001 is named twice.",
        "Name it once.",
    )


@pytest.mark.parametrize(("text", "said"), [("0", "0"), ("0.00", "0.00"), ("-12.50", "-12.50")])
def test_no_money_is_none(text: str, said: str) -> None:
    """payments.md 10: money came, or went back by --refund."""
    assert refused(parse_paid, text, "EUR", "--amount") == (
        "bad_input",
        f"--amount can't be {said}.",
        "Give an amount above 0; what goes back is a --refund.",
    )
    assert parse_paid("12.5", "EUR", "--amount") == 1250
    assert parse_paid("12", "JPY", "--amount") == 12
    assert parse_paid("0.01", "EUR", "--amount") == 1


def test_money_of_a_day_to_come() -> None:
    """payments.md 9.1: the money's day is not after the day it is entered."""
    for day in (14, 15):
        refuse_later(date(2026, 3, day), date(2026, 3, 15))
    assert refused(refuse_later, date(2026, 3, 16), date(2026, 3, 15)) == (
        "bad_input",
        "--date can't be 2026-03-16: that is after 2026-03-15.",
        "Enter a payment when the money is there.",
    )


def test_what_is_not_there_is_not_refunded() -> None:
    """payments.md 9.3: at most the credit."""
    for amount in (1, 4999, 5000):
        refuse_refund(amount, 5000, "EUR", "acme")
    assert refused(refuse_refund, 5001, 5000, "EUR", "acme") == (
        "nothing_to_refund",
        "acme has a credit of 50.00 EUR: 50.01 EUR can't be refunded.",
        "subctl owed --space acme shows what there is.",
    )
    for amount in (0, 1):
        assert refused(refuse_refund, amount, 0, "EUR", "acme")[1] == "acme has no credit that could be refunded."


def test_what_takes_a_payment_back_is_its_opposite() -> None:
    """payments.md 9.2: parts included, on a day of its own."""
    day, later = date(2026, 3, 1), date(2026, 3, 15)
    paid = Payment(7, "acme", day, 100, RECEIPT, None, day, BANK, "PO", "X/1", (Part(ONE, 60), Part(TWO, 40)))
    parts = (Part(ONE, -60), Part(TWO, -40))
    undone = Payment(0, "acme", later, -100, UNDO, 7, later, BANK, None, None, parts)
    assert taken_back(paid, UNDO, later, later) == undone
    returned = undone._replace(day=day, kind=RETURN, source="X/2")
    assert taken_back(paid, RETURN, day, later, "X/2") == returned
