"""The journal of all invoices and payments, read some at a time, so that no writer waits for it (payments.md 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from heapq import heappop, heappush, merge
from typing import TYPE_CHECKING, TypeVar

from subctl.domain.journal import EARNED, Entry, earned, invoiced, paid
from subctl.domain.numbers import INVOICE, PAYMENT, number
from subctl.results.journal import Journal
from subctl.service.caller import Caller
from subctl.service.session import reading
from subctl.store import journal as store

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_BATCH = 1000

T = TypeVar("T")

_Place = tuple[date, int, int]
"""Where an entry stands: by its day; of one day invoices first, then payments, then what is earned; then by id."""

_INVOICED, _PAID, _EARNED = range(3)


def journal(caller: Caller, since: date | None, until: date | None, *, deferred: bool) -> Journal:
    """Return what is booked from one day to another; without `until` up to today.

    `deferred`: income is booked month by month as it is earned, in days to come, too, where `until` is one.
    """
    with reading(caller) as session:
        last = until or session.day
        entries = _Entries(caller, since or date.min, last, deferred=deferred)
        return Journal(since, last, session.catalog.currency, deferred, entries)


class _Entries:
    """The entries between two days, which can be gone through more than once; memory stays bounded."""

    def __init__(self, caller: Caller, since: date, until: date, *, deferred: bool) -> None:
        self._caller, self._since, self._until, self._deferred = caller, since, until, deferred

    def __iter__(self) -> Iterator[Entry]:
        with reading(self._caller) as session:
            invoices = store.invoice_ids(session.connection, self._since, self._until, spread=self._deferred)
            payments = store.payment_ids(session.connection, self._since, self._until)
        for _, entry in merge(self._invoiced(invoices), self._paid(payments)):
            if entry.day >= self._since:
                yield entry

    def _paid(self, ids: Sequence[int]) -> Iterator[tuple[_Place, Entry]]:
        for payment in self._read(store.payments, ids):
            name, text = number(PAYMENT, payment.id), payment.reference or ""
            entry = Entry(payment.day, name, payment.kind, payment.space, text, paid(payment))
            yield (payment.day, _PAID, payment.id), entry

    def _invoiced(self, ids: Sequence[int]) -> Iterator[tuple[_Place, Entry]]:
        """Yield invoices, and between them what is earned of those before."""
        waiting: list[tuple[_Place, Entry]] = []
        for invoice in self._read(store.invoices, ids):
            place = (invoice.day, _INVOICED, invoice.id)
            while waiting and waiting[0][0] < place:
                yield heappop(waiting)
            name, postings = number(INVOICE, invoice.id), invoiced(invoice.net, invoice.vat, deferred=self._deferred)
            entry = Entry(invoice.day, name, invoice.kind, invoice.space, invoice.name, postings)
            yield place, entry
            for day, income in earned(invoice.shares, invoice.day) if self._deferred else ():
                if day <= self._until:
                    heappush(
                        waiting, ((day, _EARNED, invoice.id), entry._replace(day=day, kind=EARNED, postings=income))
                    )
        while waiting:
            yield heappop(waiting)

    def _read(self, read: Callable[[Connection, Sequence[int]], list[T]], ids: Sequence[int]) -> Iterator[T]:
        """Yield what ids stand for, so many of them in each visit."""
        for start in range(0, len(ids), _BATCH):
            with reading(self._caller) as session:
                found = read(session.connection, ids[start : start + _BATCH])
            yield from found
