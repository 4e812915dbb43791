"""Payments as they were entered, by number and in lists; entering them is the task of `paying` and `undoing`."""

from __future__ import annotations

from subctl.domain.numbers import INVOICE, PAYMENT, number, optional_number, parse_number
from subctl.domain.payment import Payment
from subctl.results.payments import PaidPart, Payments, ShownPayment
from subctl.service.caller import Caller
from subctl.service.paging import Page, Wanted, listed, page
from subctl.service.session import Session, reading
from subctl.store import payments
from subctl.store.tables import Row


def show_payment(caller: Caller, number_text: str) -> ShownPayment:
    """Return a payment by its number (`not_found`, `not_administrator`)."""
    with reading(caller, document=number_text) as session:
        return shown_payment(session, own_payment(session, number_text))


def own_payment(session: Session, number_text: str) -> Payment:
    """Return a payment of a space that this account may see (`not_found`, `not_administrator`)."""
    series, payment_id = parse_number(number_text)
    found = payments.payment(session.connection, payment_id) if series == PAYMENT else None
    if found is None:
        raise session.no_document(number_text, "payment")
    session.require_own(found.space, number_text)
    return found


def shown_payment(session: Session, payment: Payment, *, changed: bool = True) -> ShownPayment:
    """Return a payment, and what takes it back; without an id it isn't entered yet."""
    taker = taken_back_by(session, payment) if payment.id else None
    return ShownPayment(
        number=number(PAYMENT, payment.id) if payment.id else None,
        space=payment.space,
        day=payment.day,
        entered=payment.entered,
        amount=payment.amount,
        kind=payment.kind,
        of=optional_number(PAYMENT, payment.of),
        method=payment.method,
        reference=payment.reference,
        source=payment.source,
        parts=tuple(PaidPart(number(INVOICE, part.invoice), part.amount) for part in payment.parts),
        taken_back_by=optional_number(PAYMENT, taker.id if taker else None),
        currency=session.catalog.currency,
        changed=changed,
    )


def taken_back_by(session: Session, payment: Payment) -> Payment | None:
    """Return the entry that takes a payment back, if there is one that wasn't taken back itself."""
    for entry in reversed(payments.counter_entries(session.connection, payment.id)):
        if not payments.counter_entries(session.connection, entry.id):
            return entry
    return None


def list_payments(session: Session, wanted: Wanted) -> Payments:
    """Return payments, those that were entered last first, in the spaces that this account may see."""
    items, more = listed(session, _page, wanted)
    return Payments(items, session.catalog.currency, more)


def _page(session: Session, wanted: Wanted, after: Row, size: int) -> Page[ShownPayment]:
    sought = wanted.sought(session, kind=wanted.kind)
    found = payments.payments(session.connection, sought, size, after)
    return page([((each.id,), shown_payment(session, each)) for each in found], size, lambda _: True)
