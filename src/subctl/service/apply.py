"""Bringing many contracts to the states that a file wants, in one transaction.

All orders are made while nothing is locked, a good many in a visit: under the lock they only get their numbers and
their entries of the history, which rest on all that was written before.
"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from itertools import islice

from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.domain.pricing import Change
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.results.apply import Applied, NotApplied
from subctl.results.change import ShownChange
from subctl.service.caller import Caller
from subctl.service.change import decide, prepared
from subctl.service.csv_file import BadRows
from subctl.service.placing import OrderNumbers, place
from subctl.service.progress import Progress
from subctl.service.session import Session, note_refusals, noting_refusals, reading, writing
from subctl.service.worked_out import Found, Order, WorkedOut
from subctl.store import orders, read

APPLY_COLUMNS = ("space", "plan", "users", "billing")
"""The columns of `apply`; others are kinds of licences."""

AT_ONCE = 500
"""Rows that are worked out in one visit, and placed together."""

MOST_ANEW = 1000
"""So many rows at most are worked out anew under the lock, as others moved their spaces; else all are once more."""

TRIES = 3
"""So often all rows are worked out while nothing is locked, as others change what concerns many of them."""


class Wanted(Record):
    """What one line of `apply` wants of a space."""

    line: int
    space: str
    wish: Wish


class _Ground(Record):
    """What all rows rest on beside their spaces: the store, by the first hash of its history, day, catalogs, rights."""

    store: str
    day: date
    catalog: int
    currency: str
    rights: frozenset[str]


def apply(
    caller: Caller,
    wanted: list[Wanted],
    kept: WorkedOut,
    *,
    keep_going: bool,
    shown: Applied | None = None,
    progress: Progress | None = None,
    bad: BadRows | None = None,
) -> Applied:
    """Bring contracts to wanted states in one transaction: all, or none if one is refused; they are `kept`.

    With `keep_going` the refused ones are listed and the others ordered. `shown` is the preview that was
    agreed to; `bad` has the rows that were refused when the file was read. Errors: those of an order, naming
    each line.
    """
    applying = _Applying(caller, wanted, kept, BadRows() if bad is None else bad, keep_going=keep_going)
    applying.agreed, applying.progress = shown, progress
    applied = applying.look() if caller.dry_run else applying.order()
    note_refusals(caller, [(each.space, each.error) for each in applied.failed])
    return applied


def preview_apply(
    caller: Caller, wanted: list[Wanted], kept: WorkedOut, *, keep_going: bool, bad: BadRows | None = None
) -> Applied:
    """Return what applying would change and cost, all of it `kept`, and write nothing."""
    return _Applying(caller, wanted, kept, BadRows() if bad is None else bad, keep_going=keep_going).look()


class _Applying:
    """A file that is applied, as it was `agreed` to; without `keep_going` its `bad` rows are refused together."""

    def __init__(
        self, caller: Caller, wanted: list[Wanted], kept: WorkedOut, bad: BadRows, *, keep_going: bool
    ) -> None:
        self._caller, self._wanted, self._kept, self._bad = caller, wanted, kept, bad
        self._keep_going = keep_going
        self._concerned: list[str] = []
        self.agreed: Applied | None = None
        self.progress: Progress | None = None

    def look(self) -> Applied:
        """Work all rows out."""
        return self._applied(self._work_out(ordering=False))

    def order(self, tries: int = TRIES) -> Applied:
        """Work all rows out and place their orders: again where too many spaces have moved in between.

        At last nobody can come between: then all is done under the lock.
        """
        with noting_refusals(self._caller, self._concerned):
            ground = self._work_out() if tries else None
        with writing(self._caller) as session:
            ground = ground or self._work_out(session)
            moved = self._moved(session) if ground == _ground_of(session) else None
            if moved is not None:
                self._place_all(session, moved)
        return self.order(tries - 1) if moved is None else self._applied(ground)

    def _work_out(self, within: Session | None = None, *, ordering: bool = True) -> _Ground:
        """Work all rows out: in short visits, between which others write, or `within` one; return their ground."""
        agreed, ground = None if self.agreed is None else iter(self.agreed.changes), None
        self._kept.begin()
        for start in range(0, max(len(self._wanted), 1), AT_ONCE):
            rows = self._wanted[start : start + AT_ONCE]
            with reading(self._caller) if within is None else nullcontext(within) as session:
                session.refuse_moved()
                ground = ground or _ground_of(session)
                standing = orders.standing(session.connection, [row.space for row in rows])
                some = [(row, *self._one(session, row, ordering=ordering)) for row in rows]
                self._concerned[:] = session.concerned
            for row, found, order in some:
                if agreed is not None and isinstance(found, ShownChange):
                    _refuse_another(found, next(agreed, None))
                self._kept.add(found, order, standing.get(row.space))
            self._tell(start + len(rows))
        self._bad.refuse()
        if agreed is not None:
            _refuse_another(None, next(agreed, None))
        assert ground is not None  # noqa: S101  # a file without rows is visited too
        return ground

    def _one(self, session: Session, row: Wanted, *, ordering: bool = True) -> tuple[Found, Order]:
        """Work a row out by what is so in the session's snapshot, and make its order where one is wanted."""
        try:
            decision = decide(session, row.space, row.wish)
            wanted = ordering and decision.change.changed
            return decision.shown, prepared(session, decision) if wanted else None
        except SubctlError as error:
            if not self._keep_going:
                self._bad.add(row.line, error)
            return error, None

    def _moved(self, session: Session) -> set[int] | None:
        """Return the places of the rows whose spaces have moved since they were worked out; nothing where many have.

        What is kept of each is looked at: the history of a server says of which space somebody says that he moved it.
        """
        moved = set[int]()
        for start in range(0, len(self._wanted), AT_ONCE):
            rows = self._wanted[start : start + AT_ONCE]
            now = orders.standing(session.connection, [row.space for row in rows])
            before = self._kept.standing[start : start + AT_ONCE]
            moved.update(start + n for n, row in enumerate(rows) if now.get(row.space) != before[n])
        return moved if len(moved) <= MOST_ANEW else None

    def _place_all(self, session: Session, moved: set[int]) -> None:
        """Place all orders; those of spaces that have moved are made anew."""
        self._work_out_again(session, moved)
        waiting = self._kept.orders()
        while some := list(islice(waiting, AT_ONCE)):
            self._kept.numbers += _place(session, some)
            self._tell(len(self._kept.numbers))

    def _work_out_again(self, session: Session, moved: set[int]) -> None:
        """Work out rows by what is so now."""
        if self.agreed is not None and moved:
            agreed = [found for number, found in enumerate(self._kept.found()) if number in moved]
        for number in sorted(moved):
            found, order = self._one(session, self._wanted[number])
            if self.agreed is not None:
                _refuse_another(found, agreed.pop(0))
            self._kept.replace(number, found, order)
        self._bad.refuse()

    def _applied(self, ground: _Ground) -> Applied:
        """Return what is told of all rows."""
        kept = self._kept
        failed = [(self._wanted[number], error) for number, error in kept.refused()]
        named = tuple(NotApplied(row.line, row.space, error) for row, error in failed)
        return Applied(ground.day, ground.currency, kept, *kept.sums(), named)

    def _tell(self, done: int) -> None:
        if self.progress:
            self.progress(done, len(self._wanted))


def _place(session: Session, orders_: list[Order]) -> list[OrderNumbers | None]:
    """Place the orders of some rows, and return their numbers."""
    waiting = [order for order in orders_ if order]
    if not waiting:
        return [None] * len(orders_)
    session.check_clock()
    numbers = iter(place(session, waiting))
    return [next(numbers) if order else None for order in orders_]


def _refuse_another(found: Found | None, agreed: Found | None) -> None:
    """Refuse a change that isn't the one that was agreed to (`quote_stale`)."""
    if _planned(found) != _planned(agreed):
        raise SubctlError(
            "quote_stale", N_("The contracts have moved since this preview."), N_("Look again, then apply.")
        )


def _planned(found: Found | None) -> tuple[str, Change] | None:
    """Return what changes, without the numbers that only ordering gives."""
    return (found.space, found.change) if isinstance(found, ShownChange) else None


def _ground_of(session: Session) -> _Ground:
    return _Ground(
        read.first_hash(session.connection),
        session.day,
        session.catalogs.newest,
        session.catalog.currency,
        frozenset(session.rights),
    )
