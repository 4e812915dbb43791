"""Mandates of direct debits: their ids, and how long they last (payments.md 9.6)."""

from __future__ import annotations

import pytest

from subctl.domain.mandate import lapsed, last_use, no_account, parse_mandate, refuse_currency, refuse_future
from tests.support.build import day, refused


@pytest.mark.parametrize("text", ["M-1", "a", "M" * 35, "RF712348231", "a/b", "+?-:().,'"])
def test_an_id_that_banks_exchange(text: str) -> None:
    """payments.md 9.6: at most 35 signs of theirs."""
    assert parse_mandate(text) == text


@pytest.mark.parametrize("text", ["", "M" * 36, "a b", "é", "a_b", "/a", "a/", "a//b", "a\n"])
def test_what_is_no_id(text: str) -> None:
    """payments.md 9.6: other signs, blanks and slashes at an end don't come through."""
    assert refused(parse_mandate, text)[0] == "bad_input"


@pytest.mark.parametrize("text", ["4111111111111111", "M-4111-1111-1111-1111", "4111 1111 1111 1111"])
def test_no_id_is_a_card(text: str) -> None:
    """safety.md: a card number is refused everywhere."""
    assert refused(parse_mandate, text)[:2] == ("bad_input", "A mandate's id must not hold a card number.")


@pytest.mark.parametrize(
    ("used", "on", "over"),
    [
        ("2026-03-15", "2029-03-14", False),
        ("2026-03-15", "2029-03-15", True),
        ("2026-03-15", "2029-03-16", True),
        ("2024-02-29", "2027-02-27", False),
        ("2024-02-29", "2027-02-28", True),
    ],
)
def test_it_ends_36_months_after_its_last_use(used: str, on: str, *, over: bool) -> None:
    """payments.md 9.6: to the day."""
    assert lapsed(day(used), day(on)) is over


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([], "2026-03-15"),
        (["2026-04-01", "2029-03-31"], "2029-03-31"),
        (["2029-03-15"], "2026-03-15"),
        (["2026-04-01", "2029-04-01", "2029-04-02"], "2026-04-01"),
    ],
)
def test_what_lapsed_is_not_used_again(days: list[str], found: str) -> None:
    """payments.md 9.6: an invoice that comes too late doesn't bring it back."""
    assert last_use(day("2026-03-15"), map(day, days)) == day(found)


def test_nobody_has_signed_tomorrow() -> None:
    """payments.md 9.6: today is soon enough."""
    refuse_future(day("2026-03-14"), day("2026-03-15"))
    refuse_future(day("2026-03-15"), day("2026-03-15"))
    assert refused(refuse_future, day("2026-03-16"), day("2026-03-15"))[:2] == (
        "bad_input",
        "--signed can't be 2026-03-16: that is after 2026-03-15.",
    )


def test_a_mandate_is_for_an_account() -> None:
    """payments.md 10: named, or the space's."""
    assert no_account("acme").code == "bad_input"


def test_debits_have_one_currency() -> None:
    """payments.md 9.6: EUR."""
    refuse_currency("EUR")
    assert refused(refuse_currency, "CHF")[0] == "payment_method"
