"""What is under way at the bank: in a collection whose money and return aren't booked yet (payments.md 9.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from subctl.domain.collection import UNDER_WAY, Collection, under_way
from subctl.domain.settlement import INVOICE, Item
from subctl.service.account import Book
from subctl.service.session import Session
from subctl.store import collections


def waiting_debits(session: Session) -> dict[int, list[Collection]]:
    """Return the collections in which invoices may be under way."""
    waiting: dict[int, list[Collection]] = defaultdict(list)
    for each in collections.since(session.connection, session.day - UNDER_WAY):
        for debit in each.debits:
            waiting[debit.invoice].append(each)
    return waiting


def not_under_way(session: Session, book: Book, due: list[Item], waiting: dict[int, list[Collection]]) -> list[Item]:
    """Return the invoices among items of a book that aren't under way, neither they nor what they were before (9.5)."""
    invoices = [item for item in due if item.form == INVOICE]
    if not waiting:
        return invoices
    return [
        item for item in invoices if not any(_is_under_way(session, book, each, waiting) for each in _names(book, item))
    ]


def _names(book: Book, item: Item) -> Iterator[int]:
    """Yield an invoice and those in whose place it is: what was collected under their numbers is for it."""
    before = {claim.id: claim.replaces for claim in book.claims}
    name: int | None = item.id
    while name is not None:
        yield name
        name = before[name]


def _is_under_way(session: Session, book: Book, invoice: int, waiting: dict[int, list[Collection]]) -> bool:
    return any(under_way(each, invoice, book.payments, session.day) for each in waiting.get(invoice, ()))
