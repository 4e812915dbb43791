"""Deadlines: renewals, last days to reduce and to cancel, ends, quotes that run out, invoices to be paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from heapq import nsmallest

from subctl.domain.contract import Contract
from subctl.domain.numbers import INVOICE, QUOTE, number
from subctl.domain.settlement import INVOICE as INVOICE_ITEM
from subctl.results import deadlines
from subctl.results.deadlines import DeadlineItem, Deadlines
from subctl.service.account import book_of
from subctl.service.caller import Caller
from subctl.service.contract_page import next_cancel, next_downgrade
from subctl.service.open_quotes import is_open
from subctl.service.paging import Wanted
from subctl.service.session import Session, reading
from subctl.store import documents, read
from subctl.store.rows import day_or_none, read_day
from subctl.store.sorting import in_order
from subctl.store.tables import Row

_PAGE = 1000

_KEYS = 4
"""As many fields of a deadline, from the first on, sort it."""


def list_deadlines(session: Session, wanted: Wanted) -> Deadlines:
    """Return what lies ahead, soonest first: from today on, unless another day is wanted.

    A contract has the next of its renewals, reductions and ends. What is paid or was credited is not to be paid.
    """
    store, currency = read.first_hash(session.connection), session.catalog.currency
    wanted = wanted._replace(since=wanted.since or session.day)
    if wanted.limit is None:
        return Deadlines(_Whole(session.caller, wanted), store, currency, None)
    found = nsmallest(wanted.limit + 1, _found(session.caller, wanted), key=lambda item: item[:_KEYS])
    return Deadlines(found[: wanted.limit], store, currency, len(found) > wanted.limit)


class _Whole:
    """All deadlines that are wanted, read when they are gone through; they are sorted outside of memory."""

    def __init__(self, caller: Caller, wanted: Wanted) -> None:
        self._caller, self._wanted = caller, wanted

    def __iter__(self) -> Iterator[DeadlineItem]:
        rows = map(_row, _found(self._caller, self._wanted))
        return map(_item, in_order(rows, len(DeadlineItem._fields), _KEYS))


def _row(item: DeadlineItem) -> Row:
    fields = item._replace(number=item.number or "")
    return tuple(field.isoformat() if isinstance(field, date) else field for field in fields)


def _item(row: Row) -> DeadlineItem:
    day, space, kind, number_, name, changed_on, version, effective, last_day, amount = row
    return DeadlineItem(
        read_day(day),
        space,
        kind,
        number_ or None,
        name,
        read_day(changed_on),
        version,
        day_or_none(effective),
        day_or_none(last_day),
        amount,
    )


def _found(caller: Caller, wanted: Wanted) -> Iterator[DeadlineItem]:
    """Yield what is wanted, space by space, each page in a visit of its own: no writer waits for a long list."""
    start: str | None = ""
    while start is not None:
        with reading(caller) as session:
            spaces, start = _page_of_spaces(session, wanted, start)
            found = [item for space in spaces for item in _of_space(session, space, wanted)]
        yield from found


def _page_of_spaces(session: Session, wanted: Wanted, start: str) -> tuple[list[str], str | None]:
    """Return some spaces from `start` on, sorted, and the one with which the next page begins (None: there is none)."""
    scope = session.scope(wanted.space)
    if scope is not None:
        return scope, None
    spaces = list(read.space_ids(session.connection, _PAGE + 1, start))
    return spaces[:_PAGE], spaces[_PAGE] if len(spaces) > _PAGE else None


def _of_space(session: Session, space_id: str, wanted: Wanted) -> list[DeadlineItem]:
    """Return the deadlines of one space that are wanted."""
    space, contract = session.load(space_id)
    changed_on = documents.changed_on(session.connection, contract)
    item = DeadlineItem(contract.entered_on, space_id, "", None, space.details.name, changed_on, contract.version)
    found = [
        *_of_contract(session, contract, item),
        *_of_quotes(session, contract, item),
        *_of_invoices(session, item),
    ]
    return [each for each in found if _fits(each, wanted)]


def _fits(item: DeadlineItem, wanted: Wanted) -> bool:
    in_time = (wanted.since or item.day) <= item.day <= (wanted.until or item.day)
    return in_time and wanted.kind in (None, item.kind)


def _of_contract(session: Session, contract: Contract, item: DeadlineItem) -> Iterator[DeadlineItem]:
    """Yield until when a contract can be reduced and cancelled, and when it renews or ends."""
    day, notice = session.day, session.catalog.policy.notice_months
    if contract.ended(day):
        return
    if downgrade := next_downgrade(contract, day, notice):
        yield item._replace(kind=deadlines.DOWNGRADE, day=downgrade.by, effective=downgrade.effective)
    if cancel := next_cancel(contract, day, notice):
        yield item._replace(kind=deadlines.CANCEL, day=cancel.by, last_day=cancel.last_day)
    if contract.last_day is not None:
        yield item._replace(kind=deadlines.END, day=contract.last_day, last_day=contract.last_day)
    boundary = contract.period_at(day).end
    if boundary != contract.end:
        yield item._replace(kind=deadlines.RENEWAL, day=boundary)


def _of_quotes(session: Session, contract: Contract, item: DeadlineItem) -> Iterator[DeadlineItem]:
    """Yield the last days of the quotes that can still be ordered."""
    for quote in documents.quotes_of(session.connection, contract.space, contract.entered_on, contract.version):
        if is_open(session, quote, contract):
            name, due = number(QUOTE, quote.id), quote.change.total_now
            yield item._replace(kind=deadlines.QUOTE, day=quote.valid_until, number=name, amount=due)


def _of_invoices(session: Session, item: DeadlineItem) -> Iterator[DeadlineItem]:
    """Yield the due dates of what is open of invoices: what is paid or was credited asks for nothing."""
    for each in book_of(session, item.space).on(session.day).open_items:
        if each.form == INVOICE_ITEM and each.due:
            yield item._replace(kind=deadlines.INVOICE, day=each.due, number=number(INVOICE, each.id), amount=each.open)
