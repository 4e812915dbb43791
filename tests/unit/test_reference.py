"""The reference that a transfer names (payments.md 10, ISO 11649)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from subctl.domain.reference import payment_reference


def test_it_is_made_of_the_number() -> None:
    """payments.md 10: the first invoice's, as banks check it."""
    assert payment_reference("INV-2026-0001") == "RF16INV20260001"


@given(st.integers(1970, 2199), st.integers(1, 999_999_999))
def test_the_library_takes_every_one_for_valid(year: int, place: int) -> None:
    """payments.md 10: python-stdnum checks what is made here; every number has its own."""
    number = f"INV-{year}-{place:04}"
    reference = payment_reference(number)
    assert iso11649.validate(reference) == reference
    assert reference[4:] == number.replace("-", "")
