"""The account of a space: all that was invoiced and paid, and what it comes to on a day (payments.md 9.2)."""

from __future__ import annotations

from datetime import date

from subctl.domain.payment import Payment
from subctl.domain.record import Record
from subctl.domain.settlement import Account, Claim, settled
from subctl.service.session import Session
from subctl.store import claims, payments


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

    def before(self, payment: Payment) -> Book:
        """Return what there was when a payment was entered."""
        return self._replace(payments=[each for each in self.payments if each.id < payment.id])


def book_of(session: Session, space: str) -> Book:
    """Return everything that a space was asked for, and everything that it paid."""
    return Book(claims.of_space(session.connection, space), payments.of_space(session.connection, space))
