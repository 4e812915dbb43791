"""Bookings one after another, each beside what is known of it: what the store has, and what came of those before it."""

from __future__ import annotations

from collections import defaultdict

from subctl.domain.booking import Booking, same_booking
from subctl.domain.matching import Found, Match, Owned, Standing, match, standing
from subctl.domain.mention import mentions
from subctl.domain.payment import BANK, DIRECT_DEBIT, RECEIPT, RETURN, Payment, taken_back
from subctl.domain.settlement import in_force
from subctl.service.account import Book, book_of
from subctl.service.session import Session
from subctl.service.statement_file import Told
from subctl.store import owners, payments
from subctl.store.write import next_document_id

MOST_STANDINGS, _MOST_PAYERS = 2000, 20
"""So many spaces are kept in mind; an account of more is somebody's who pays for others, and tells nothing."""


class Matcher:
    """Says of one booking after another what it is called and whose it is; what is entered counts for the next one.

    `entered` are the payments that aren't in the store yet.
    """

    def __init__(self, session: Session) -> None:
        self._session, self._connection = session, session.connection
        self._payers = owners.payers(self._connection)
        self._next = next_document_id(self._connection, "payments", session.day)
        self._standings: dict[str, Standing] = {}
        self._claimed: set[int] = set()
        self._new: defaultdict[str, list[Payment]] = defaultdict(list)

    def source(self, told: Told) -> tuple[str, bool]:
        """Return what a booking is called, and whether it was entered or set aside before.

        A reference that the bank has given to another booking, too, is none of this one's.
        """
        content, reference = told.by_content, told.by_reference
        if self._is_known(content):
            return content, True
        if reference is None or hash(reference) in self._claimed:
            return content, False
        booked = payments.of_source(self._connection, reference)
        known = same_booking(told.booking, booked) or payments.ignored(self._connection, reference) is not None
        if booked and not known:
            return content, False
        self._claimed.add(hash(reference))
        return reference, known

    def _is_known(self, source: str) -> bool:
        booked = payments.of_source(self._connection, source)
        return bool(booked) or payments.ignored(self._connection, source) is not None

    def match(self, booking: Booking) -> Match:
        """Return whose a booking is."""
        owned = []
        for mention in mentions(booking):
            found = owners.owner(self._connection, mention.invoice)
            if found is not None:
                owned.append(Owned(mention.way, mention.invoice, *found))
        payers = frozenset(self._payers.get(booking.iban, ())[:_MOST_PAYERS])
        spaces = payers.union(each.space for each in owned)
        return match(booking, Found(owned, payers, {space: self._standing(space) for space in spaces}))

    def enter(self, booking: Booking, source: str, matched: Match) -> Payment:
        """Return the payment that a sure booking is, under the number that comes next."""
        day, method = self._session.day, DIRECT_DEBIT if booking.debited else BANK
        if matched.of is not None:
            new = taken_back(matched.of, RETURN, booking.day, day, source)
        else:
            space, amount = str(matched.space), booking.amount
            new = Payment(0, space, booking.day, amount, RECEIPT, None, day, method, None, source, matched.parts)
        new = new._replace(id=self._next)
        self._next += 1
        self._new[new.space].append(new)
        self._standings.pop(new.space, None)
        return new

    def stored(self) -> None:
        """Say that all that was entered is in the store by now."""
        self._new.clear()

    def _standing(self, space: str) -> Standing:
        if space not in self._standings:
            if len(self._standings) >= MOST_STANDINGS:
                self._standings.clear()
            known = book_of(self._session, space)
            book = Book(known.claims, [*known.payments, *self._new.get(space, ())])
            day = self._session.day
            self._standings[space] = standing(book.on(day), in_force(book.payments, day))
        return self._standings[space]
