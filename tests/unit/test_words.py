"""What values are called: every code that a store can hold has a word, and numbers and days stand as they are read."""

from __future__ import annotations

from datetime import date

import pytest

from subctl.domain.catalog import BILLINGS
from subctl.domain.dates import Period
from subctl.domain.invoice import CREDIT, RECURRING, UPGRADE, Fee
from subctl.domain.refusals import PAYMENTS
from subctl.results.deadlines import KINDS
from subctl.service.lists import LISTS
from subctl.view import codes, words
from subctl.view.language import speaking


def test_every_code_has_a_word():
    """A screen never ends in an error over a value that is kept."""
    statuses = {name: [*found.statuses] for name, found in LISTS.items() if found.statuses}
    orders, invoices = statuses.pop("orders"), statuses.pop("invoices")
    assert [codes.order_status(status) for status in orders] == orders
    invoices.remove("credited")  # lists say by what
    del statuses["collections"]  # lists say on which day one was dropped
    assert [codes.invoice_status(status) for status in invoices] == invoices
    assert {name: [codes.status(status) for status in found] for name, found in statuses.items()} == statuses
    assert [codes.status(status) for status in ("past", "current", "coming")] == ["past", "current", "coming"]
    assert [codes.billing(billing) for billing in BILLINGS] == [*BILLINGS]
    assert [codes.on_billing(billing) for billing in BILLINGS] == ["on monthly billing", "on annual billing"]
    assert [codes.payment(payment) for payment in PAYMENTS] == ["transfer", "direct debit", "card"]
    kinds = (UPGRADE, RECURRING, CREDIT)
    assert [codes.invoice_kind(kind) for kind in kinds] == [*kinds]
    assert [codes.invoice_title(kind) for kind in kinds] == ["Upgrade invoice", "Invoice", "Credit note"]
    assert [codes.deadline(kind) for kind in KINDS] == [
        "renews",
        "last day to reduce",
        "last day to cancel",
        "last day of use",
        "last day of quote",
        "payment due",
    ]


@pytest.mark.parametrize(
    ("language", "read"),
    [
        ("en", ["1 April 2026", "2026-04-01", "1234.50", "1234.50 EUR", "27.955", "27.955 EUR", "1500.00", "5.5 %"]),
        (
            "fr",
            [
                "1er avril 2026",
                "01/04/2026",
                "1\u202f234,50",
                "1\u202f234,50\u00a0€",
                "27,955",
                "27,955\u00a0€",
                "1\u202f500,00",
                "5,5\u00a0%",
            ],
        ),
        (
            "nl",
            [
                "1 april 2026",
                "01-04-2026",
                "1.234,50",
                "€\u00a01.234,50",
                "27,955",
                "€\u00a027,955",
                "1.500,00",
                "5,5%",
            ],
        ),
        (
            "de",
            [
                "1. April 2026",
                "01.04.2026",
                "1.234,50",
                "1.234,50\u00a0€",
                "27,955",
                "27,955\u00a0€",
                "1.500,00",
                "5,5\u00a0%",
            ],
        ),
    ],
)
def test_values_are_written_as_they_are_read(language, read):
    """In the language that is spoken, with and without their currency."""
    day = date(2026, 4, 1)
    with speaking(language):
        assert [
            words.day(day),
            words.column_day(day),
            words.amount(123450, "EUR"),
            words.money(123450, "EUR"),
            words.rate(279_550),
            words.price(279_550, "EUR"),
            words.fee_amount(Fee(15_000_000, "year"), "EUR"),
            words.percentage(55_000),
        ] == read


def test_no_day_is_a_dash():
    """Or what is said of it there."""
    assert (words.day(None), words.column_day(None), words.day(None, "never")) == ("–", "–", "never")


@pytest.mark.parametrize(
    ("start", "end", "read", "short"),
    [
        ("2026-04-01", "2026-07-01", "1 April to 30 June 2026", "1 Apr–30 Jun 2026"),
        ("2026-04-01", "2026-05-01", "1 to 30 April 2026", "1–30 Apr 2026"),
        ("2026-04-30", "2026-05-01", "30 April 2026", "30 Apr 2026"),
        ("2026-12-31", "2027-01-02", "31 December 2026 to 1 January 2027", "31 Dec 2026–1 Jan 2027"),
        ("2026-04-15", "2027-04-15", "15 April 2026 to 14 April 2027", "15 Apr 2026–14 Apr 2027"),
    ],
)
def test_a_period_is_read_by_its_last_day(start, end, read, short):
    """pricing.md 2.7: what both days share is said once."""
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert (words.period(period), words.short_period(period)) == (read, short)


def test_users_and_licences_are_counted_together():
    """As a sentence names things, each in its own number."""
    assert [
        words.seats(1, {}),
        words.seats(20, {"zoom": 1}),
        words.seats(20, {"storage": 0, "zoom": 2}, active=18),
        words.seats(1, {}, active=0),
        words.licences("zoom"),
    ] == [
        "1 user",
        "20 users and 1 Zoom licence",
        "20 users (18 active), 0 Storage licences and 2 Zoom licences",
        "1 user (0 active)",
        "Zoom licences",
    ]
