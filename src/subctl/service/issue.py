"""Issuing invoices: a draft gets its number, its due date and its buyer, for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from subctl.domain.invoice import Draft
from subctl.domain.numbers import INVOICE, number
from subctl.service.parties import language_of
from subctl.service.session import Session
from subctl.store import read, write

if TYPE_CHECKING:
    from subctl.results.words import Words
    from subctl.store.documents import Invoice


def issue(session: Session, space: read.Space, draft: Draft, *, order: int | None = None) -> int:
    """Issue one invoice today, and return its id (pricing.md 7)."""
    catalog = session.catalog
    return write.insert_invoice(
        session.connection,
        space.id,
        draft,
        catalog.due_date(draft.day),
        words=_words(session, space, draft),
        catalog=catalog.id,
        buyer=space.buyer,
        order=order,
    )


def wordings(session: Session, space: read.Space, drafts: Iterable[Draft]) -> Iterator[Words]:
    """Yield what invoices of a space say today, in the language of its papers."""
    for draft in drafts:
        yield _words(session, space, draft)


def _words(session: Session, space: read.Space, draft: Draft) -> Words:
    return session.caller.wording(draft, language_of(space.details), session.catalogs)


def issue_credit(session: Session, invoice: Invoice, draft: Draft) -> int:
    """Issue the credit note of an invoice today: its mirror; seller, buyer and words too (pricing.md 4.11)."""
    return write.insert_invoice(
        session.connection,
        invoice.space,
        draft,
        None,
        words=invoice.words,
        catalog=invoice.catalog,
        buyer=invoice.buyer,
        order=invoice.order,
        credits_=invoice.id,
    )


def issue_all(session: Session, space: read.Space, drafts: Iterable[Draft]) -> list[str]:
    """Issue several invoices, and return their numbers."""
    return [number(INVOICE, issue(session, space, draft)) for draft in drafts]
