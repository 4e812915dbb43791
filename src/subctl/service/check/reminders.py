"""The check of reminders: what each reminds of was open by what had been entered before it (payments.md 9.7, 10)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from subctl.domain.numbers import INVOICE, REMINDER, number
from subctl.domain.reminder import Reminder
from subctl.domain.sentence import N_, Sentence
from subctl.results.check import Problem
from subctl.service.account import Book, books
from subctl.service.check.collections import open_then
from subctl.service.check.ground import UNREADABLE, reason
from subctl.service.session import Session
from subctl.store import history, reminders, seal

_AT_ONCE = 500
"""Reminders whose spaces are read at once."""


def reminder_faults(session: Session) -> Iterator[Problem]:
    """Yield what reminders remind of that wasn't open when they were issued."""
    try:
        runs = [*map(seal.read, history.seals(session.connection, "remind"))]
        lasts = [each["reminders"].last for each in runs]
        issued = reminders.of_all(session.connection)
        while some := list(islice(issued, _AT_ONCE)):
            kept = dict(books(session, sorted({found.space for found in some})))
            for found in some:
                run = bisect_left(lasts, found.id)
                for fault in _faults(kept[found.space], found, runs[run] if run < len(runs) else None):
                    yield Problem("reminder", number(REMINDER, found.id), fault)
    except UNREADABLE as error:
        yield Problem("reminder", None, Sentence(N_("Reminders can't be read: {reason}."), {"reason": reason(error)}))


def _faults(book: Book, found: Reminder, known: seal.Seal | None) -> Iterator[Sentence]:
    """Yield what is wrong with a reminder by what was `known`: the seal of the entry that it came with."""
    if found.level != max((item.level for item in found.items), default=0):
        yield Sentence(N_("Its level is not the highest of its items."))
    open_ = open_then([book], found.day, known)
    for item in found.items:
        if open_.get(item.invoice) != item.open:
            values = {"invoice": number(INVOICE, item.invoice)}
            yield Sentence(N_("It reminds of {invoice}, of which something else was open."), values)
