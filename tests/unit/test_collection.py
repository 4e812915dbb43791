"""Direct-debit files: their day, and what is under way (payments.md 9.6)."""

from __future__ import annotations

import pytest

from subctl.domain.collection import Collection, Debit, debit_day, under_way
from subctl.domain.mandate import refuse_currency
from subctl.domain.payment import BANK, DIRECT_DEBIT, RECEIPT, REFUND, RETURN, UNDO, Part, Payment
from tests.support.build import day, refused

MADE = Collection(1, day("2026-03-16"), day("2026-03-18"), 1, (Debit(7, 100, "M-1"),))


@pytest.mark.parametrize(
    ("made", "wanted", "on"),
    [
        ("2026-03-16", None, "2026-03-18"),
        ("2026-03-15", None, "2026-03-17"),
        ("2026-03-16", "2026-03-18", "2026-03-18"),
        ("2026-03-16", "2026-04-07", "2026-04-07"),
    ],
)
def test_the_day_of_a_debit(made: str, wanted: str | None, on: str) -> None:
    """payments.md 9.6: two TARGET days ahead, or a later one."""
    assert debit_day(day(made), day(wanted) if wanted else None) == day(on)


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        (
            "2026-03-17",
            "Nothing can be debited on 2026-03-17: banks need two days of theirs.",
            "The first day is 2026-03-18.",
        ),
        ("2026-03-21", "Nothing can be debited on 2026-03-21: banks are closed.", "The next day is 2026-03-23."),
        ("2026-04-03", "Nothing can be debited on 2026-04-03: banks are closed.", "The next day is 2026-04-07."),
    ],
)
def test_days_that_cannot_be(wanted: str, message: str, hint: str) -> None:
    """payments.md 9.6: too early, or no TARGET day."""
    assert refused(debit_day, day("2026-03-16"), day(wanted)) == ("bad_input", message, hint)


def test_only_euros() -> None:
    """payments.md 9.6: SEPA knows no other currency."""
    refuse_currency("EUR", "not_collectable")
    assert refused(refuse_currency, "CHF", "not_collectable")[0] == "not_collectable"


def paid(
    place: int, on: str, kind: str = RECEIPT, of: int | None = None, method: str = DIRECT_DEBIT, named: int = 7
) -> Payment:
    """Return a payment of the invoice, by direct debit unless it says otherwise."""
    amount = 100 if kind == RECEIPT else -100
    parts = (Part(named, amount),) if kind != REFUND else ()
    return Payment(place, "acme", day(on), amount, kind, of, day(on), method, None, None, parts)


@pytest.mark.parametrize(
    ("payments", "on", "still"),
    [
        ([], "2026-03-16", True),
        ([], "2026-04-01", True),
        ([], "2026-04-02", False),
        ([paid(1, "2026-03-18")], "2026-03-18", False),
        ([paid(1, "2026-03-17")], "2026-03-18", True),
        ([paid(1, "2026-03-18", method=BANK)], "2026-03-18", True),
        ([paid(1, "2026-03-18", named=8)], "2026-03-18", True),
        ([paid(1, "2026-03-18", REFUND)], "2026-03-18", True),
        ([paid(1, "2026-03-18"), paid(2, "2026-03-19", UNDO, 1)], "2026-03-19", True),
        ([paid(1, "2026-03-18"), paid(2, "2026-03-19", UNDO, 1), paid(3, "2026-03-19", UNDO, 2)], "2026-03-19", False),
        ([paid(1, "2026-03-18", method=BANK), paid(2, "2026-03-19", RETURN, 1)], "2026-03-19", False),
        ([paid(1, "2026-03-10"), paid(2, "2026-03-16", RETURN, 1)], "2026-03-19", True),
    ],
)
def test_what_is_under_way(payments: list[Payment], on: str, still: bool) -> None:
    """payments.md 9.6: until its money or its return is booked, at most 14 days after the day of the debit."""
    assert under_way(MADE, 7, payments, day(on)) is still


def test_what_was_never_sent_is_not_under_way() -> None:
    """payments.md 9.6: collect --drop."""
    assert under_way(MADE._replace(dropped=day("2026-03-16")), 7, [], day("2026-03-16")) is False
