"""What a line of an invoice charges and how it is paid, in words: each shape of it a whole sentence."""

from __future__ import annotations

from datetime import date

import pytest

from subctl.domain.catalog import USERS
from subctl.domain.dates import Months, Period
from subctl.domain.invoice import Counted, Line
from subctl.results.parties import Payment
from subctl.view.texts import line_words, payment_words

STARTER, PRO = Counted("starter", "Starter", 10, 1), Counted("pro", "Pro", 20, 2)
ZOOM = Counted("zoom", "Zoom licence", 2, 3)


def line(item: str, before: Counted | None, after: Counted) -> Line:
    """Return a line; what it costs isn't said."""
    return Line(item, before, after, 1, 1, "year", Period(date(2026, 4, 1), date(2026, 7, 1)), Months(3), 1)


@pytest.mark.parametrize(
    ("item", "before", "after", "read"),
    [
        (USERS, None, PRO, "Pro, 20 users"),
        (USERS, None, PRO._replace(number=1), "Pro, 1 user"),
        ("zoom", None, ZOOM, "Zoom licence"),
        (USERS, PRO, PRO._replace(number=25), "Pro, 5 users more"),
        (USERS, PRO, PRO._replace(number=21), "Pro, 1 user more"),
        (USERS, PRO, PRO._replace(number=19), "Pro, 1 user fewer"),
        (USERS, PRO, PRO._replace(number=17), "Pro, 3 users fewer"),
        ("zoom", ZOOM, ZOOM._replace(number=3), "Zoom licence, 1 more"),
        ("zoom", ZOOM, ZOOM._replace(number=0), "Zoom licence, 2 fewer"),
        (USERS, STARTER, PRO, "Pro for 20 users instead of Starter for 10 users"),
        (USERS, STARTER._replace(number=1), PRO, "Pro for 20 users instead of Starter for 1 user"),
        ("zoom", ZOOM, ZOOM._replace(number=3, rate=4), "Zoom licence, 3 instead of 2"),
    ],
)
def test_a_line_says_what_it_charges(item, before, after, read):
    """Alone, as a difference in number, and as one in price."""
    assert line_words(line(item, before, after)) == read


@pytest.mark.parametrize(
    ("method", "read"),
    [
        ("transfer", "payable by 14 April 2026"),
        ("direct-debit", "to be debited on 14 April 2026"),
        ("card", "charged to the card"),
    ],
)
def test_an_amount_says_how_it_is_paid(method, read):
    """And when, where somebody has to know."""
    assert payment_words(Payment(method, None), date(2026, 4, 14)) == read
