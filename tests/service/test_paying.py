"""Entering money that came: for which invoices, and what the same again does (payments.md 10)."""

from __future__ import annotations

import pytest

from subctl.domain.errors import SubctlError
from subctl.service.paying import Asked, pay, preview_pay
from tests.support.callers import caller
from tests.support.money import enter, money
from tests.support.paying import FOUR, LIVED, ONE, PAYMENT, THREE, TWO, numbers, owed, paid


@pytest.fixture
def lived(cli):
    """The demo on 1 June, with open invoices."""
    return cli.prepare(*LIVED)


# --- money that came -----------------------------------------------------------------------------------------------


def test_an_invoice_is_paid(lived):
    """payments.md 10: what is open of it; again nothing changes, and it is the same payment."""
    assert paid(lived, ONE) == PAYMENT
    assert owed(lived, "acme") == ({}, "0.00")
    before = lived.bytes
    unchanged = {**PAYMENT, "open": None, "credit": None, "changed": False}
    assert paid(lived, ONE) == unchanged
    assert lived("pay", ONE, "--json").json == unchanged  # and isn't asked
    assert lived("show", "P-2026-0001", "--json").json == {**unchanged, "changed": True}
    assert (lived.bytes, numbers(lived)) == (before, ["P-2026-0001"])


def test_a_dry_run_enters_nothing(lived):
    """INTERFACE: the same document, without a number."""
    before = lived.bytes
    assert lived("pay", ONE, "--dry-run", "--json").json == {**PAYMENT, "number": None}
    assert lived.bytes == before


PARTS = {
    "several": ((TWO, THREE), "363.00", {TWO: "181.50", THREE: "181.50"}, {FOUR: "181.50"}),
    "in the order named": (
        (THREE, TWO, "--amount", "200"),
        "200.00",
        {THREE: "181.50", TWO: "18.50"},
        {TWO: "163.00", FOUR: "181.50"},
    ),
    "said how much": (
        (TWO, f"{FOUR}=100", "--amount", "150"),
        "150.00",
        {TWO: "50.00", FOUR: "100.00"},
        {TWO: "131.50", THREE: "181.50", FOUR: "81.50"},
    ),
    "said alone": ((f"{THREE}=100",), "100.00", {THREE: "100.00"}, {TWO: "181.50", THREE: "81.50", FOUR: "181.50"}),
    "more than is open": ((f"{THREE}=200",), "200.00", {THREE: "200.00"}, {TWO: "163.00", FOUR: "181.50"}),
    "what is over": ((FOUR, "--amount", "300"), "300.00", {FOUR: "181.50"}, {TWO: "63.00", THREE: "181.50"}),
    "a space's": (("--space", "atelier", "--amount", "200"), "200.00", {}, {THREE: "163.00", FOUR: "181.50"}),
    "its space named too": ((TWO, "--space", "atelier"), "181.50", {TWO: "181.50"}, {THREE: "181.50", FOUR: "181.50"}),
}


@pytest.mark.parametrize("name", PARTS)
def test_what_is_paid_of_what(lived, name):
    """payments.md 9.2 and 10: parts, and what of all that is open they and the rest settle; again nothing changes."""
    words, amount, parts, left = PARTS[name]
    done = paid(lived, *words)
    assert (done["amount"], {part["number"]: part["amount"] for part in done["parts"]}) == (amount, parts)
    assert owed(lived, "atelier") == (left, "0.00")
    before = lived.bytes
    assert paid(lived, *words)["number"] == done["number"]
    assert paid(lived, *words)["changed"] is False
    assert lived.bytes == before


def test_more_than_is_open_becomes_credit(lived):
    """payments.md 9.2: and pays what comes next."""
    done = paid(lived, "--space", "atelier", "--amount", "600")
    assert (done["open"], done["credit"]) == ("0.00", "55.50")
    assert lived("bill", "--today", "2026-07-01", "--space", "atelier").code == 0
    assert owed(lived, "atelier") == ({"INV-2026-0005": "126.00"}, "0.00")


