"""What an accountant books (payments.md 10)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subctl.domain.dates import DAY, Months, Period, months_between
from subctl.domain.journal import DEFERRED, INCOME, RECEIVABLE, VAT, Posting, Share, earned, invoiced, paid
from subctl.domain.payment import METHODS, RECEIPT, Payment
from tests.support.build import day


@pytest.mark.parametrize(
    ("net", "vat", "deferred", "postings"),
    [
        (25_000, 5_250, False, [(RECEIVABLE, 30_250), (INCOME, -25_000), (VAT, -5_250)]),
        (25_000, 5_250, True, [(RECEIVABLE, 30_250), (DEFERRED, -25_000), (VAT, -5_250)]),
        (25_000, 0, False, [(RECEIVABLE, 25_000), (INCOME, -25_000)]),
        (-25_000, -5_250, False, [(RECEIVABLE, -30_250), (INCOME, 25_000), (VAT, 5_250)]),
    ],
)
def test_an_invoice(net: int, vat: int, deferred: bool, postings: list[tuple[str, int]]) -> None:
    """payments.md 10: what is owed, what is income, and what is the state's."""
    assert [*invoiced(net, vat, deferred=deferred)] == postings


@pytest.mark.parametrize(
    ("method", "account"),
    [*zip(METHODS, ["Assets:Bank", "Assets:Bank", "Assets:Card", "Assets:Cash", "Assets:Other"], strict=True)],
)
def test_a_payment(method: str, account: str) -> None:
    """payments.md 10: money, where it is, and less that is owed; what went is below zero."""
    on = day("2026-03-15")
    payment = Payment(1, "acme", on, 100, RECEIPT, None, on, method, None, None, ())
    assert [*paid(payment)] == [(account, 100), (RECEIVABLE, -100)]
    assert [*paid(payment._replace(amount=-100))] == [(account, -100), (RECEIVABLE, 100)]


def share(amount: int, start: str, end: str) -> Share:
    """Return a line over a period, whose `end` is exclusive."""
    period = Period(day(start), day(end))
    return Share(amount, period, months_between(*period))


SPREAD = [
    ("a month", [share(100, "2026-04-01", "2026-05-01")], "2026-04-01", [("2026-04-30", 100)]),
    (
        "three months that don't divide",
        [share(100, "2026-04-01", "2026-07-01")],
        "2026-03-15",
        [("2026-04-30", 33), ("2026-05-31", 34), ("2026-06-30", 33)],
    ),
    (
        "from the middle of a month to that of another",
        [share(3000, "2026-04-16", "2026-06-16")],
        "2026-04-16",
        [("2026-04-30", 750), ("2026-05-31", 1500), ("2026-06-15", 750)],
    ),
    (
        "billed late",
        [share(300, "2026-01-01", "2026-04-01")],
        "2026-03-10",
        [("2026-03-10", 200), ("2026-03-31", 100)],
    ),
    (
        "two lines",
        [share(100, "2026-04-01", "2026-07-01"), share(200, "2026-05-01", "2026-07-01")],
        "2026-04-01",
        [("2026-04-30", 33), ("2026-05-31", 134), ("2026-06-30", 133)],
    ),
    (
        "a credit note on the same days",
        [share(-100, "2026-04-01", "2026-07-01")],
        "2026-05-20",
        [("2026-05-20", -33), ("2026-05-31", -34), ("2026-06-30", -33)],
    ),
    ("months in which nothing is earned", [share(1, "2026-04-01", "2026-07-01")], "2026-04-01", [("2026-05-31", 1)]),
]


@pytest.mark.parametrize(("shares", "issued", "found"), [row[1:] for row in SPREAD], ids=[row[0] for row in SPREAD])
def test_what_is_earned(shares: list[Share], issued: str, found: list[tuple[str, int]]) -> None:
    """payments.md 10: by the exact months, rounded at each month's end, never before the invoice."""
    assert earned(shares, day(issued)) == [
        (day(on), (Posting(DEFERRED, amount), Posting(INCOME, -amount))) for on, amount in found
    ]


@given(
    st.integers(-(10**9), 10**9).filter(bool),
    st.dates(day("2024-01-01"), day("2028-12-31")),
    st.integers(1, 800),
    st.dates(day("2024-01-01"), day("2028-12-31")),
)
def test_it_is_all_earned_at_last(amount: int, start, days: int, issued) -> None:
    """payments.md 10: to the cent, whatever the period, and by its last day or the day of issue."""
    period = Period(start, start + days * DAY)
    found = earned([Share(amount, period, months_between(*period))], issued)
    assert sum(postings[0].amount for _, postings in found) == amount
    assert all(sum(posting.amount for posting in postings) == 0 for _, postings in found)
    assert [on for on, _ in found] == sorted({on for on, _ in found})
    assert all(issued <= on <= max(issued, period.last_day) for on, _ in found)


def test_the_months_are_those_that_the_line_has() -> None:
    """payments.md 10: what a document kept, not what its days give."""
    assert [
        (f"{on}", postings[0].amount)
        for on, postings in earned(
            [share(100, "2026-04-01", "2026-06-01")._replace(months=Months(4))], day("2026-04-01")
        )
    ] == [("2026-04-30", 25), ("2026-05-31", 75)]
