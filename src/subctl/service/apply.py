"""Bringing many contracts to the states that a file wants, in one transaction."""

from __future__ import annotations

from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.domain.pricing import Change
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.results.apply import Applied, NotApplied
from subctl.results.change import ShownChange
from subctl.service.caller import Caller
from subctl.service.change import order_in
from subctl.service.csv_file import BadRows
from subctl.service.progress import Progress
from subctl.service.session import Session, note_refusals, reading, writing

APPLY_COLUMNS = ("space", "plan", "users", "billing")
"""The columns of `apply`; others are kinds of licences."""


class Wanted(Record):
    """What one line of `apply` wants of a space."""

    line: int
    space: str
    wish: Wish


def apply(
    caller: Caller,
    wanted: list[Wanted],
    *,
    keep_going: bool,
    shown: Applied | None = None,
    progress: Progress | None = None,
    bad: BadRows | None = None,
) -> Applied:
    """Bring contracts to wanted states in one transaction: all, or none if one is refused.

    With `keep_going` the refused ones are listed and the others ordered. `shown` is the preview that was
    agreed to; `bad` has the rows that were refused when the file was read. Errors: those of an order, naming
    each line.
    """
    with writing(caller) as session:
        applied = _apply(session, wanted, keep_going=keep_going, progress=progress, bad=bad)
        if shown is not None and _planned(shown) != _planned(applied):
            raise SubctlError(
                "quote_stale", N_("The contracts have moved since this preview."), N_("Look again, then apply.")
            )
    note_refusals(caller, [(each.space, each.error) for each in applied.failed])
    return applied


def preview_apply(caller: Caller, wanted: list[Wanted], *, keep_going: bool, bad: BadRows | None = None) -> Applied:
    """Return what applying would change and cost, and write nothing."""
    with reading(caller) as session:
        return _apply(session, wanted, keep_going=keep_going, progress=None, bad=bad)


def _planned(applied: Applied) -> list[tuple[str, Change]]:
    """Return what changes, without the numbers that only ordering gives."""
    return [(shown.space, shown.change) for shown in applied.changes]


def _apply(
    session: Session, wanted: list[Wanted], *, keep_going: bool, progress: Progress | None, bad: BadRows | None
) -> Applied:
    changes: list[ShownChange] = []
    failed: list[NotApplied] = []
    bad = BadRows() if bad is None else bad
    for done, row in enumerate(wanted, 1):
        try:
            changes.append(order_in(session, row.space, row.wish))
        except SubctlError as error:
            if not keep_going:
                bad.add(row.line, error)
            failed.append(NotApplied(row.line, row.space, error))
        if progress:
            progress(done, len(wanted))
    bad.refuse()
    return Applied(session.day, session.catalog.currency, tuple(changes), tuple(failed))
