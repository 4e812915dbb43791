"""Bringing many contracts to the states that a file wants, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.pricing import Change
from subctl.results.apply import Applied, NotApplied
from subctl.results.change import ShownChange
from subctl.service.change import order_in
from subctl.service.csv_file import at_line
from subctl.service.session import Caller, Session, reading, writing

APPLY_COLUMNS = ("space", "plan", "users", "billing")


"""The columns of `apply`; others are kinds of licences."""


Progress = Callable[[int, int], None]


class Wanted(NamedTuple):
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
) -> Applied:
    """Bring contracts to wanted states in one transaction: all, or none if one is refused.

    With `keep_going` the refused ones are listed and the others ordered. `shown` is the preview that was
    agreed to. Errors: those of an order, naming the line.
    """
    with writing(caller) as session:
        applied = _apply(session, wanted, keep_going=keep_going, progress=progress)
        if shown is not None and _planned(shown) != _planned(applied):
            raise SubctlError("quote_stale", "The contracts have moved since this preview.", "Look again, then apply.")
        return applied


def preview_apply(caller: Caller, wanted: list[Wanted], *, keep_going: bool) -> Applied:
    """Return what applying would change and cost, and write nothing."""
    with reading(caller) as session:
        return _apply(session, wanted, keep_going=keep_going, progress=None)


def _planned(applied: Applied) -> list[tuple[str, Change]]:
    """Return what changes, without the numbers that only ordering gives."""
    return [(shown.space, shown.change) for shown in applied.changes]


def _apply(session: Session, wanted: list[Wanted], *, keep_going: bool, progress: Progress | None) -> Applied:
    _refuse_doubles(wanted)
    changes: list[ShownChange] = []
    failed: list[NotApplied] = []
    for done, row in enumerate(wanted, 1):
        try:
            changes.append(order_in(session, row.space, row.wish))
        except SubctlError as error:
            if not keep_going:
                raise at_line(row.line, error) from None
            failed.append(NotApplied(row.line, row.space, error))
        if progress:
            progress(done, len(wanted))
    return Applied(session.day, session.catalog.currency, tuple(changes), tuple(failed))


def _refuse_doubles(wanted: list[Wanted]) -> None:
    seen: dict[str, int] = {}
    for row in wanted:
        if row.space in seen:
            raise bad_input(
                f"Line {row.line}: {row.space} stands on line {seen[row.space]} already.", "Keep one of them."
            )
        seen[row.space] = row.line
