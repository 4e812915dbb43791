"""Mandates of direct debits: one for a space at a time (payments.md 9.6)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.errors import SubctlError
from subctl.domain.mandate import (
    ACTIVE,
    B2B,
    CORE,
    ENDED,
    LAPSED,
    lapsed,
    last_use,
    no_account,
    parse_mandate,
    refuse_currency,
    refuse_future,
)
from subctl.domain.refusals import DIRECT_DEBIT
from subctl.domain.sentence import N_
from subctl.domain.text import masked_account
from subctl.results.mandates import ChangedMandate, MandateItem, Mandates
from subctl.service.caller import Caller
from subctl.service.identifiers import check_iban
from subctl.service.paging import Page, Wanted, listed, page
from subctl.service.session import Session, writing
from subctl.store import mandates, read

if TYPE_CHECKING:
    from subctl.store.tables import Row


def add(caller: Caller, name: str, space_id: str, signed: date, iban: str | None, *, b2b: bool) -> ChangedMandate:
    """Add a mandate for a space, and let its documents name it from now on; the same again changes nothing.

    Without an `iban` it is for the account of the space. Errors: `bad_input`, `not_found`, `payment_method` where
    invoices aren't in EUR, `already_exists` where the id is another mandate's or the space has one, and the clock's.
    """
    with writing(caller, space_id) as session:
        space = read.space(session.connection, session.space_id(space_id))
        assert space is not None  # noqa: S101  # `space_id` has found it
        refuse_currency(session.catalog.currency)
        account = check_iban(iban) if iban else space.iban
        if account is None:
            raise no_account(space.id)
        refuse_future(signed, session.day)
        scheme = B2B if b2b else CORE
        new = mandates.Mandate(0, parse_mandate(name), space.id, session.day, signed, scheme, account)
        known = mandates.mandate(session.connection, name)
        if known is not None and known._replace(id=0, added=session.day) == new:
            return _changed(session, space, known, changed=False)
        _refuse_second(session, space, known)
        session.check_clock()
        if session.writes:
            mandates.insert(session.connection, new)
            _let_name(session, space, name)
            session.record(
                space.id, mandate=name, signed=signed.isoformat(), scheme=scheme, iban=masked_account(account)
            )
        return _changed(session, space, new, changed=True)


def _refuse_second(session: Session, space: read.Space, known: mandates.Mandate | None) -> None:
    """Refuse an id that is given away, and a second mandate beside one that serves (`already_exists`)."""
    if known is not None:
        raise SubctlError(
            "already_exists",
            N_("There is another mandate {mandate}, of {space}."),
            N_("See {command}."),
            mandate=known.name,
            space=known.space,
            command="subctl mandate list",
        )
    current = space.details.mandate
    if current is None:
        return
    found = mandates.mandate(session.connection, current)
    if found is not None and _status(session, found) == ACTIVE:
        raise SubctlError(
            "already_exists",
            N_("{space} has the mandate {mandate} already."),
            N_("End it first: {command}"),
            space=space.id,
            mandate=current,
            command=f"subctl mandate end {current}",
        )


def _let_name(session: Session, space: read.Space, name: str | None) -> None:
    """Let the documents of a space name a mandate from now on, or none: those that there are keep theirs."""
    from subctl.store import write

    buyer = write.insert_buyer(session.connection, space.details._replace(mandate=name))
    write.update_space(session.connection, space._replace(buyer=buyer))


def end(caller: Caller, name: str) -> ChangedMandate:
    """End a mandate: nothing is debited by it any more, and its documents keep it; ending it again changes nothing.

    Errors: `not_found`, and the clock's.
    """
    with writing(caller) as session:
        found = mandates.mandate(session.connection, parse_mandate(name))
        if found is None:
            raise SubctlError(
                "not_found",
                N_("There is no mandate {mandate}."),
                N_("{command} shows what there is."),
                mandate=name,
                command="subctl mandate list",
            )
        space, _ = session.load(found.space)
        if found.ended is not None:
            return _changed(session, space, found, changed=False)
        session.check_clock()
        if session.writes:
            mandates.end(session.connection, found, session.day)
            if space.details.mandate == found.name:
                _let_name(session, space, None)
            session.record(space.id, ended=found.name)
        return _changed(session, space, found._replace(ended=session.day), changed=True)


def _changed(session: Session, space: read.Space, found: mandates.Mandate, *, changed: bool) -> ChangedMandate:
    return ChangedMandate(_item(session, found), space.payment == DIRECT_DEBIT, changed)


def _item(session: Session, found: mandates.Mandate) -> MandateItem:
    account = masked_account(found.iban)
    status = _status(session, found)
    return MandateItem(found.name, found.space, found.added, found.signed, found.scheme, account, status, found.ended)


def _status(session: Session, found: mandates.Mandate) -> str:
    if found.ended is not None:
        return ENDED
    used = last_use(found.added, mandates.days_of_use(session.connection, found))
    return LAPSED if lapsed(used, session.day) else ACTIVE


def list_mandates(session: Session, wanted: Wanted) -> Mandates:
    """Return mandates, newest first, in the spaces that this account may see."""
    items, more = listed(session, _page, wanted)
    return Mandates(items, more)


def _page(session: Session, wanted: Wanted, after: Row, size: int) -> Page[MandateItem]:
    found = mandates.mandates(session.connection, wanted.sought(session), size, after)
    items = [((each.id,), _item(session, each)) for each in found]
    return page(items, size, lambda item: wanted.status in (None, item.status))