SECOND = ("--amount", "50", "--space", "acme")
DIFFERENT = {
    "a reference": (*SECOND, "--reference", "2"),
    "a method": (*SECOND, "--method", "cash"),
    "a day": (*SECOND, "--date", "2026-05-31"),
    "an amount": ("--amount", "51", "--space", "acme"),
    "parts": (ONE, "--amount", "50"),
    "a space": ("--amount", "50", "--space", "atelier"),
    "a source": (*SECOND, "--source", "X/1"),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_differs_is_another_payment(lived, name):
    """payments.md 10: in space, day, amount, method, reference or parts; a booking is known by its source."""
    assert paid(lived, *SECOND)["number"] == "P-2026-0001"
    assert paid(lived, *SECOND)["changed"] is False
    done = paid(lived, *DIFFERENT[name])
    assert (done["number"], done["changed"]) == ("P-2026-0002", True)
    assert paid(lived, *DIFFERENT[name])["changed"] is False


def test_the_same_later_is_the_same_still(lived):
    """payments.md 10: its parts as they were when it was entered, whatever was paid since."""
    words = (TWO, "--amount", "100", "--date", "2026-05-20")
    first = paid(lived, *words)
    assert paid(lived, TWO)["amount"] == "81.50"
    assert paid(lived, *words)["number"] == first["number"]
    assert lived("bill", "--today", "2026-07-01").code == 0
    assert paid(lived, *words, "--today", "2026-07-02")["number"] == first["number"]


def test_what_was_taken_back_is_entered_anew(lived):
    """payments.md 10: the same again is another payment then."""
    assert paid(lived, ONE, "--amount", "50")["number"] == "P-2026-0001"
    assert paid(lived, "--undo", "P-2026-0001")["number"] == "P-2026-0002"
    done = paid(lived, ONE, "--amount", "50")
    assert (done["number"], done["changed"]) == ("P-2026-0003", True)


@pytest.mark.parametrize("day", ["2026-06-01", "2026-06-03"])
def test_a_corrected_invoice_is_the_one_in_its_place(lived, day):
    """payments.md 9.5: what named it before is the same payment still; what is open is paid of the new one."""
    part = (ONE, "--amount", "100", "--date", "2026-06-01")
    assert paid(lived, *part)["parts"] == [{"number": ONE, "amount": "100.00"}]
    assert lived("space", "set", "acme", "--name", "Acme B.V.").code == 0
    assert lived("correct", ONE, "--yes", "--today", day).code == 0
    assert owed(lived, "acme") == ({"INV-2026-0006": "202.50"}, "0.00")
    before = lived.bytes
    for name in (ONE, "INV-2026-0006"):
        assert paid(lived, name, *part[1:])["number"] == "P-2026-0001"
    assert lived.bytes == before
    assert lived("pay", ONE, "INV-2026-0006", "--yes", "--json").refusal[2] == "INV-2026-0006 is named twice."
    done = paid(lived, ONE, "--expect", "202.50")
    assert (done["number"], done["parts"]) == ("P-2026-0002", [{"number": "INV-2026-0006", "amount": "202.50"}])
    for name in (ONE, "INV-2026-0006"):
        assert (paid(lived, name)["number"], paid(lived, name)["changed"]) == ("P-2026-0002", False)


@pytest.mark.parametrize("source", [(), ("--source", "X/1")])
def test_on_the_day_its_total_changed_it_is_the_same_still(lived, source):
    """payments.md 10: a payment is what was asked before the correction, which is of the same day."""
    part = (ONE, "--amount", "302.50", *source)
    assert paid(lived, *part)["parts"] == [{"number": ONE, "amount": "302.50"}]
    assert lived("space", "set", "acme", "--country", "DE", "--vat-id", "DE129273398").code == 0
    assert lived("correct", ONE, "--yes").code == 0
    assert owed(lived, "acme") == ({}, "52.50")
    before = lived.bytes
    for name in (ONE, "INV-2026-0006"):
        done = paid(lived, name, *part[1:])
        assert (done["number"], done["changed"], lived.bytes) == ("P-2026-0001", False, before)


def test_nothing_is_open_and_nobody_paid_it(lived):
    """payments.md 9.2: what credit paid needs no payment."""
    assert paid(lived, "--amount", "302.50", "--space", "acme")["number"] == "P-2026-0001"
    done = paid(lived, ONE)
    assert (done["number"], done["amount"], done["parts"], done["changed"]) == (None, "0.00", [], False)
    assert lived("pay", ONE).text == "Nothing is open: no payment is entered.\n"


def test_a_part_settles_before_its_invoice_is_due(lived):
    """payments.md 9.1: the money's day may lie before the invoice's."""
    assert paid(lived, FOUR, "--date", "2026-03-01")["date"] == "2026-03-01"
    assert owed(lived, "atelier")[0] == {TWO: "181.50", THREE: "181.50"}


def test_the_number_follows_the_day_of_entry(lived):
    """payments.md 9.1: money of December, entered in January."""
    done = paid(lived, ONE, "--date", "2026-12-31", "--today", "2027-01-02")
    assert (done["number"], done["date"], done["entered"]) == ("P-2027-0001", "2026-12-31", "2027-01-02")


# --- expectations --------------------------------------------------------------------------------------------------


def test_what_is_open_is_as_expected(lived):
    """payments.md 10: of the invoices named, or of the space; where nothing changes it passes."""
    assert lived("pay", TWO, THREE, "--expect", "363.01", "--yes", "--json").refusal == (
        5,
        "expectation_failed",
        "363.00 EUR is open, not 363.01 EUR.",
        "Look with --dry-run, then enter the payment with the right --expect.",
    )
    for_space = ("--amount", "10", "--space", "atelier", "--expect")
    assert lived("pay", *for_space, "363", "--yes", "--json").refusal[1] == "expectation_failed"
    assert paid(lived, *for_space, "544.50")["number"] == "P-2026-0001"
    assert paid(lived, *for_space, "1")["changed"] is False
    assert paid(lived, THREE, FOUR, "--expect", "363.00")["number"] == "P-2026-0002"


def test_what_moved_since_the_preview_is_refused(lived):
    """payments.md 10: nobody agrees to what he didn't see."""
    who, asked = caller(lived, "pay", "2026-06-01"), Asked(((ONE, None),))
    shown = preview_pay(who, asked, None)
    assert shown.amount == 30_250
    enter(lived, money("acme", "2026-06-01", 100))
    with pytest.raises(SubctlError) as refused:
        pay(who, asked, None, shown)
    assert (refused.value.code, refused.value.message) == (
        "expectation_failed",
        "What is open has changed since this preview.",
    )
    assert pay(who, asked, None, preview_pay(who, asked, None)).amount == 30_150
