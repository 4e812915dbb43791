"""Which invoices a booking names: payments.md 11."""

from __future__ import annotations

import pytest

from subctl.domain.booking import Booking
from subctl.domain.mention import END_TO_END, NUMBER, RF, Mention, mentions
from subctl.domain.numbers import first_id
from tests.support.build import day

YEAR = first_id(2026)
BOOKING = Booking("NL91ABNA0417164300", day("2026-03-14"), 100)


def named(text: str, creditor: str = "", end_to_end: str = "") -> list[tuple[str, int]]:
    """Return what a text names, by the places of its numbers in 2026."""
    booking = BOOKING._replace(text=text, creditor=creditor, end_to_end=end_to_end)
    return [(way, invoice - YEAR) for way, invoice in mentions(booking)]


@pytest.mark.parametrize(
    "text",
    [
        "INV-2026-0004",
        "inv-2026-0004.",
        "Invoice INV 2026 0004 of March",
        "INV20260004",
        "INV/2026/0004",
        "INV.: 2026 - 0004",
        "INV\u20132026\u20130004",
        "no INV-2026-0004/2",
        "pay INV-20 26-00 04",
        "INV-2026-00 042 licences",
        "RINV-2026-0004",
    ],
)
def test_a_number_however_it_is_written(text: str) -> None:
    """payments.md 11: with other signs, without any, broken by a bank."""
    assert named(text) == [(NUMBER, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-0004",
        "INV",
        "INV-2026-004",
        "INV-2026-0000",
        "INV-2026-00040",
        "INV-26-0004",
        "INV-\u0662\u0660\u0662\u0666-0004",
    ],
)
def test_what_names_none(text: str) -> None:
    """payments.md 11: a number is as it was given, or none."""
    assert named(text) == []


def test_longer_numbers() -> None:
    """pricing.md 7.1: after 9999 numbers have five digits and more."""
    assert named("INV-2026-12345 INV2026123456789 INV-2026-1234567890") == [(NUMBER, 12345), (NUMBER, 123456789)]
    assert named("INV-20 26-12345") == [(NUMBER, 12345)]


@pytest.mark.parametrize("text", ["RF16INV20260001", "rf16 inv2 0260 001", "ref RF16-INV-2026-0001, thanks"])
def test_a_reference_whose_check_digits_fit(text: str) -> None:
    """payments.md 11: RF of ISO 11649, grouped or not."""
    assert named(text)[0] == (RF, 1)
    assert named("", creditor=text)[0] == (RF, 1)


def test_digits_after_a_reference_are_none_of_it() -> None:
    """payments.md 11: the check digits say where it ends."""
    assert named("RF16INV20260001 2026")[0] == (RF, 1)


def test_a_reference_whose_check_digits_do_not_fit_is_a_number() -> None:
    """payments.md 11: it is as sure as what is typed."""
    assert named("RF17 INV20260001") == [(NUMBER, 1)]
    assert named("RF17INV20260001") == [(NUMBER, 1)]


def test_the_surest_comes_first_and_each_once() -> None:
    """payments.md 11: EndToEndId, then RF, then the text."""
    text = "INV-2026-0003, INV-2026-0002 RF16INV20260001 INV-2026-0003"
    assert mentions(BOOKING._replace(end_to_end="INV-2026-0002", text=text)) == [
        Mention(END_TO_END, YEAR + 2),
        Mention(RF, YEAR + 1),
        Mention(NUMBER, YEAR + 3),
    ]
    assert named("", end_to_end="RF16INV20260001") == [(END_TO_END, 1)]
