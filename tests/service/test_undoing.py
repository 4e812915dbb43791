"""Money that goes back, payments that are taken back, and bookings of statements (payments.md 10)."""

from __future__ import annotations

import pytest

from subctl.domain.payment import RETURN
from tests.support.money import enter, money
from tests.support.paying import LIVED, ONE, PAYMENT, TWO, numbers, owed, paid


@pytest.fixture
def lived(cli):
    """The demo on 1 June, with open invoices."""
    return cli.prepare(*LIVED)


# --- money that goes back ------------------------------------------------------------------------------------------


@pytest.fixture
def credited(lived):
    """The same; acme paid 100.00 too much on 20 May, and 40.00 more on 28 May."""
    enter(lived, money("acme", "2026-05-20", 40_250), money("acme", "2026-05-28", 4_000))
    return lived


def test_credit_is_refunded(credited):
    """payments.md 9.3: all of it, or an amount; the same again changes nothing."""
    assert owed(credited, "acme") == ({}, "140.00")
    part = paid(credited, "--refund", "--amount", "30")
    assert (part["number"], part["kind"], part["amount"], part["credit"]) == (
        "P-2026-0003",
        "refund",
        "-30.00",
        "110.00",
    )
    assert paid(credited, "--refund", "--amount", "30")["changed"] is False
    rest = paid(credited, "--refund")
    assert (rest["number"], rest["amount"], rest["credit"]) == ("P-2026-0004", "-110.00", "0.00")
    again = paid(credited, "--refund")
    assert (again["number"], again["changed"]) == ("P-2026-0004", False)
    assert paid(credited, "--refund", "--amount", "30")["number"] == "P-2026-0003"
    enter(credited, money("acme", "2026-06-01", 110_00))
    assert paid(credited, "--refund")["number"] == "P-2026-0006"


NO_REFUND = {
    "more than there is": (
        ("--amount", "140.01"),
        "acme has a credit of 140.00 EUR: 140.01 EUR can't be refunded.",
    ),
    "more than there was": (
        ("--amount", "100.01", "--date", "2026-05-27"),
        "acme has a credit of 100.00 EUR: 100.01 EUR can't be refunded.",
    ),
    "before there was any": (("--date", "2026-05-19"), "acme has no credit that could be refunded."),
    "of another space": (("--space", "atelier"), "atelier has no credit that could be refunded."),
}


@pytest.mark.parametrize("name", NO_REFUND)
def test_what_is_not_there_is_not_refunded(credited, name):
    """payments.md 9.3: a refund needs the credit on its own day and today."""
    words, message = NO_REFUND[name]
    space = "atelier" if "atelier" in words else "acme"
    before = credited.sql("SELECT * FROM payments")
    assert credited("pay", "--refund", *words, "--yes", "--json").refusal == (
        4,
        "nothing_to_refund",
        message,
        f"subctl owed --space {space} shows what there is.",
    )
    assert credited.sql("SELECT * FROM payments") == before


def test_a_refund_of_a_day_with_less_credit_takes_no_more(credited):
    """payments.md 9.3: all of the credit that there was then."""
    assert paid(credited, "--refund", "--date", "2026-05-27")["amount"] == "-100.00"


# --- taken back ----------------------------------------------------------------------------------------------------


def test_a_payment_is_undone_once(lived):
    """payments.md 9.2: with its parts, from today on; the same again is the same entry."""
    paid(lived, ONE, "--date", "2026-05-20", "--reference", "PO 7", "--method", "cash")
    undone = paid(lived, "--undo", "p-2026-0001")
    assert undone == {
        **PAYMENT,
        "number": "P-2026-0002",
        "amount": "-302.50",
        "kind": "undo",
        "method": "cash",
        "parts": [{"number": ONE, "amount": "-302.50"}],
        "of": "P-2026-0001",
        "open": "302.50",
    }
    assert owed(lived, "acme") == ({ONE: "302.50"}, "0.00")
    before = lived.bytes
    assert paid(lived, "--undo", "P-2026-0001") == {**undone, "open": None, "credit": None, "changed": False}
    assert lived("pay", "--undo", "P-2026-0001", "--json").json["changed"] is False
    assert lived("show", "P-2026-0001", "--json").json["taken_back_by"] == "P-2026-0002"
    assert lived.bytes == before


def test_an_undo_is_previewed(lived):
    """INTERFACE: a dry run enters nothing."""
    paid(lived, ONE)
    before = lived.bytes
    done = lived("pay", "--undo", "P-2026-0001", "--dry-run", "--json").json
    assert (done["number"], done["of"], done["open"], done["changed"]) == (None, "P-2026-0001", "302.50", True)
    assert lived.bytes == before


