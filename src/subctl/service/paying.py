"""Entering money that came, or went back: for invoices that are named, or for the space (payments.md 9, 10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.invoice import CREDIT
from subctl.domain.money import Amount, parse_amount
from subctl.domain.numbers import INVOICE, PAYMENT, number, parse_number
from subctl.domain.paying import (
    Allotted,
    Named,
    allotted,
    open_of,
    parse_paid,
    refuse_later,
    refuse_refund,
    refuse_twice,
    standing,
)
from subctl.domain.payment import BANK, RECEIPT, REFUND, Part, Payment
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.domain.settlement import in_force
from subctl.results.payments import ShownPayment
from subctl.service.account import Book, book_of
from subctl.service.caller import Caller
from subctl.service.effect import effect_of, noted
from subctl.service.payments import shown_payment, taken_back_by
from subctl.service.session import Session, reading, writing
from subctl.store import documents, history, payments


class Asked(Record):
    """What somebody says was paid: amounts are as he wrote them, `invoices` by their numbers, each with its amount.

    Without an amount it is what is open of the invoices, or all of the credit that a `refund` gives back. `expect` is
    what must be open.
    """

    invoices: tuple[tuple[str, str | None], ...] = ()
    amount: str | None = None
    day: date | None = None
    method: str = BANK
    reference: str | None = None
    source: str | None = None
    refund: bool = False
    expect: str | None = None


class _Paying(Record):
    """A payment that is worked out: what is asked, read, and all that its space was asked for and paid."""

    session: Session
    asked: Asked
    space: str
    named: tuple[Named, ...]
    amount: int | None
    day: date
    book: Book

    @property
    def currency(self) -> str:
        """The store's currency."""
        return self.session.catalog.currency

    @property
    def open_ended(self) -> bool:
        """Whether all that is open is paid, or all the credit given back, however much that is."""
        return self.amount is None and all(each.amount is None for each in self.named)

    @property
    def credit(self) -> int:
        """What can be given back: the credit of the money's day, and today's."""
        return self._credit(self.book, self.session.day)

    def _credit(self, book: Book, today: date) -> int:
        return min(book.on(self.day).credit, book.on(today).credit)

    def allotted(self, book: Book, today: date) -> Allotted:
        """Return amount and parts, had it been asked on a day with what was known then."""
        if self.asked.refund:
            credit = self._credit(book, today)
            amount = credit if self.amount is None else self.amount
            refuse_refund(amount, credit, self.currency, self.space)
            return -amount, ()
        return allotted(self.named_in(book, today), self.amount, open_of(book.on(today)), self.currency)

    def named_in(self, book: Book, day: date) -> list[Named]:
        """Return the invoices named; for one that was corrected, the one that stood in its place on a day."""
        return [each._replace(invoice=self._standing(each.invoice, book, day)) for each in self.named]

    def _standing(self, invoice: int, book: Book, day: date) -> int:
        return standing(invoice, self.book.claims, [claim for claim in book.claims if claim.day <= day])

    def was(self, payment: Payment) -> Allotted | None:
        """Return amount and parts, had it been asked when a payment was entered; nothing where it was refused."""
        entry = history.sealed_with(self.session.connection, "payments", payment.id)
        try:
            amount, parts = self.allotted(self.book.before(payment, entry), payment.entered)
        except SubctlError:
            return None
        return amount, self.by_now(parts)

    def by_now(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        """Return parts; what names an invoice that was corrected since is for the one in its place."""
        today = self.session.day
        return tuple(part._replace(invoice=self._standing(part.invoice, self.book, today)) for part in parts)


def preview_pay(caller: Caller, asked: Asked, space: str | None) -> ShownPayment:
    """Return the payment that would be entered, refused where it would be, and write nothing."""
    with reading(caller, space) as session:
        return _pay(session, asked, space, None)


def pay(caller: Caller, asked: Asked, space: str | None, shown: ShownPayment | None = None) -> ShownPayment:
    """Enter a payment of a space, or of that of the invoices named; the same again changes nothing.

    `shown` is the preview that was agreed to. Errors: `bad_input`, `not_found`, `other_space`, `nothing_to_refund`,
    `already_exists` where its source was booked otherwise, `expectation_failed`, and the clock's.
    """
    with writing(caller, space) as session:
        return _pay(session, asked, space, shown)


def _pay(session: Session, asked: Asked, space: str | None, shown: ShownPayment | None) -> ShownPayment:
    paying = _read(session, asked, space)
    known = _known(paying)
    if known is not None:
        return known
    amount, parts = paying.allotted(paying.book, session.day)
    _refuse_unexpected(paying)
    session.check_clock()
    kind = REFUND if asked.refund else RECEIPT
    new = Payment(
        0, paying.space, paying.day, amount, kind, None, session.day, asked.method, asked.reference, asked.source, parts
    )
    found = shown_payment(session, new)._replace(effect=effect_of(paying.book, new, session.day))
    if shown is not None and shown != found:
        raise SubctlError(
            "expectation_failed",
            N_("What is open has changed since this preview."),
            N_("Look again, then enter the payment."),
        )
    if not session.writes:
        return found
    (entered,) = payments.insert(session.connection, [new])
    session.record(paying.space, **noted(entered, paying.currency))
    return found._replace(number=number(PAYMENT, entered.id))


def _read(session: Session, asked: Asked, space: str | None) -> _Paying:
    """Read what is asked (`bad_input`, `not_found`, `other_space`)."""
    currency = session.catalog.currency
    space_id = session.space_id(space) if space is not None or not asked.invoices else None
    found = [_invoice(session, name) for name, _ in asked.invoices]
    for name, invoice in zip(asked.invoices, found, strict=True):
        space_id = space_id or invoice.space
        _refuse_other(space_id, invoice, name[0])
    session.load(space_id)
    assert space_id is not None  # noqa: S101  # an invoice is named, or `space_id` has found one
    named = tuple(
        Named(invoice.id, None if text is None else parse_paid(text, currency, number(INVOICE, invoice.id)))
        for invoice, (_, text) in zip(found, asked.invoices, strict=True)
    )
    day = asked.day or session.day
    refuse_later(day, session.day)
    amount = None if asked.amount is None else parse_paid(asked.amount, currency, "--amount")
    paying = _Paying(session, asked, space_id, named, amount, day, book_of(session, space_id))
    refuse_twice(paying.named_in(paying.book, session.day))
    return paying


def _invoice(session: Session, name: str) -> documents.Invoice:
    series, invoice_id = parse_number(name)
    found = documents.invoice(session.connection, invoice_id, session.catalog.currency) if series == INVOICE else None
    return session.own_document(found, name, "invoice")


def _refuse_other(space: str, invoice: documents.Invoice, name: str) -> None:
    """Refuse an invoice of another space, and a credit note."""
    if invoice.space != space:
        raise SubctlError(
            "other_space",
            N_("{invoice} is an invoice of {other}, not of {space}."),
            N_("A payment belongs to one space: enter one for each."),
            invoice=name,
            other=invoice.space,
            space=space,
        )
    if invoice.draft.kind == CREDIT:
        raise bad_input(
            N_("{invoice} is a credit note: nothing is paid for it."),
            N_("Name the invoice, or enter what is given back with --refund."),
            invoice=name,
        )


def _known(paying: _Paying) -> ShownPayment | None:
    """Return what there is already, where the same was asked before: nothing changes then."""
    session, asked = paying.session, paying.asked
    if asked.source is not None:
        return _booked(paying, asked.source)
    counting = in_force(paying.book.payments, session.day)
    if paying.open_ended and not asked.refund:
        if paying.allotted(paying.book, session.day)[0]:
            return None
        named = {each.invoice for each in paying.named_in(paying.book, session.day)}
        paid = [each for each in counting if named & {part.invoice for part in paying.by_now(each.parts)}]
        return shown_payment(session, paid[-1], changed=False) if paid else _nothing(paying)
    if paying.open_ended and paying.credit:
        return None
    kind = REFUND if asked.refund else RECEIPT
    wanted = (paying.day, kind, asked.method, asked.reference)
    for payment in counting:
        same = (payment.day, payment.kind, payment.method, payment.reference) == wanted
        if same and paying.was(payment) == (payment.amount, paying.by_now(payment.parts)):
            return shown_payment(session, payment, changed=False)
    return None


def _booked(paying: _Paying, source: str) -> ShownPayment | None:
    """Return the payment that was booked from a source for this space (`already_exists` where it was otherwise)."""
    session, hint = paying.session, N_("Enter a payment that is no booking of a statement without --source.")
    if payments.ignored(session.connection, source):
        raise SubctlError(
            "already_exists", N_("The booking {source} is ignored: it is none of ours."), hint, source=source
        )
    booked = [each for each in paying.book.payments if each.source == source]
    if not booked:
        return None
    taker, was = taken_back_by(session, booked[0]), paying.was(booked[0])
    if taker is not None:
        what = N_("The booking {source} was entered as {payment}, which {other} takes back.")
    elif was is None or was[0] != booked[0].amount:
        what = N_("The booking {source} was entered as {payment}, with another amount: {amount}.")
    else:
        return shown_payment(session, booked[0], changed=False)
    raise SubctlError(
        "already_exists",
        what,
        hint,
        source=source,
        payment=number(PAYMENT, booked[0].id),
        other=number(PAYMENT, taker.id) if taker else None,
        amount=Amount(booked[0].amount, paying.currency),
    )


def _nothing(paying: _Paying) -> ShownPayment:
    """Return a payment of nothing: no payment has paid these invoices, and none is open."""
    asked, today = paying.asked, paying.session.day
    none = Payment(0, paying.space, paying.day, 0, RECEIPT, None, today, asked.method, asked.reference, None, ())
    return shown_payment(paying.session, none, changed=False)


def _refuse_unexpected(paying: _Paying) -> None:
    """Refuse a payment where something else is open than was expected (`expectation_failed`)."""
    if paying.asked.expect is None:
        return
    wanted = parse_amount(paying.asked.expect, paying.currency, "--expect")
    account = paying.book.on(paying.session.day)
    open_ = open_of(account)
    named = paying.named_in(paying.book, paying.session.day)
    found = sum(open_.get(each.invoice, 0) for each in named) if named else account.open
    if wanted != found:
        raise SubctlError(
            "expectation_failed",
            N_("{open} is open, not {expected}."),
            N_("Look with --dry-run, then enter the payment with the right --expect."),
            open=Amount(found, paying.currency),
            expected=Amount(wanted, paying.currency),
        )
