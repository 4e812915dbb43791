"""Issuing the recurring invoices that are due, for all contracts or one, in batches (pricing.md 4.3, 7.4).

Contracts that are alike in everything that decides on their invoices share one computation, by the same
pricing code as a single contract: a large book has few kinds of contract.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.catalog import Catalogs
from subctl.domain.contract import Contract, Steps, steps_to_bill
from subctl.domain.dates import Period
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import Buyer, recurring_drafts
from subctl.domain.languages import ENGLISH
from subctl.domain.numbers import INVOICE, number
from subctl.domain.record import Record
from subctl.domain.sentence import plural
from subctl.results.billing import Billed, BillRun, NotBilled
from subctl.results.words import Wording
from subctl.service.caller import Caller
from subctl.service.progress import Progress
from subctl.service.session import Session, note_refusals, noting_refusals, reading, writing
from subctl.store import bulk, write
from subctl.store.facts import invoice_row
from subctl.store.rows import UNREADABLE
from subctl.store.tables import CONTRACTS, Row

if TYPE_CHECKING:
    from subctl.service.spool import Into
    from subctl.store.connection import Connection

BATCH = 5000
"""Contracts in one transaction: other writers get their turn between two of them."""

_MOST_KINDS = 50_000

_MOST = 10**15
"""No sound invoice comes to more minor units; a store couldn't sum what does."""

_SECONDS_IN_A_ROW, _PAUSE_SECONDS = 3.0, 0.11
"""A command that waits for its turn looks every 0.1 s: after so many seconds it finds the store free for sure."""


class _Kind(Record):
    """Everything that decides on the recurring invoices of a contract on a day, and on what they say."""

    steps: Steps
    billed_until: date
    end: date | None
    entered_on: date | None
    buyer: Buyer
    language: str


class _Bill(Record):
    """What a kind of contract has to pay: the rows of its invoices, and what is told of each; how far it goes."""

    rows: list[Row]
    told: list[tuple[Period, int, int, int, str]]
    until: str


class _Pricer:
    """Prices contracts of one run, each kind once: `known` as they stand in the store, `priced` in one form."""

    def __init__(self, day: date, catalogs: Catalogs, wording: Wording) -> None:
        self.known: dict[bulk.Terms, _Bill | SubctlError] = {}
        self.priced: dict[_Kind, _Bill] = {}
        self.day, self.catalogs, self.wording = day, catalogs, wording

    def use(self, day: date, catalogs: Catalogs) -> None:
        """Go on with the day and the catalogs of another transaction: what was priced by others is forgotten."""
        if (day, catalogs.newest) != (self.day, self.catalogs.newest) or len(self.known) >= _MOST_KINDS:
            self.known.clear()
            self.priced.clear()
        self.day, self.catalogs = day, catalogs

    def meet(self, connection: Connection, due: list[bulk.Due]) -> dict[str, SubctlError]:
        """Price those among some contracts that are like none before them; return which can't be read, by space.

        One that can't says nothing of those that are like it: another of them is priced in its place.
        """
        unreadable: dict[str, SubctlError] = {}
        waiting = due
        while waiting := [each for each in waiting if each.terms not in self.known and each.space not in unreadable]:
            one_of_each = {each.terms: each.space for each in waiting}
            found = dict(bulk.read_due(connection, one_of_each.values()))
            for terms, space in one_of_each.items():
                try:
                    self.known[terms] = self._bill(*bulk.due_contract(found.get(space)))
                except SubctlError as error:
                    unreadable[space] = error
                except UNREADABLE:
                    unreadable[space] = CONTRACTS.unreadable_at(space)
        return unreadable

    def _bill(self, contract: Contract, buyer: Buyer, language: str | None) -> _Bill | SubctlError:
        """Return what a contract has to pay, or why it can't be said: so it is for all that are alike."""
        try:
            return self._alike(contract, buyer, language or ENGLISH)
        except SubctlError as error:
            return error

    def _alike(self, contract: Contract, buyer: Buyer, language: str) -> _Bill:
        """Price a contract, unless another one differs from it only in its past."""
        steps = steps_to_bill(contract.steps, contract.billed_until)
        later = contract.entered_on if contract.entered_on > contract.billed_until else None
        kind = _Kind(steps, contract.billed_until, contract.end, later, buyer, language)
        found = self.priced.get(kind)
        if found is None:
            found = self.priced[kind] = self._priced(contract._replace(steps=steps), kind)
        return found

    def _priced(self, contract: Contract, kind: _Kind) -> _Bill:
        """Price a contract that is due; a period of 0.00 is gone by without an invoice (3.1)."""
        due_date = self.catalogs.at(self.day).due_date(self.day)
        all_due = list(recurring_drafts(contract, self.day, self.day, self.catalogs, kind.buyer))
        drafts = [draft for draft in all_due if draft.payable]
        if any(draft.total > _MOST for draft in drafts):
            raise OverflowError(contract.space)
        return _Bill(
            [invoice_row(draft, due_date, self.wording(draft, kind.language, self.catalogs)) for draft in drafts],
            [(draft.period, draft.net, draft.tax, draft.total, draft.currency) for draft in drafts],
            all_due[-1].period.end.isoformat(),
        )


