"""Whose a booking is, and how sure: payments.md 11, case by case."""

from __future__ import annotations

import pytest

from subctl.domain.booking import Booking
from subctl.domain.matching import (
    AMOUNT,
    BY_HAND,
    NO_PAYMENT,
    OTHER_PAYER,
    OUTGOING,
    PROPOSED,
    REVERSAL,
    SEVERAL,
    SURE,
    UNKNOWN,
    Found,
    Match,
    Owned,
    Standing,
    match,
    standing,
)
from subctl.domain.mention import ACCOUNT, NUMBER, RF
from subctl.domain.payment import RECEIPT, REFUND, Part, Payment
from subctl.domain.settlement import Claim, settled
from tests.support.build import day

BOOKING = Booking("NL91ABNA0417164300", day("2026-03-14"), 100)
PAYMENT = Payment(1, "acme", day("2026-02-01"), 50, RECEIPT, None, day("2026-02-01"), "bank", None, "x", (Part(9, 50),))
ACME = Standing(((1, 100), (2, 60)), (PAYMENT,))
OTHER = Standing(((5, 100), (6, 100)), ())
STANDINGS = {"acme": ACME, "atelier": OTHER}


def found(*owned: tuple[int, str], payers: str = "", **standings: Standing) -> Found:
    """Return what is known of a booking that names invoices."""
    named = [Owned(NUMBER, invoice, invoice, space) for invoice, space in owned]
    return Found(named, frozenset(payers.split()), {**STANDINGS, **standings})


def sure(*parts: tuple[int, int], way: str = NUMBER, space: str = "acme") -> Match:
    """Return a match that is sure."""
    return Match(SURE, None, way, space, tuple(Part(*part) for part in parts))


def proposed(reason: str, *parts: tuple[int, int], way: str = NUMBER, space: str = "acme") -> Match:
    """Return a match that isn't."""
    return sure(*parts, way=way, space=space)._replace(certainty=PROPOSED, reason=reason)


def booked(amount: int, known: Found, *, returned: bool = False) -> Match:
    """Return whose a booking is."""
    return match(BOOKING._replace(amount=amount, returned=returned), known)


def test_an_invoice_that_is_named_by_its_old_and_its_new_number_counts_once():
    """payments.md 9.5: a part that names a corrected invoice settles the one in its place."""
    both = [Owned(NUMBER, 9, 1, "acme"), Owned(NUMBER, 1, 1, "acme")]
    assert booked(100, Found(both, frozenset(), STANDINGS)) == sure((1, 100))
    assert booked(130, Found(both, frozenset(("acme",)), STANDINGS)) == sure((1, 100))


FIRST, SECOND, FOREIGN = (1, "acme"), (2, "acme"), (5, "atelier")


@pytest.mark.parametrize(
    ("amount", "known", "matched"),
    [
        (100, found(FIRST, payers="acme"), sure((1, 100))),
        (100, found(FIRST), sure((1, 100))),
        (100, found(FIRST, payers="atelier"), proposed(OTHER_PAYER, (1, 100))),
        (100, found(FIRST, payers="acme atelier"), sure((1, 100))),
        (40, found(FIRST, payers="acme"), sure((1, 40))),
        (130, found(FIRST, payers="acme"), sure((1, 100))),
        (40, found(FIRST), proposed(AMOUNT, (1, 40))),
        (101, found(FIRST), proposed(AMOUNT, (1, 100))),
        (160, found(FIRST, SECOND), sure((1, 100), (2, 60))),
        (160, found(SECOND, FIRST), sure((2, 60), (1, 100))),
        (120, found(SECOND, FIRST, payers="acme"), sure((2, 60), (1, 60))),
        (70, found((3, "acme"), payers="acme"), sure()),
        (70, found((3, "acme")), proposed(AMOUNT)),
        (1, found((3, "acme")), proposed(AMOUNT)),
        (99, found(FIRST, (3, "acme")), proposed(AMOUNT, (1, 99))),
        (101, found(FIRST, (3, "acme")), proposed(AMOUNT, (1, 100))),
        (100, found(FIRST, FOREIGN, payers="acme"), proposed(SEVERAL, (1, 100))),
        (100, found(payers="acme"), sure((1, 100), way=ACCOUNT)),
        (160, found(payers="acme"), sure((1, 100), (2, 60), way=ACCOUNT)),
        (61, found(payers="acme"), Match(PROPOSED, AMOUNT, ACCOUNT, "acme")),
        (100, found(payers="atelier"), proposed(SEVERAL, (5, 100), way=ACCOUNT, space="atelier")),
        (60, found(payers="acme atelier"), proposed(SEVERAL, (2, 60), way=ACCOUNT)),
        (61, found(payers="acme atelier"), Match(UNKNOWN)),
        (100, found(), Match(UNKNOWN)),
        (-100, found(FIRST, payers="acme"), Match(OUTGOING)),
        (-1, found(FIRST, payers="acme"), Match(OUTGOING)),
    ],
)
def test_what_comes(amount: int, known: Found, matched: Match) -> None:
    """payments.md 11: sure only from the space's account, or from an unknown one with the exact amount."""
    assert booked(amount, known) == matched


