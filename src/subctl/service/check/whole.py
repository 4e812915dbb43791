"""The check of the book: everything is recomputed from the orders, the price steps and the catalogs (7.3).

Contracts are taken one by one, so that memory stays bounded whatever the size of the store.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from subctl.domain.errors import SubctlError
from subctl.domain.numbers import parse_number
from subctl.domain.sentence import N_, Sentence
from subctl.domain.system import processors
from subctl.results.check import Checked, Problem
from subctl.service.caller import Caller
from subctl.service.check.beside import Beside, look
from subctl.service.check.collections import collection_faults
from subctl.service.check.ground import UNREADABLE
from subctl.service.check.journal import journal_faults
from subctl.service.check.payments import payment_faults
from subctl.service.check.reminders import reminder_faults
from subctl.service.check.seals import sealed_faults, state_faults
from subctl.service.check.space import examine
from subctl.service.progress import Progress
from subctl.service.session import Session, reading
from subctl.store import alike, audit, history, read
from subctl.store.ahead import read_ahead, read_paid_ahead

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_STEP, _MOST_KINDS = 500, 200_000
"""Spaces whose rows are read at once, before progress is told; kinds of spaces that are remembered."""

MANY = 5_000
"""Spaces from which on another process is worth it: it starts in a tenth of a second, and saves a third of a check."""

_Like = tuple[object, ...]
"""All that decides whether a space is as it should be: alike ones have the same."""


def check(caller: Caller, kept_head: str | None = None, progress: Progress | None = None) -> Checked:
    """Recompute the whole book; name every document that differs.

    `kept_head` is a hash of the history that was kept elsewhere: it must still be in the chain.
    """
    with reading(caller) as session:
        total = read.count_spaces(session.connection)
        with _beside(session, total) as look_beside:
            of_spaces = list(_of_spaces(session, total, progress))
            found = look_beside()
        problems = [*found.problems, *of_spaces]
        problems += sealed_faults(session.connection, found.unlike, set(_named(problems)))
        problems += state_faults(session.connection, found.altered_state)
        if kept_head is not None and not history.holds(session.connection, kept_head):
            fault = N_("The history no longer holds {hash}: it was rewritten.")
            problems.append(Problem("head", None, Sentence(fault, {"hash": kept_head})))
        problems += () if problems else journal_faults(session.connection)  # else something else explains it
        counts = audit.counts(session.connection)
        head = history.head(session.connection)
    return Checked(counts, tuple(problems), head)


@contextmanager
def _beside(session: Session, total: int) -> Iterator[Callable[[], Beside]]:
    """Begin to look where another process is worth it, and lend what waits for it, or looks itself."""
    if processors() == 1 or total < MANY:
        yield lambda: look(session.connection, session.caller.store)
        return
    from subctl.service.check.second import second  # a small book's check doesn't wait for it

    with second(session.caller.store) as found_there:
        yield lambda: found_there(history.head(session.connection)) or look(session.connection, session.caller.store)


def _named(problems: list[Problem]) -> Iterator[tuple[str, int]]:
    """Yield the documents that are named, as series and id; an id that was altered gives no number."""
    for each in problems:
        for name in (each.document or "").split(", "):
            with suppress(SubctlError):
                yield parse_number(name)


def _of_spaces(session: Session, total: int, progress: Progress | None) -> Iterator[Problem]:
    yield from _spaces(session, total, progress)
    yield from collection_faults(session)
    yield from reminder_faults(session)


def _spaces(session: Session, total: int, progress: Progress | None) -> Iterator[Problem]:
    """Look at one space after the other; what is like one that is as it should be is so too."""
    runs, done = _Runs(session.connection), 0
    sound: set[_Like] = set()
    outlines = iter(alike.outlines(session.connection))
    while some := list(islice(outlines, _STEP)):
        likes: list[_Like] = [(outline.hash, *map(runs.day_of, outline.invoices)) for outline in some]
        new = list(_first_of_each(some, likes, sound))
        rows = read_ahead(session.connection, new) if new else {}
        payers = [outline.space for outline in some if outline.paid]
        paid = read_paid_ahead(session.connection, payers) if payers else {}
        for outline, like in zip(some, likes, strict=True):
            if like not in sound:
                space = outline.space
                its = rows.get(space) or read_ahead(session.connection, [space])[space]
                problems = list(examine(session, space, its, runs.day_of))
                yield from problems
                if outline.hash is not None and not problems and len(sound) < _MOST_KINDS:
                    sound.add(like)
            if outline.paid:
                yield from payment_faults(paid[outline.space])
        done += len(some)
        if progress and len(some) == _STEP:
            progress(done, total)


def _first_of_each(some: list[alike.Outline], likes: list[_Like], sound: set[_Like]) -> Iterator[str]:
    """Yield the spaces that will be looked at: of those that are alike the first, in the hope that it is sound."""
    met: set[_Like] = set()
    for outline, like in zip(some, likes, strict=True):
        if like not in sound and like not in met:
            yield outline.space
        if outline.hash is not None:
            met.add(like)


class _Runs:
    """The bill runs of the history: which numbers were issued on which day, a range for each batch."""

    def __init__(self, connection: Connection) -> None:
        found = sorted(filter(None, map(_run, history.details(connection, "bill"))))
        self.firsts = [first for first, _, _ in found]
        self.found = found

    def day_of(self, invoice_id: int) -> date | None:
        """Return the day of the run that issued an invoice, or nothing."""
        place = bisect_right(self.firsts, invoice_id) - 1
        if place < 0 or invoice_id > self.found[place][1]:
            return None
        return self.found[place][2]


def _run(entry: tuple[str, str]) -> tuple[int, int, date] | None:
    day, detail = entry
    try:
        first, last = json.loads(detail)["numbers"]
        return parse_number(first)[1], parse_number(last)[1], date.fromisoformat(day)
    except UNREADABLE:
        return None  # a refusal, a run without invoices, or altered: then its hash says so
