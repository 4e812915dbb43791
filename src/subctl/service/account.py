"""The account of a space: all that was invoiced and paid, and what it comes to on a day (payments.md 9.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from subctl.domain.payment import Payment
from subctl.domain.record import Record
from subctl.domain.settlement import PAYMENT, Account, Claim, days_late, settled
from subctl.results.owed import Balance, Settled
from subctl.service.session import Session
from subctl.store import claims, payments

if TYPE_CHECKING:
    from subctl.store.seal import Seal


class Book(Record):
    """Everything that a space was asked for, and everything that it paid."""

    claims: list[Claim]
    payments: list[Payment]

    def on(self, day: date) -> Account:
        """Return what it all comes to on a day."""
        return settled(self.claims, self.payments, day)

    def with_(self, payment: Payment) -> Book:
        """Return what there is with one more payment."""
        last = max((each.id for each in self.payments), default=0)
        return self._replace(payments=[*self.payments, payment._replace(id=payment.id or last + 1)])

    def known_by(self, entry: Seal) -> Book:
        """Return what there was at an entry of the history, by its seal."""
        return Book(
            [claim for claim in self.claims if claim.id <= entry["invoices"].last],
            [payment for payment in self.payments if payment.id <= entry["payments"].last],
        )

    def before(self, payment: Payment, entry: Seal) -> Book:
        """Return what there was when a payment was entered, by the seal of the entry that it came with."""
        known = self.known_by(entry)
        return known._replace(payments=[each for each in known.payments if each.id < payment.id])


def book_of(session: Session, space: str) -> Book:
    """Return everything that a space was asked for, and everything that it paid."""
    return Book(claims.of_space(session.connection, space), payments.of_space(session.connection, space))


_BATCH = 500


def accounts(session: Session, spaces: Iterable[str]) -> Iterator[tuple[str, Account]]:
    """Yield what these spaces' accounts come to today, so many read at a time."""
    return ((space, book.on(session.day)) for space, book in books(session, spaces))


def books(session: Session, spaces: Iterable[str]) -> Iterator[tuple[str, Book]]:
    """Yield everything that these spaces were asked for and paid, so many read at a time."""
    waiting = iter(spaces)
    while batch := list(islice(waiting, _BATCH)):
        asked = {
            space: [claim for _, claim in group]
            for space, group in groupby(claims.of_spaces(session.connection, batch), itemgetter(0))
        }
        paid = {
            space: list(group)
            for space, group in groupby(payments.of_spaces(session.connection, batch), attrgetter("space"))
        }
        for space in batch:
            yield space, Book(asked.get(space, []), paid.get(space, []))


def settled_in(account: Account, day: date) -> dict[int, Settled]:
    """Return what of each invoice and credit note of an account is paid and open on its day, by id."""
    return {
        item.id: Settled(item.paid, item.open, item.status, days_late(item, day) > 0)
        for item in account.items
        if item.form != PAYMENT
    }


def settled_of(session: Session, space: str, invoice: int, issued: date) -> Settled:
    """Return what of one invoice or credit note is paid today; on a day before it was issued, what was so on that."""
    day = max(session.day, issued)
    return settled_in(book_of(session, space).on(day), day)[invoice]


def balance_of(session: Session, space: str) -> Balance:
    """Return what is open of a space today, what of that is late, and its credit."""
    account = book_of(session, space).on(session.day)
    late = sum(item.open for item in account.items if days_late(item, session.day))
    return Balance(account.open, late, account.credit)