def test_it_is_known_by_the_surest_way() -> None:
    """payments.md 11: the first one that is named."""
    known = Found([Owned(RF, 1, 1, "acme"), Owned(NUMBER, 2, 2, "acme")], frozenset(), STANDINGS)
    assert booked(160, known) == sure((1, 100), (2, 60), way=RF)


@pytest.mark.parametrize(
    ("change", "by_hand"),
    [
        ({}, True),
        ({"day": day("2026-03-09")}, True),
        ({"day": day("2026-03-08")}, False),
        ({"amount": 99}, False),
        ({"source": "x"}, False),
        ({"kind": REFUND}, False),
    ],
)
def test_what_was_entered_by_hand(change: dict[str, object], *, by_hand: bool) -> None:
    """payments.md 11: the same space and amount within 5 days is proposed, never booked."""
    payment = PAYMENT._replace(amount=100, day=BOOKING.day, source=None)._replace(**change)  # type: ignore[arg-type]
    there = ACME._replace(payments=(PAYMENT, payment))
    for known, way in ((found(FIRST, acme=there), NUMBER), (found(payers="acme", acme=there), ACCOUNT)):
        expected = proposed(BY_HAND, (1, 100), way=way) if by_hand else sure((1, 100), way=way)
        assert booked(100, known) == expected


SECOND_PAYMENT = PAYMENT._replace(id=2)


@pytest.mark.parametrize(
    ("amount", "known", "matched"),
    [
        (-50, found((9, "acme")), Match(SURE, None, NUMBER, "acme", (), PAYMENT)),
        (-50, found((9, "acme"), payers="acme"), Match(SURE, None, NUMBER, "acme", (), PAYMENT)),
        (-50, found((9, "acme"), payers="atelier"), Match(PROPOSED, OTHER_PAYER, NUMBER, "acme", (), PAYMENT)),
        (-50, found(payers="acme"), Match(SURE, None, ACCOUNT, "acme", (), PAYMENT)),
        (-50, found(payers="acme atelier"), Match(PROPOSED, SEVERAL)),
        (-50, found(), Match(UNKNOWN)),
        (-51, found((9, "acme")), Match(PROPOSED, NO_PAYMENT, NUMBER, "acme")),
        (-50, found((8, "acme")), Match(PROPOSED, NO_PAYMENT, NUMBER, "acme")),
        (
            -50,
            found((9, "acme"), acme=Standing((), (PAYMENT, SECOND_PAYMENT))),
            Match(PROPOSED, SEVERAL, NUMBER, "acme", (), SECOND_PAYMENT),
        ),
        (
            -50,
            found((9, "acme"), acme=Standing((), (PAYMENT._replace(day=day("2026-03-15")),))),
            Match(PROPOSED, NO_PAYMENT, NUMBER, "acme"),
        ),
        (
            -50,
            found((9, "acme"), acme=Standing((), (PAYMENT._replace(kind=REFUND),))),
            Match(PROPOSED, NO_PAYMENT, NUMBER, "acme"),
        ),
    ],
)
def test_what_the_bank_took_back(amount: int, known: Found, matched: Match) -> None:
    """payments.md 11: the one payment of exactly that amount."""
    assert booked(amount, known, returned=True) == matched


def test_a_return_is_of_money_that_came_by_its_day_at_the_latest() -> None:
    """payments.md 11: the same day will do; it is known by the surest way in which an invoice is named."""
    payment = PAYMENT._replace(day=BOOKING.day)
    owned = [Owned(RF, 9, 9, "acme"), Owned(NUMBER, 1, 1, "acme")]
    known = Found(owned, frozenset(), {"acme": Standing((), (payment,))})
    assert booked(-50, known, returned=True) == Match(SURE, None, RF, "acme", (), payment)


def test_a_corrected_invoice_is_paid_as_the_one_in_its_place() -> None:
    """payments.md 9.5: what was paid of the first one before is taken back as that."""
    known = Found([Owned(NUMBER, 9, 1, "acme")], frozenset(), STANDINGS)
    assert booked(100, known) == sure((1, 100))
    assert booked(-50, known, returned=True) == Match(SURE, None, NUMBER, "acme", (), PAYMENT)


def test_what_came_back_to_us_is_only_proposed() -> None:
    """payments.md 11: a refund that didn't arrive isn't a payment."""
    assert booked(100, found(FIRST), returned=True) == proposed(REVERSAL, (1, 100))
    assert booked(100, found(), returned=True) == Match(UNKNOWN)


def test_how_a_space_stands() -> None:
    """payments.md 9.2: what is open of invoices, oldest first; a refund that nothing covers is no invoice."""
    claims = [
        Claim(1, day("2026-01-01"), day("2026-02-28"), 100, None, None),
        Claim(2, day("2026-01-02"), day("2026-01-31"), 60, None, None),
    ]
    gone = PAYMENT._replace(id=3, amount=-10, kind=REFUND, parts=())
    assert standing(settled(claims, [gone], BOOKING.day), [gone]) == Standing(((2, 60), (1, 100)), (gone,))