def bill(
    caller: Caller, asked: str | None, progress: Progress | None = None, issued: Into[Billed] | None = None
) -> BillRun:
    """Issue what is due today; a contract that fails is named, and the others go on.

    Run again, it issues nothing. Errors: `not_administrator`, `not_found`, and the clock's.
    """
    collected: Into[Billed] = [] if issued is None else issued
    failed: list[NotBilled] = []
    with noting_refusals(caller, [asked] if asked else []), reading(caller) as session:
        session.refuse_moved()  # also where nothing is due here: at the new place there may be something
        if asked is not None:
            session.space_id(asked)
        spaces = session.scope(asked)
        total, day = bulk.count_due(session.connection, session.day, spaces), session.day
        if total:
            session.check_clock()
        pricer = _Pricer(day, session.catalogs, caller.wording)
    place, done, paused = bulk.START, 0, time.monotonic()
    while done < total:
        if done and time.monotonic() - paused >= _SECONDS_IN_A_ROW:
            time.sleep(_PAUSE_SECONDS)
            paused = time.monotonic()
        try:
            taken = _batch(caller, pricer, spaces, place, collected, failed)
        except SubctlError as error:
            raise _unfinished(error, done) from error
        if taken is None:
            break
        place, done = taken[0], done + taken[1]
        if progress:
            progress(done, max(total, done))
    return BillRun(day, collected, tuple(failed))


def _unfinished(error: SubctlError, done: int) -> SubctlError:
    """Return why a run stops; where the disk failed after some batches, the hint must not say that nothing was done."""
    if not done or error.code != "store_failed":
        return error
    hint = plural(
        "{number} contract before that is billed: run it again, it goes on where it was.",
        "{number} contracts before that are billed: run it again, it goes on where it was.",
        done,
    )
    return SubctlError(error.code, error.what, hint)


def _batch(
    caller: Caller,
    pricer: _Pricer,
    spaces: Sequence[str] | None,
    place: bulk.Place,
    issued: Into[Billed],
    failed: list[NotBilled],
) -> tuple[bulk.Place, int] | None:
    """Bill up to `BATCH` contracts in one transaction; return where the run stands, or nothing at its end."""
    with writing(caller) as session:
        pricer.use(session.day, session.catalogs)
        contracts = bulk.due_after(session.connection, session.day, spaces, place, BATCH)
        if not contracts:
            return None
        unreadable = pricer.meet(session.connection, contracts)
        bills: list[tuple[bulk.Due, _Bill]] = []
        errors: list[NotBilled] = []
        for due in contracts:
            bill = unreadable.get(due.space) or pricer.known[due.terms]
            if isinstance(bill, SubctlError):
                errors.append(NotBilled(due.space, bill))
            else:
                bills.append((due, bill))
        first = _write(session, bills) if bills and session.writes else None
    note_refusals(caller, [(each.space, each.error) for each in errors])
    issued.extend(_Issued(bills, first))
    failed += errors
    return contracts[-1][:2], len(contracts)


def _write(session: Session, bills: list[tuple[bulk.Due, _Bill]]) -> int:
    """Issue the invoices of a batch, move its contracts on, and return the first number's id."""
    session.check_clock()
    first, count = write.insert_invoices(
        session.connection,
        session.day,
        session.catalog.id,
        ((due.space, due.buyer, row) for due, bill in bills for row in bill.rows),
    )
    write.move_on(session.connection, [(due.space, due.billed_until, bill.until) for due, bill in bills])
    ends = [number(INVOICE, first), number(INVOICE, first + count - 1)] if count else []
    session.record(None, contracts=len(bills), invoices=count, numbers=ends)
    return first


class _Issued:
    """The invoices of a committed batch, made when they are asked for; those of a dry run have no numbers."""

    def __init__(self, bills: list[tuple[bulk.Due, _Bill]], first: int | None) -> None:
        self._bills, self._first = bills, first

    def __len__(self) -> int:
        return sum(len(bill.told) for _, bill in self._bills)

    def __iter__(self) -> Iterator[Billed]:
        told = ((due.space, each) for due, bill in self._bills for each in bill.told)
        for place, (space, each) in enumerate(told, self._first or 0):
            yield Billed(None if self._first is None else number(INVOICE, place), space, *each)
