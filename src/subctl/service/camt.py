"""Bank statements of ISO 20022: camt.052, .053 and .054 of any version, read as a stream of bookings (payments.md 11).

Where versions differ both forms are read. What is only announced is no booking; what a bank booked as one sum is split
into what it is made of. Sums are checked page by page: nothing of a file may be used before its end was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BufferedReader
from typing import TYPE_CHECKING

from subctl.domain.booking import Booking
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import masked_account, safe
from subctl.service.camt_page import Page
from subctl.service.camt_values import Kept, Transaction, entry_of, text_at, transaction_of
from subctl.service.xml_stream import Events

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROOT, _PAGES = 0, 2
_IN_PAGE, _TRANSACTION = 3, 5
"""How deep elements stand: Document, message, page (`Stmt`), entry (`Ntry`), details, transaction (`TxDtls`)."""

_KINDS = frozenset(("Stmt", "Rpt", "Ntfctn"))
_STATEMENT = re.compile(r"BkToCstmr(Stmt|AcctRpt|DbtCdtNtfctn)")


def refuse_later(day: date, today: date) -> None:
    """Refuse money of a day to come (`bad_input`)."""
    if day > today:
        raise bad_input(
            N_("It is of {day}, which is after {today}."), N_("Read it on that day or later."), day=day, today=today
        )


class Expected(Record):
    """What a statement must be of: one of these accounts, in this currency, and of no day after `day`.

    A CSV file, which doesn't say of which, counts as one `of_csv`.
    """

    accounts: frozenset[str]
    of_csv: str
    currency: str
    day: date


class _Entry:
    """An entry while its transactions come by; the first one waits until a second one tells that there are several."""

    def __init__(self, place: int, page: Page, element: Element) -> None:
        self.place, self.page, self.element = place, page, element
        self.kept: Kept | None = None
        self.first: Transaction | None = None
        self.count, self.sum, self.whole = 0, 0, False

    def head(self, expected: Expected) -> Kept:
        """Return the head of the entry, which stands before its transactions (`bad_input`)."""
        if self.kept is None:
            if not self.page.account:
                raise bad_input(N_("It names no account."))
            self.kept = entry_of(self.element, self.page.account, expected.currency)
            if self.kept.booked:
                refuse_later(self.kept.day, expected.day)
        return self.kept

    def transaction(self, found: Transaction, kept: Kept) -> Iterator[Booking]:
        """Yield what a transaction shows to be a booking of its own: of several the first two at once (`bad_input`)."""
        self.count += 1
        if self.count == 1:
            self.first, self.whole = found, found.amount is None
        elif not self.whole:
            waiting = [] if self.first is None else [self.first]
            self.first = None
            for each in (*waiting, found):
                yield from self._split(each, kept)

    def _split(self, found: Transaction, kept: Kept) -> Iterator[Booking]:
        if found.amount is None:
            raise bad_input(N_("One of its transactions has no amount."))
        self.sum += found.amount
        if kept.booked and found.amount:
            yield found.booking(kept, found.amount, alone=False)

    def end(self, kept: Kept) -> Iterator[Booking]:
        """Yield the booking of an entry that isn't split; of several that name no amounts nothing else is told."""
        split = self.count > 1 and not self.whole
        if split and self.sum != kept.amount:
            raise bad_input(N_("Its transactions don't add up to its amount."))
        if not split and kept.booked and kept.amount:
            alone = self.first if self.first and self.count == 1 else Transaction()
            booking = alone.booking(kept, kept.amount, alone=True)
            yield booking if booking.text else booking._replace(text=text_at(self.element, "AddtlNtryInf"))


def read_camt(content: BufferedReader, name: str | Sentence, expected: Expected) -> Iterator[Booking]:
    """Yield the bookings of a file as they are read; only at its end they are known to be whole.

    Errors: `bad_input` for what is no such statement, is of another account or currency, was cut off, or whose sums
    differ.
    """
    yield from _Camt(Events(name, content), expected).bookings()


class _Camt:
    """One file that is read."""

    def __init__(self, events: Events, expected: Expected) -> None:
        self._events, self._expected = events, expected
        self._name = events.name
        self._page: Page | None = None
        self._entry: _Entry | None = None
        self._entries = self._pages = 0

    def bookings(self) -> Iterator[Booking]:
        for starts, depth, element in self._events:
            if depth > _TRANSACTION:
                continue
            if starts:
                self._start(depth, element)
            else:
                yield from self._end(depth, element)
        if not self._pages:
            raise self._no_statement()

    def _start(self, depth: int, element: Element) -> None:
        tag = element.tag
        if (depth == _ROOT and tag != "Document") or (depth == _ROOT + 1 and not _STATEMENT.fullmatch(tag)):
            raise self._no_statement()
        if depth == _PAGES and tag in _KINDS:
            self._page = Page(self._name, self._expected.currency)
            self._pages += 1
        elif depth == _IN_PAGE and tag == "Ntry" and self._page:
            self._entries += 1
            self._entry = _Entry(self._entries, self._page, element)

    def _end(self, depth: int, element: Element) -> Iterator[Booking]:
        if depth == _TRANSACTION and element.tag == "TxDtls" and self._entry:
            yield from self._at(self._entry, element)
        elif depth == _IN_PAGE and self._entry:
            yield from self._at(self._entry, None)
            self._entry = None
        elif depth == _IN_PAGE and self._page:
            self._head(self._page, element)
        elif depth == _PAGES and self._page:
            self._page.check()
            self._page = None
        else:
            return
        element.clear()
        self._events.let_go()

    def _at(self, entry: _Entry, details: Element | None) -> Iterator[Booking]:
        """Yield what a transaction, or the end of an entry, shows to be bookings; a refusal names the entry."""
        try:
            kept = entry.head(self._expected)
            if details is not None:
                yield from entry.transaction(transaction_of(details, kept, self._expected.currency), kept)
                return
            entry.page.add(kept.amount, booked=kept.booked)
            yield from entry.end(kept)
        except SubctlError as error:
            where = N_("{file}, entry {place}: {refusal}")
            said = Sentence(where, {"file": self._name, "place": entry.place, "refusal": error.what})
            raise bad_input(said, error.way_out) from None

    def _head(self, page: Page, element: Element) -> None:
        if element.tag == "Acct":
            page.account = self._own_account(element)
        elif element.tag == "Bal":
            page.balance(element)
        elif element.tag == "TxsSummry":
            page.summary(element)

    def _own_account(self, account: Element) -> str:
        """Return whose statement it is (`bad_input` unless it is one of the seller's accounts)."""
        iban = "".join(text_at(account, "Id", "IBAN").split()).upper()
        if iban not in self._expected.accounts:
            called = masked_account(iban) if iban else safe(text_at(account, "Id", "Othr", "Id")) or "?"
            raise bad_input(
                N_("{file} is a statement of the account {account}, which is not the seller's."),
                N_("The seller's is {accounts}."),
                file=self._name,
                account=called,
                accounts=", ".join(sorted(map(masked_account, self._expected.accounts))),
            )
        return iban

    def _no_statement(self) -> SubctlError:
        return bad_input(
            N_("{file} is no bank statement: camt.053, .052 and .054 are read."),
            N_("Download the statement as camt.053 (XML), or make a CSV file of it: {columns}."),
            file=self._name,
            columns="date,amount,reference,text,name,iban,id",
        )
