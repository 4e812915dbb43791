"""One random book settled twice, by the code and by the slow reading, and held to what payments.md 9.3 says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from subctl.domain.payment import RECEIPT, Payment
from subctl.domain.settlement import CREDITED, INVOICE, PAYMENT, Account, Item, settled
from tests.support.oracle.settlement import Money, Reading, read
from tests.support.paid_book import PaidBook, entered_otherwise, payment

_SERIES = {INVOICE: "INV", PAYMENT: "P"}
_LATER = timedelta(400)

_One = TypeVar("_One")


def days(book: PaidBook) -> list[date]:
    """Return each day that makes a difference, and one long after all."""
    return [*book.days, book.days[-1] + _LATER]


def account(book: PaidBook, day: date) -> Account:
    """Return what the code makes of a book."""
    return settled(book.claims, book.payments, day)


def both_agree(book: PaidBook, day: date) -> None:
    """Hold the code to the slow reading, document by document."""
    found, expected = account(book, day), read(book.documents, book.money, day)
    asking = {(_SERIES[item.form], item.id): item for item in found.items if item.form in _SERIES}
    standing = {name: item for name, item in asking.items() if item.status != CREDITED}
    assert {name: (item.due, item.total, item.paid) for name, item in standing.items()} == _shown(expected)
    assert found.credit == expected.credit
    assert [(_SERIES[item.form], item.id) for item in found.open_items] == sorted(
        expected.open, key=lambda name: (expected.holes[name].due, name)
    )


def _shown(reading: Reading) -> dict[tuple[str, int], tuple[date, int, int]]:
    return {name: (hole.due, hole.asked, hole.coins) for name, hole in reading.holes.items()}


def sums_agree(book: PaidBook, day: date) -> None:
    """Sum of what is open - credit = sum of documents - sum of payments."""
    found = account(book, day)
    documents = sum(one.total for one in book.documents if one.day <= day)
    assert found.open - found.credit == documents - sum(one.amount for one in book.money if one.day <= day)


def open_is_in_its_total(book: PaidBook, day: date) -> None:
    """0 < open <= total, and what isn't open is paid or was credited."""
    found = account(book, day)
    assert all(0 < item.open <= item.total for item in found.open_items)
    assert all(item.paid >= 0 for item in found.items)
    assert all(item.paid + item.open == item.total for item in found.items if item.status not in {CREDITED, "settled"})


def never_both(book: PaidBook, day: date) -> None:
    """Never credit and an open item at once."""
    found = account(book, day)
    assert found.credit >= 0
    assert not (found.credit and found.open_items)


def order_makes_no_difference(book: PaidBook, day: date, random: Random) -> None:
    """Entered in another order, the same invoices are open by as much, and as much of what went isn't covered."""
    found, (other, _) = account(book, day), entered_otherwise(random, book)
    again = settled(_shuffled(random, other.claims), _shuffled(random, other.payments), day)
    assert _documents(again) == _documents(found)
    assert (again.credit, again.overdrawn) == (found.credit, found.overdrawn)
    assert settled(_shuffled(random, book.claims), _shuffled(random, book.payments), day) == found


def _documents(found: Account) -> list[Item]:
    return [item for item in found.items if item.form != PAYMENT]


def _shuffled(random: Random, ones: list[_One]) -> list[_One]:
    return random.sample(ones, len(ones))


def paying_all_leaves_nothing(book: PaidBook, day: date, random: Random) -> None:
    """Paid by name or not, at once or one by one: nothing is open, and there is no credit."""
    found = account(book, day)
    one_by_one = _shuffled(random, found.open_items)
    for paying in ([found.open_items], [[item] for item in one_by_one]):
        for naming in (True, False):
            after = settled(book.claims, [*book.payments, *_receipts(book, paying, day, naming=naming)], day)
            assert (after.open_items, after.credit) == ([], found.credit)


def _receipts(book: PaidBook, paying: list[list[Item]], day: date, *, naming: bool) -> Iterable[Payment]:
    for number, items in enumerate(paying, len(book.money) + 1):
        if items:
            parts = [(item.id, item.open) for item in items if naming and item.form == INVOICE]
            yield payment(Money(number, day, sum(item.open for item in items), None, tuple(parts)), RECEIPT)


def hold(book: PaidBook, random: Random) -> None:
    """Hold a book to all of it, on each of its days (AssertionError where it doesn't)."""
    for day in days(book):
        both_agree(book, day)
        sums_agree(book, day)
        open_is_in_its_total(book, day)
        never_both(book, day)
        order_makes_no_difference(book, day, random)
        paying_all_leaves_nothing(book, day, random)
