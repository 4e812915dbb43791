"""Collecting what is open and due by direct debit, and noting that a file was never sent (payments.md 9.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from subctl.domain.collection import Collection, Debit, debit_day
from subctl.domain.errors import SubctlError
from subctl.domain.mandate import lapsed, last_use, refuse_currency
from subctl.domain.money import format_amount
from subctl.domain.numbers import COLLECTION, number
from subctl.domain.sentence import N_
from subctl.results.collections import ShownCollection
from subctl.service.account import books
from subctl.service.caller import Caller
from subctl.service.collections import found_collection, shown_collection
from subctl.service.session import Session, reading, writing
from subctl.service.under_way import not_under_way, waiting_debits
from subctl.store import balances, collections, mandates


def preview_collect(caller: Caller, on: date | None) -> ShownCollection:
    """Return what `collect` would collect, and write nothing."""
    with reading(caller) as session:
        return _collect(session, on, None)


def collect(caller: Caller, on: date | None, shown: ShownCollection | None = None) -> ShownCollection:
    """Collect what is open, due by a day and not under way, from spaces with a mandate; `shown` was agreed to.

    `on` is the day of the debit (None: the first that banks take). With nothing new the last file of that day is the
    answer, and nothing changes. Errors: `bad_input`, `no_mandate`, `not_collectable`, `expectation_failed` where
    something else is open than was shown, and the clock's.
    """
    with writing(caller) as session:
        return _collect(session, on, shown)


def _collect(session: Session, wanted: date | None, agreed: ShownCollection | None) -> ShownCollection:
    refuse_currency(session.catalog.currency, "not_collectable")
    on = debit_day(session.day, wanted)
    debits = tuple(_debits(session, on))
    last = None if debits else collections.newest_on(session.connection, on)
    if last is not None:
        return shown_collection(session, last, changed=False)
    _refuse_nothing(session, debits, on)
    session.check_clock()
    new = Collection(0, session.day, on, session.catalog.id, debits)
    shown = shown_collection(session, new)
    if agreed is not None and agreed != shown:
        raise SubctlError(
            "expectation_failed", N_("What is open has changed since this preview."), N_("Look again, then collect.")
        )
    if not session.writes:
        return shown
    kept = collections.insert(session.connection, new)
    name, amount = number(COLLECTION, kept.id), format_amount(shown.amount, session.catalog.currency)
    session.record(None, collection=name, on=on.isoformat(), debits=len(debits), amount=amount)
    return shown._replace(number=name)


def _refuse_nothing(session: Session, debits: tuple[Debit, ...], on: date) -> None:
    """Refuse a file without debits, or without who gets the money."""
    if not mandates.paying_by(session.connection):
        raise SubctlError(
            "no_mandate",
            N_("No space pays by direct debit under a mandate."),
            N_("Enter one: {command}"),
            command="subctl mandate add ID --space SPACE --signed DATE",
        )
    if not debits:
        raise SubctlError(
            "not_collectable",
            N_("Nothing is to be debited on {day}: nothing that is due by then is open and not under way."),
            N_("{command} shows what is open."),
            day=on,
            command="subctl owed",
        )
    for key, value in (("iban", session.catalog.seller.iban), ("creditor_id", session.catalog.seller.creditor_id)):
        if value is None:
            raise SubctlError(
                "not_collectable",
                N_("The catalog doesn't say for whom is collected: {key} is missing in {table}."),
                N_("Add it to the file of {command}, and import that."),
                key=key,
                table="[seller]",
                command="subctl catalog export",
            )


def _debits(session: Session, on: date) -> Iterator[Debit]:
    """Yield what is debited, by the numbers of the invoices."""
    paying = mandates.paying_by(session.connection)
    waiting = waiting_debits(session)
    uneven = (space for space in balances.uneven(session.connection, session.day) if space in paying)
    found: list[Debit] = []
    for space, book in books(session, uneven):
        due = [item for item in book.on(session.day).open_items if item.due is not None and item.due <= on]
        if due and _serves(session, paying[space], on):
            found += [Debit(item.id, item.open, paying[space]) for item in not_under_way(session, book, due, waiting)]
    yield from sorted(found)


def _serves(session: Session, name: str, on: date) -> bool:
    """Tell whether a mandate is one by which may be debited on a day."""
    found = mandates.mandate(session.connection, name)
    return found is not None and not lapsed(last_use(found.added, mandates.days_of_use(session.connection, found)), on)


def drop(caller: Caller, number_text: str) -> ShownCollection:
    """Note that a file was never sent, so that what stands in it can be collected anew; again it changes nothing.

    Errors: `not_found`, and the clock's.
    """
    with writing(caller) as session:
        found = found_collection(session, number_text)
        if found.dropped is not None:
            return shown_collection(session, found, changed=False)
        session.check_clock()
        if session.writes:
            collections.drop(session.connection, found, session.day)
            session.record(None, dropped=number(COLLECTION, found.id))
        return shown_collection(session, found._replace(dropped=session.day))
