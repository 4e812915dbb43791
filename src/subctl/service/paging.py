"""How lists are read: the first items of what is wanted in one visit, or all of them, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Generic, TypeVar

from subctl.domain.record import Record
from subctl.service.caller import Caller
from subctl.service.session import Session, reading
from subctl.store.listing import Sought
from subctl.store.tables import Row

T = TypeVar("T")

_PAGE = 1000


class Wanted(Record):
    """What is to be listed: of one space, between two days, of one kind or status; at most `limit` (None: all)."""

    space: str | None = None
    since: date | None = None
    until: date | None = None
    kind: str | None = None
    status: str | None = None
    limit: int | None = None

    def sought(self, session: Session, *, kind: str | None = None) -> Sought:
        """Return what the store can look for by itself, in the spaces that this account may see."""
        return Sought(session.scope(self.space), self.since, self.until, kind)


class Page(Record, Generic[T]):
    """Some items, and the place behind which it goes on (None: nowhere)."""

    items: Sequence[T]
    after: Row | None


Pages = Callable[[Session, Wanted, Row, int], Page[T]]
"""How a page is read: behind a place, so many rows, and of these what is wanted."""


def page(found: Sequence[tuple[Row, T]], size: int, fits: Callable[[T], bool]) -> Page[T]:
    """Return what fits of so many rows, each with its place; fewer than asked for are the last ones."""
    after = found[-1][0] if len(found) == size else None
    return Page([item for _, item in found if fits(item)], after)


def listed(session: Session, pages: Pages[T], wanted: Wanted) -> tuple[Iterable[T], bool | None]:
    """Return what is wanted, and where a limit was given whether there is more.

    A limited list is read in this visit. A whole one is read when it is gone through, each page in a visit of
    its own: no writer waits for somebody who reads slowly.
    """
    if wanted.limit is None:
        return _Whole(session.caller, pages, wanted), None
    found: list[T] = []
    after: Row | None = ()
    size = _PAGE if wanted.status or wanted.kind else min(_PAGE, wanted.limit + 1)
    while after is not None and len(found) <= wanted.limit:
        items, after = pages(session, wanted, after, size)
        found += items
    return found[: wanted.limit], len(found) > wanted.limit


class _Whole(Generic[T]):
    """All that is wanted."""

    def __init__(self, caller: Caller, pages: Pages[T], wanted: Wanted) -> None:
        self._caller, self._pages, self._wanted = caller, pages, wanted

    def __iter__(self) -> Iterator[T]:
        after: Row | None = ()
        while after is not None:
            with reading(self._caller) as session:
                items, after = self._pages(session, self._wanted, after, _PAGE)
            yield from items
