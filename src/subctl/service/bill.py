"""Issuing the recurring invoices that are due, for all contracts or one, in batches (pricing.md 4.3, 7.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from subctl.domain.document import Document, period_document
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import Draft, billed_until_after, recurring_drafts
from subctl.domain.money import format_amount
from subctl.domain.numbers import INVOICE, number
from subctl.service import access
from subctl.service.session import Caller, Session, reading, writing
from subctl.store import bulk

BATCH = 1000
"""Contracts in one transaction: other writers get their turn between two of them."""

Progress = Callable[[int, int], None]


def bill(caller: Caller, asked: str | None, progress: Progress | None = None) -> Document:
    """Issue what is due today; a contract that fails is named, and the others go on.

    Run again, it issues nothing. Errors: `not_administrator`, `not_found`, and the clock's.
    """
    issued: list[Document] = []
    failed: list[Document] = []
    with reading(caller, "bill") as session:
        access.require(session.rights, "bill", None, caller.account)
        spaces = _scope(session, asked)
        total, day = bulk.count_due(session.connection, session.day, spaces), session.day
        if total:
            session.check_clock()
    place, done = bulk.START, 0
    while done < total:
        taken = _batch(caller, spaces, place, issued, failed)
        if taken is None:
            break
        place, count = taken
        done += count
        if progress:
            progress(done, total)
    return {"schema": "bill/1", "date": day.isoformat(), "issued": issued, "failed": failed}


def _scope(session: Session, asked: str | None) -> list[str] | None:
    if asked is not None:
        return [session.space_id(asked)]
    return None if access.WHOLE_STORE in session.rights else sorted(session.rights)


def _batch(
    caller: Caller, spaces: list[str] | None, place: bulk.Place, issued: list[Document], failed: list[Document]
) -> tuple[bulk.Place, int] | None:
    """Bill up to `BATCH` contracts in one transaction; return where the run stands, or nothing at its end."""
    with writing(caller, "bill") as session:
        contracts = bulk.due_after(session.connection, session.day, spaces, place, BATCH)
        if not contracts:
            return None
        drafts: list[tuple[bulk.Due, Draft]] = []
        billed: list[tuple[str, date]] = []
        errors: list[Document] = []
        for due in contracts:
            try:
                mine = recurring_drafts(due.contract, session.day, session.day, session.catalogs, due.buyer)
                drafts += [(due, draft) for draft in mine if draft.net]
                billed.append((due.contract.space, billed_until_after(due.contract, session.day)))
            except SubctlError as error:
                problem = {"code": error.code, "message": error.message, "hint": error.hint}
                errors.append({"space": due.contract.space, "error": problem})
        numbers = _write(session, drafts, billed)
    issued += [_item(session, name, due, draft) for name, (due, draft) in zip(numbers, drafts, strict=True)]
    failed += errors
    return contracts[-1].place, len(contracts)


def _write(
    session: Session, drafts: list[tuple[bulk.Due, Draft]], billed: list[tuple[str, date]]
) -> list[str] | list[None]:
    if not session.writes:
        return [None] * len(drafts)
    if not billed:
        return []
    session.check_clock()
    catalog = session.catalog
    ids = bulk.insert_invoices(session.connection, session.day, drafts, catalog.id, catalog.policy.payment_days)
    bulk.move_on(session.connection, billed)
    numbers = [number(INVOICE, invoice_id) for invoice_id in ids]
    session.record(None, contracts=len(billed), invoices=len(numbers), first=numbers[:1], last=numbers[-1:])
    return numbers


def _item(session: Session, name: str | None, due: bulk.Due, draft: Draft) -> Document:
    currency = draft.currency
    return {
        "number": name,
        "space": due.contract.space,
        "period": period_document(draft.period),
        "net": format_amount(draft.net, currency),
        "vat": format_amount(draft.tax, currency),
        "total": format_amount(draft.total, currency),
        "currency": session.catalog.currency,
    }
