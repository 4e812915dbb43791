"""Random books of one space, held to payments.md 9.3 and to the slow reading; `byhand.books` holds 10,000 of them."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import settled
from tests.support.paid_book import PaidBook, paid_book

books = st.randoms(use_true_random=False).map(paid_book)
chance = st.randoms(use_true_random=False)

_settings = settings(max_examples=60, suppress_health_check=list(HealthCheck), print_blob=True)
SAMPLE = range(1, 61)


@_settings
@given(books)
def test_both_readings_agree(book: PaidBook) -> None:
    """payments.md 9.2: document by document, on every day."""
    for day in settled.days(book):
        settled.both_agree(book, day)


@_settings
@given(books)
def test_what_is_open_less_the_credit_is_documents_less_payments(book: PaidBook) -> None:
    """payments.md 9.3."""
    for day in settled.days(book):
        settled.sums_agree(book, day)


@_settings
@given(books)
def test_what_is_open_is_above_0_and_at_most_the_total(book: PaidBook) -> None:
    """payments.md 9.3."""
    for day in settled.days(book):
        settled.open_is_in_its_total(book, day)


@_settings
@given(books)
def test_there_is_never_credit_while_something_is_open(book: PaidBook) -> None:
    """payments.md 9.3."""
    for day in settled.days(book):
        settled.never_both(book, day)


@_settings
@given(books, chance)
def test_the_order_of_entry_makes_no_difference(book: PaidBook, random: Random) -> None:
    """payments.md 9.3."""
    for day in settled.days(book):
        settled.order_makes_no_difference(book, day, random)


@_settings
@given(books, chance)
def test_paying_all_that_is_open_leaves_nothing_open(book: PaidBook, random: Random) -> None:
    """payments.md 9.3."""
    for day in settled.days(book):
        settled.paying_all_leaves_nothing(book, day, random)


def test_books_that_are_always_the_same() -> None:
    """Whatever Hypothesis draws, these have everything in them that can happen."""
    met: set[str] = set()
    for number in SAMPLE:
        book = paid_book(Random(number), 30)
        settled.hold(book, Random(number))
        met |= set(book.met)
    assert sorted(met) == [
        "correct",
        "invoice",
        "pay",
        "pay all",
        "pay at random",
        "pay in parts",
        "refund",
        "return",
        "return of nothing known",
        "undo",
        "undo an undo",
        "withdraw",
    ]
