"""Bringing many contracts to the states that a file wants, in one transaction.

All orders are made while nothing is locked, a good many in a visit: under the lock they only get their numbers and
their entries of the history, which rest on all that was written before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, nullcontext
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Self

from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.domain.pricing import Change
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.results.apply import Applied, NotApplied
from subctl.results.change import ShownChange
from subctl.service.caller import Caller
from subctl.service.change import decide, numbered, prepared
from subctl.service.csv_file import BadRows
from subctl.service.placing import Noted, Numbers, place
from subctl.service.progress import Progress
from subctl.service.session import Session, note_refusals, noting_refusals, reading, writing
from subctl.service.spool import Spool
from subctl.store import history

if TYPE_CHECKING:
    from subctl.service.spool import Into

APPLY_COLUMNS = ("space", "plan", "users", "billing")
"""The columns of `apply`; others are kinds of licences."""

AT_ONCE = 500
"""Rows that are worked out in one visit, and placed together."""

TRIES = 3
"""So often all rows are worked out while nothing is locked, as others change what may concern any of them."""


class Wanted(Record):
    """What one line of `apply` wants of a space."""

    line: int
    space: str
    wish: Wish


class _Ground(Record):
    """What rows were worked out by: the day, and the newest entry of the history then, by its place and hash."""

    day: date
    currency: str
    place: int
    hash: str


Found = ShownChange | SubctlError
"""What a row would change, or why not."""

Order = Noted | None
"""The order of a row, where it changes something."""


def apply(
    caller: Caller,
    wanted: list[Wanted],
    changes: Into[ShownChange],
    *,
    keep_going: bool,
    shown: Applied | None = None,
    progress: Progress | None = None,
    bad: BadRows | None = None,
) -> Applied:
    """Bring contracts to wanted states in one transaction, all or none if one is refused; each is added to `changes`.

    With `keep_going` the refused ones are listed and the others ordered. `shown` is the preview that was
    agreed to; `bad` has the rows that were refused when the file was read. Errors: those of an order, naming
    each line.
    """
    applying = _Applying(caller, wanted, BadRows() if bad is None else bad, keep_going=keep_going)
    applying.agreed, applying.progress = shown, progress
    applied = applying.look(changes) if caller.dry_run else applying.order(changes)
    note_refusals(caller, [(each.space, each.error) for each in applied.failed])
    return applied


def preview_apply(
    caller: Caller,
    wanted: list[Wanted],
    changes: Into[ShownChange],
    *,
    keep_going: bool,
    bad: BadRows | None = None,
) -> Applied:
    """Return what applying would change and cost, each added to `changes`, and write nothing."""
    return _Applying(caller, wanted, BadRows() if bad is None else bad, keep_going=keep_going).look(changes)


class _Applying:
    """A file that is applied, as it was `agreed` to; without `keep_going` its `bad` rows are refused together."""

    def __init__(self, caller: Caller, wanted: list[Wanted], bad: BadRows, *, keep_going: bool) -> None:
        self._caller, self._wanted, self._bad, self._keep_going = caller, wanted, bad, keep_going
        self._concerned: list[str] = []
        self._ground = _Ground(date.min, "", 0, history.GENESIS)
        self.agreed: Applied | None = None
        self.progress: Progress | None = None

    def look(self, changes: Into[ShownChange]) -> Applied:
        """Work all rows out."""
        told = _Told(changes)
        for row, found, _ in self._worked_out(ordering=False):
            told.add(row, found)
        return told.applied(self._ground)

    def order(self, changes: Into[ShownChange], tries: int = TRIES) -> Applied:
        """Work all rows out and place their orders: again where anything may have changed in between.

        At last nobody can come between: then all is done under the lock.
        """
        with _Kept() as kept:
            if tries:
                with noting_refusals(self._caller, self._concerned):
                    kept.fill(self._worked_out())
            with writing(self._caller) as session:
                if not tries:
                    kept.fill(self._worked_out(session))
                moved = self._moved_since(session)
                numbers = [] if moved is None else self._place_all(session, kept, moved)
            if moved is not None:
                return self._told(kept, numbers, changes)
        return self.order(changes, tries - 1)

    def _worked_out(
        self, within: Session | None = None, *, ordering: bool = True
    ) -> Iterator[tuple[Wanted, Found, Order]]:
        """Yield each row as it is worked out: in short visits, between which others write, or `within` one."""
        agreed = None if self.agreed is None else iter(self.agreed.changes)
        for start in range(0, max(len(self._wanted), 1), AT_ONCE):
            rows = self._wanted[start : start + AT_ONCE]
            with reading(self._caller) if within is None else nullcontext(within) as session:
                session.refuse_moved()
                if not start:
                    self._ground = _ground_of(session)
                some = [(row, *self._one(session, row, ordering=ordering)) for row in rows]
                self._concerned[:] = session.concerned
            for row, found, order in some:
                if agreed is not None and isinstance(found, ShownChange):
                    _refuse_another(found, next(agreed, None))
                yield row, found, order
            self._tell(start + len(rows))
        self._bad.refuse()
        if agreed is not None:
            _refuse_another(None, next(agreed, None))

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

    def _moved_since(self, session: Session) -> set[str] | None:
        """Return the spaces of which something was written since; nothing where that may be any of them."""
        ground = self._ground
        return history.moved_since(session.connection, ground.place, ground.hash) if session.day == ground.day else None

    def _place_all(self, session: Session, kept: _Kept, moved: set[str]) -> list[Numbers | None]:
        """Place all orders, and return their numbers; those of spaces that have `moved` are made anew."""
        self._work_out_again(session, kept, moved)
        placed: list[Numbers | None] = []
        rows = enumerate(kept.orders)
        while some := [kept.anew.get(number, (None, order))[1] for number, order in islice(rows, AT_ONCE)]:
            placed += _place(session, some)
            self._tell(len(placed))
        return placed

    def _work_out_again(self, session: Session, kept: _Kept, moved: set[str]) -> None:
        """Work out the rows of spaces that have moved, as they are now."""
        if moved.isdisjoint(row.space for row in self._wanted):
            return
        for number, (row, before) in enumerate(zip(self._wanted, kept.found(), strict=True)):
            if row.space in moved:
                kept.anew[number] = self._one(session, row)
                if self.agreed is not None:
                    _refuse_another(kept.anew[number][0], before)
        self._bad.refuse()

    def _told(self, kept: _Kept, numbers: Iterable[Numbers | None], changes: Into[ShownChange]) -> Applied:
        """Return what is told of all rows, once their orders are there."""
        told = _Told(changes)
        for row, found, placed in zip(self._wanted, kept.found(), numbers, strict=True):
            told.add(row, numbered(found, placed) if placed and isinstance(found, ShownChange) else found)
        return told.applied(self._ground)

    def _tell(self, done: int) -> None:
        if self.progress:
            self.progress(done, len(self._wanted))


class _Kept:
    """All rows that were worked out, in temporary files; some of them `anew`, by their places in the file."""

    def __init__(self) -> None:
        self._files = ExitStack()
        self.orders = self._files.enter_context(Spool[Order]())
        self._shown = self._files.enter_context(Spool[ShownChange]())
        self._refused: dict[int, SubctlError] = {}
        self.anew: dict[int, tuple[Found, Order]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def fill(self, rows: Iterable[tuple[Wanted, Found, Order]]) -> None:
        """Keep rows as they come."""
        for number, (_, found, order) in enumerate(rows):
            self.orders.append(order)
            if isinstance(found, SubctlError):
                self._refused[number] = found
            else:
                self._shown.append(found)

    def found(self) -> Iterator[Found]:
        """Yield what was found of each row."""
        shown = iter(self._shown)
        for number in range(len(self.orders)):
            found = self._refused[number] if number in self._refused else next(shown)
            yield self.anew[number][0] if number in self.anew else found


class _Told:
    """What is told of rows as they come: their changes, the sums of what is due now, and what was refused."""

    def __init__(self, changes: Into[ShownChange]) -> None:
        self._changes, self._failed = changes, list[NotApplied]()
        self._net = self._total = self._changed = 0

    def add(self, row: Wanted, found: Found) -> None:
        """Add what became of a row."""
        if isinstance(found, SubctlError):
            self._failed.append(NotApplied(row.line, row.space, found))
            return
        due = found.change.due_now
        if due:
            self._net, self._total = self._net + due.net, self._total + due.total
        self._changed += found.changed
        self._changes.append(found)

    def applied(self, ground: _Ground) -> Applied:
        """Return it as the result of a command."""
        sums = (self._net, self._total, self._changed)
        return Applied(ground.day, ground.currency, self._changes, *sums, tuple(self._failed))


def _place(session: Session, orders: list[Order]) -> list[Numbers | None]:
    """Place the orders of some rows, and return their numbers."""
    waiting = [order for order in orders if order]
    if not waiting:
        return [None] * len(orders)
    session.check_clock()
    numbers = iter(place(session, waiting))
    return [next(numbers) if order else None for order in orders]


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
    newest = session.connection.newest_entry() or (0, history.GENESIS)
    return _Ground(session.day, session.catalog.currency, *newest[:2])
