"""Issuing invoices: a draft gets its number, its due date and its buyer, for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from subctl.domain.invoice import Draft
from subctl.service.parties import language_of
from subctl.service.session import Session
from subctl.store import read, write
from subctl.store.facts import invoice_row

if TYPE_CHECKING:
    from subctl.results.words import Words
    from subctl.store.documents import Invoice
    from subctl.store.tables import Row


def issue(session: Session, space: read.Space, draft: Draft, *, order: int | None = None) -> int:
    """Issue one invoice today, and return its id (pricing.md 7)."""
    return write.insert_invoice(session.connection, space.id, draft.day, row_of(session, space, draft), order)


def row_of(session: Session, space: read.Space, draft: Draft) -> Row:
    """Return the row of an invoice of today, from its catalog on (pricing.md 7)."""
    catalog = session.catalog
    row = invoice_row(draft, catalog.due_date(draft.day), _words(session, space, draft))
    return (catalog.id, space.buyer, None, *row)


def wordings(session: Session, space: read.Space, drafts: Iterable[Draft]) -> Iterator[Words]:
    """Yield what invoices of a space say today, in the language of its papers."""
    for draft in drafts:
        yield _words(session, space, draft)


def _words(session: Session, space: read.Space, draft: Draft) -> Words:
    return session.caller.wording(draft, language_of(space.details), session.catalogs)


def issue_credit(session: Session, invoice: Invoice, draft: Draft) -> int:
    """Issue the credit note of an invoice today: its mirror; seller, buyer and words too (pricing.md 4.11)."""
    row = (invoice.catalog, invoice.buyer, invoice.id, *invoice_row(draft, None, invoice.words))
    return write.insert_invoice(session.connection, invoice.space, draft.day, row, invoice.order)
