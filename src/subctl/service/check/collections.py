"""The check of collections: what each debits was open by what had been entered before it (payments.md 9.6, 10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from subctl.domain.collection import Collection, Debit
from subctl.domain.numbers import COLLECTION, INVOICE, number
from subctl.domain.paying import open_of
from subctl.domain.sentence import N_, Sentence
from subctl.results.check import Problem
from subctl.service.account import Book, books
from subctl.service.check.ground import UNREADABLE, reason
from subctl.service.session import Session
from subctl.store import collections, history, seal


def collection_faults(session: Session) -> Iterator[Problem]:
    """Yield what collections debit that wasn't open when they were made."""
    try:
        known: dict[int, seal.Seal] = {}
        for each in map(seal.read, history.seals(session.connection, "collect")):
            known.setdefault(each["collections"].last, each)  # the first came with it: a drop and a refusal follow
        for found in collections.of_all(session.connection):
            for fault in _faults(session, found, known.get(found.id)):
                yield Problem("collection", number(COLLECTION, found.id), fault)
    except UNREADABLE as error:
        yield Problem(
            "collection", None, Sentence(N_("Collections can't be read: {reason}."), {"reason": reason(error)})
        )


def _faults(session: Session, found: Collection, known: seal.Seal | None) -> Iterator[Sentence]:
    """Yield what is wrong with a collection by what was `known`: the seal of the entry that it came with."""
    debtors = collections.debtors(session.connection, found.debits)
    spaces = sorted({debtors[debit.invoice].space for debit in found.debits if debit.invoice in debtors})
    open_ = open_then((book for _, book in books(session, spaces)), found.day, known)
    for debit in found.debits:
        if open_.get(debit.invoice) != debit.amount:
            yield _fault(debit, open_.get(debit.invoice))


def _fault(debit: Debit, open_: int | None) -> Sentence:
    values = {"invoice": number(INVOICE, debit.invoice)}
    if open_ is None:
        return Sentence(N_("It debits {invoice}, of which nothing was open."), values)
    return Sentence(N_("It debits {invoice} with another amount than was open."), values)


def open_then(books_: Iterable[Book], day: date, known: seal.Seal | None) -> dict[int, int]:
    """Return what was open of the invoices of some books on a day, by what a seal of then has."""
    entry = known or seal.UNSEALED
    then = [open_of(book.known_by(entry).on(day)) for book in books_]
    return {invoice: amount for open_ in then for invoice, amount in open_.items() if amount}
