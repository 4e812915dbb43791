"""Taking a payment back that was entered wrongly, and setting aside a booking that is none of ours (payments.md 10)."""

from __future__ import annotations

from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.numbers import PAYMENT, number
from subctl.domain.payment import UNDO, Payment, taken_back
from subctl.domain.sentence import N_
from subctl.results.payments import IgnoredBooking, ShownPayment
from subctl.service.account import book_of
from subctl.service.caller import Caller
from subctl.service.effect import effect_of, noted
from subctl.service.payments import own_payment, shown_payment, taken_back_by
from subctl.service.session import Session, reading, writing
from subctl.store import payments


def preview_undo(caller: Caller, number_text: str) -> ShownPayment:
    """Return the entry that would take a payment back, refused where it would be, and write nothing."""
    with reading(caller, document=number_text) as session:
        return _undo(session, number_text)


def undo(caller: Caller, number_text: str) -> ShownPayment:
    """Enter what takes a payment back from today on; one that was taken back changes nothing.

    Errors: `not_found`, `bad_input`, `too_late` where what it paid was refunded since, and the clock's.
    """
    with writing(caller, document=number_text) as session:
        return _undo(session, number_text)


def _undo(session: Session, number_text: str) -> ShownPayment:
    payment = _find(session, number_text)
    session.load(payment.space)
    taker = taken_back_by(session, payment)
    if taker is not None:
        return shown_payment(session, taker, changed=False)
    new = taken_back(payment, UNDO, session.day, session.day)
    book = book_of(session, payment.space)
    if book.with_(new).on(session.day).overdrawn > book.on(session.day).overdrawn:
        raise SubctlError(
            "too_late",
            N_("{payment} can't be undone: what it paid was given back since."),
            N_("See {command}."),
            payment=number(PAYMENT, payment.id),
            command=f"subctl list payments --space {payment.space}",
        )
    session.check_clock()
    found = shown_payment(session, new)._replace(effect=effect_of(book, new, session.day))
    if not session.writes:
        return found
    (entered,) = payments.insert(session.connection, [new])
    session.record(payment.space, **noted(entered, session.catalog.currency))
    return found._replace(number=number(PAYMENT, entered.id))


def _find(session: Session, number_text: str) -> Payment:
    """Return the payment that is to be taken back (`not_found`, `bad_input`)."""
    payment = own_payment(session, number_text)
    if payment.kind == UNDO:
        raise bad_input(
            N_("{payment} takes {other} back, and can't be undone itself."),
            N_("Enter the payment anew."),
            payment=number(PAYMENT, payment.id),
            other=number(PAYMENT, payment.of or 0),
        )
    return payment


def ignore(caller: Caller, source: str) -> IgnoredBooking:
    """Note that a booking is none of ours, so that no statement proposes it again; the same again changes nothing.

    Errors: `already_exists` where it was entered as a payment, and the clock's.
    """
    with writing(caller) as session:
        booked = payments.of_source(session.connection, source)
        if booked:
            raise SubctlError(
                "already_exists",
                N_("The booking {source} was entered as {payment}."),
                N_("If that is wrong: {command}"),
                source=source,
                payment=number(PAYMENT, booked[0].id),
                command=f"subctl pay --undo {number(PAYMENT, booked[0].id)}",
            )
        since = payments.ignored(session.connection, source)
        if since is not None:
            return IgnoredBooking(source, since, changed=False)
        session.check_clock()
        if session.writes:
            payments.ignore(session.connection, source, session.day)
            session.record(None, ignored=source)
        return IgnoredBooking(source, session.day, changed=True)
