"""What bookings are called: payments.md 11."""

from __future__ import annotations

import pytest

from subctl.domain.booking import Booking, content_source, is_reference, reference_source, same_money
from tests.support.build import day

ACCOUNT = "NL91ABNA0417164300"
BOOKING = Booking(ACCOUNT, day("2026-03-14"), 12100, "B1", text="INV-2026-0001", name="Acme")


@pytest.mark.parametrize("text", ["", "NONREF", "NotProvided", "0", "000000", "NOTAVAILABLE"])
def test_what_is_no_reference(text: str) -> None:
    """payments.md 11: banks say so in several ways."""
    assert not is_reference(text)
    assert reference_source(BOOKING._replace(bank_reference=text)) is None


@pytest.mark.parametrize("text", ["x" * 81, "a\tb", "4111111111111111"])
def test_what_can_not_be_typed_is_none_either(text: str) -> None:
    """payments.md 11: a source is shown and typed; safety.md: it holds no card."""
    assert reference_source(BOOKING._replace(bank_reference=text)) is None


def test_a_booking_is_called_by_its_account_and_its_reference() -> None:
    """payments.md 11: what takes it back may have the same reference."""
    assert reference_source(BOOKING) == f"{ACCOUNT}:B1"
    assert reference_source(BOOKING._replace(amount=-1)) == f"{ACCOUNT}:B1-"
    assert reference_source(BOOKING._replace(bank_reference="x" * 80)) == f"{ACCOUNT}:{'x' * 80}"


def test_a_booking_without_one_is_called_by_what_it_says() -> None:
    """payments.md 11: and by how many equal ones stood before it; blanks are the bank's."""
    first = content_source(BOOKING, 0)
    assert first == "NL91ABNA0417164300:fb6afc41637449fc09b4d1d0"
    assert content_source(BOOKING._replace(text="INV-2026- 0001"), 0) == first
    others = [
        content_source(BOOKING, 1),
        *(content_source(BOOKING._replace(**change), 0) for change in _CHANGES),
    ]
    assert len({first, *others}) == 1 + len(others)


_CHANGES = (
    {"day": day("2026-03-13")},
    {"amount": 1},
    {"text": "x"},
    {"name": "x"},
    {"iban": "x"},
    {"creditor": "x"},
    {"end_to_end": "x"},
    {"account": "x"},
)


@pytest.mark.parametrize(
    ("other", "amount", "same"),
    [
        ("2026-03-14", 5, True),
        ("2026-03-09", 5, True),
        ("2026-03-19", 5, True),
        ("2026-03-20", 5, False),
        ("2026-03-14", 6, False),
    ],
)
def test_the_same_money(other: str, amount: int, *, same: bool) -> None:
    """payments.md 11: the amount, within 5 days."""
    assert same_money(day("2026-03-14"), 5, day(other), amount) is same
