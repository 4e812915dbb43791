"""Entering what a bank statement says: the sure bookings in one transaction, the rest is told (payments.md 11)."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from subctl.domain.cards import masked
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.matching import CERTAINTIES, SURE, Match
from subctl.domain.money import format_amount
from subctl.domain.numbers import INVOICE, PAYMENT, number, optional_number
from subctl.domain.payment import Payment
from subctl.domain.sentence import N_
from subctl.domain.text import masked_account
from subctl.results.listed import Listed
from subctl.results.payments import PaidPart
from subctl.results.statements import KNOWN, ShownBooking, Statement
from subctl.service.caller import Caller
from subctl.service.camt import Expected
from subctl.service.matcher import Matcher
from subctl.service.progress import Progress
from subctl.service.session import Session, reading, writing
from subctl.service.spool import Into, Spool
from subctl.service.statement_file import Told, read_statement
from subctl.service.text_file import TextFile
from subctl.store import payments

BATCH = 1000
"""Payments that are written at once."""

_DIGITS = 32


def read_file(caller: Caller, file: TextFile, told: Spool[Told], progress: Progress | None = None) -> None:
    """Read a statement while nothing is locked, however slowly it comes (`bad_input`)."""
    with reading(caller) as session:
        expected = _expected(session)
    read_statement(file, expected, told, progress)


def _expected(session: Session) -> Expected:
    """Return what a statement must be of: any account that a catalog has named as the seller's (`bad_input`)."""
    accounts = [catalog.seller.iban for catalog in session.catalogs.imported if catalog.seller.iban]
    if not accounts:
        raise bad_input(
            N_("No catalog says which account is the seller's."),
            N_("Import one with iban in [seller]: {command}"),
            command="subctl catalog import FILE",
        )
    return Expected(frozenset(accounts), accounts[0], session.catalog.currency, session.day)


def preview_statement(
    caller: Caller, told: Listed[Told], shown: Into[ShownBooking], progress: Progress | None = None
) -> Statement:
    """Return what would be entered of a statement, and add each of its bookings to `shown`; write nothing."""
    with reading(caller) as session:
        return _enter(session, told, shown, progress)


def enter_statement(
    caller: Caller,
    told: Listed[Told],
    shown: Into[ShownBooking],
    preview: Statement | None = None,
    progress: Progress | None = None,
) -> Statement:
    """Enter the sure bookings of a statement that weren't before, all at once; add each booking to `shown`.

    `preview` is what was agreed to. Errors: `expectation_failed` where something else would be entered by now, and
    the clock's.
    """
    with writing(caller) as session:
        entered = _enter(session, told, shown, progress)
        if preview is not None and entered.numbers and entered.digest != preview.digest:
            raise SubctlError(
                "expectation_failed",
                N_("What is open has changed since this preview."),
                N_("Look again, then enter the statement."),
            )
        return entered


def _enter(session: Session, told: Listed[Told], shown: Into[ShownBooking], progress: Progress | None) -> Statement:
    entering = _Entering(session)
    for done, each in enumerate(told, 1):
        shown.append(entering.take(each))
        if progress:
            progress(done, len(told))
    return entering.end(shown)


class _Entering:
    """A statement that is entered, booking by booking."""

    def __init__(self, session: Session) -> None:
        self._session, self._matcher = session, Matcher(session)
        self._currency = session.catalog.currency
        self._waiting: list[Payment] = []
        self._counts = Counter(dict.fromkeys((*CERTAINTIES, KNOWN), 0))
        self._amount, self._digest = 0, sha256()
        self._numbers: tuple[str, str] | None = None

    def take(self, told: Told) -> ShownBooking:
        """Return what becomes of a booking."""
        source, known = self._matcher.source(told)
        matched = Match(KNOWN) if known else self._matcher.match(told.booking)
        self._counts[matched.certainty] += 1
        name = None
        if matched.certainty == SURE:
            name = self._sure(self._matcher.enter(told.booking, source, matched))
        return _shown(told, source, matched, name)

    def _sure(self, new: Payment) -> str | None:
        if not self._numbers:
            self._session.check_clock()
        name = number(PAYMENT, new.id)
        self._numbers = (self._numbers[0] if self._numbers else name, name)
        self._amount += new.amount
        self._digest.update(repr((new.space, new.day, new.amount, new.of, new.source, new.parts)).encode())
        if not self._session.writes:
            return None
        self._waiting.append(new)
        if len(self._waiting) == BATCH:
            self._store()
        return name

    def _store(self) -> None:
        payments.insert(self._session.connection, self._waiting)
        self._waiting = []
        self._matcher.stored()

    def end(self, shown: Into[ShownBooking]) -> Statement:
        """Enter what is waiting, note it in the history, and return what became of all."""
        if self._numbers and self._session.writes:
            self._store()
            amount = format_amount(self._amount, self._currency)
            self._session.record(
                None, payments=self._counts[SURE], numbers=list(self._numbers), amount=amount, currency=self._currency
            )
        return Statement(
            day=self._session.day,
            currency=self._currency,
            bookings=shown,
            counts=dict(self._counts),
            amount=self._amount,
            numbers=self._numbers if self._session.writes else None,
            digest=self._digest.hexdigest()[:_DIGITS],
            changed=self._numbers is not None,
        )


def _shown(told: Told, source: str, matched: Match, name: str | None) -> ShownBooking:
    """Return a booking as it is shown: no card's number that somebody wrote, and only the end of an account."""
    booking = told.booking
    return ShownBooking(
        source=source,
        day=booking.day,
        amount=booking.amount,
        name=masked(booking.name),
        text=masked(" ".join(filter(None, (booking.creditor, booking.text)))),
        account=masked_account(booking.iban) if booking.iban else None,
        state=matched.certainty,
        reason=matched.reason,
        way=matched.way,
        space=matched.space,
        parts=tuple(PaidPart(number(INVOICE, part.invoice), part.amount) for part in matched.parts),
        of=optional_number(PAYMENT, matched.of.id if matched.of else None),
        payment=name,
    )