def test_what_was_refunded_since_is_not_undone(credited):
    """payments.md 9.2: money that went would be without cover; without the refund it goes."""
    paid(credited, "--refund")
    assert credited("pay", "--undo", "P-2026-0001", "--yes", "--json").refusal == (
        4,
        "too_late",
        "P-2026-0001 can't be undone: what it paid was given back since.",
        "See subctl list payments --space acme.",
    )
    assert paid(credited, "--undo", "P-2026-0003")["credit"] == "140.00"
    assert paid(credited, "--undo", "P-2026-0001")["open"] == "262.50"


def test_an_undo_is_not_undone(lived):
    """payments.md 10: the payment is entered anew."""
    paid(lived, ONE)
    paid(lived, "--undo", "P-2026-0001")
    assert lived("pay", "--undo", "P-2026-0002", "--yes", "--json").refusal == (
        2,
        "bad_input",
        "P-2026-0002 takes P-2026-0001 back, and can't be undone itself.",
        "Enter the payment anew.",
    )


def test_a_return_is_the_entry_that_takes_a_debit_back_and_can_be_undone(lived):
    """payments.md 10: then the debit counts again."""
    paid(lived, ONE, "--method", "direct-debit")
    returned = money("acme", "2026-06-01", -30_250, (1, -30_250), kind=RETURN, of=1)
    enter(lived, returned)
    assert owed(lived, "acme") == ({ONE: "302.50"}, "0.00")
    known = paid(lived, "--undo", "P-2026-0001")
    assert (known["number"], known["kind"], known["changed"]) == ("P-2026-0002", "return", False)
    assert paid(lived, "--undo", "P-2026-0002")["open"] == "0.00"
    assert lived("show", "P-2026-0001", "--json").json["taken_back_by"] is None
    assert lived("show", "P-2026-0002", "--json").json["taken_back_by"] == "P-2026-0003"
    enter(lived, returned)
    assert lived("show", "P-2026-0001", "--json").json["taken_back_by"] == "P-2026-0004"


# --- bookings of statements ----------------------------------------------------------------------------------------

BOOKED = (ONE, "--amount", "100", "--date", "2026-05-30", "--source", "NL91ABNA0417164300/1")


def test_a_booking_is_entered_once_for_a_space(lived):
    """payments.md 10: whatever its invoices are called the second time; another space has its own part of it."""
    assert paid(lived, *BOOKED)["source"] == "NL91ABNA0417164300/1"
    before = lived.bytes
    assert paid(lived, *BOOKED)["changed"] is False
    assert paid(lived, *BOOKED[1:], "--space", "acme")["number"] == "P-2026-0001"
    assert lived.bytes == before
    other = paid(lived, TWO, "--source", "NL91ABNA0417164300/1")
    assert (other["number"], other["space"]) == ("P-2026-0002", "atelier")


HINT = "Enter a payment that is no booking of a statement without --source."


def test_a_booking_has_one_amount(lived):
    """payments.md 10: `already_exists`, and nothing is entered."""
    paid(lived, *BOOKED)
    for words in ((ONE, "--amount", "101"), (ONE,), ("--refund", "--space", "acme")):
        assert lived("pay", *words, *BOOKED[3:], "--yes", "--json").refusal == (
            5,
            "already_exists",
            "The booking NL91ABNA0417164300/1 was entered as P-2026-0001, with another amount: 100.00 EUR.",
            HINT,
        )
    paid(lived, "--undo", "P-2026-0001")
    assert lived("pay", *BOOKED, "--yes", "--json").refusal == (
        5,
        "already_exists",
        "The booking NL91ABNA0417164300/1 was entered as P-2026-0001, which P-2026-0002 takes back.",
        HINT,
    )
    assert numbers(lived) == ["P-2026-0002", "P-2026-0001"]


def test_a_booking_that_is_none_of_ours_is_ignored(lived):
    """payments.md 10: for ever; one that was entered is ours."""
    ignored = {"schema": "ignored/1", "source": "X/1", "date": "2026-06-01", "changed": True}
    before = lived.bytes
    assert lived("pay", "--ignore", "X/1", "--dry-run", "--json").json == ignored
    assert lived.bytes == before
    assert paid(lived, "--ignore", "X/1") == ignored
    before = lived.bytes
    assert paid(lived, "--ignore", "X/1", "--today", "2026-06-02") == {**ignored, "changed": False}
    assert lived("pay", "--ignore", "X/1", "--json").json == {**ignored, "changed": False}
    assert lived.bytes == before
    assert lived("pay", *BOOKED[:-1], "X/1", "--yes", "--json").refusal == (
        5,
        "already_exists",
        "The booking X/1 is ignored: it is none of ours.",
        HINT,
    )
    paid(lived, *BOOKED)
    assert lived("pay", "--ignore", BOOKED[-1], "--yes", "--json").refusal == (
        5,
        "already_exists",
        "The booking NL91ABNA0417164300/1 was entered as P-2026-0001.",
        "If that is wrong: subctl pay --undo P-2026-0001",
    )
