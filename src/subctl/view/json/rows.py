"""The rows of documents: where they stand, many of them, made one by one as they are written, and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from subctl.view.documents.lists import Items, ListDocument

Item = TypeVar("Item")
Row = TypeVar("Row")


ROWS = {
    "list/1": "items",
    "bill/1": "issued",
    "check/1": "problems",
    "compare/1": "options",
    "forecast/1": "invoices",
    "owed/1": "items",
    "journal/1": "postings",
    "collection/1": "items",
    "remind/1": "reminders",
    "reminder/1": "items",
    "apply/1": "changes",
    "config/1": "settings",
    "statement/1": "bookings",
}
"""Where a document holds rows: CSV writes those, one a line."""


class Rows(Generic[Item, Row]):
    """The documents of many values, which can be gone through more than once; memory stays bounded."""

    def __init__(self, items: Iterable[Item], document: Callable[[Item], Row]) -> None:
        self._items, self._document = items, document

    def __iter__(self) -> Iterator[Row]:
        return map(self._document, self._items)


def listed(kind: str, items: Items, *, more: bool | None = None, currency: str | None = None) -> ListDocument:
    """Return a list, with its currency where it has amounts, and whether there is more where a limit was given."""
    found: ListDocument
    if currency is None:
        found = {"schema": "list/1", "kind": kind, "items": items}
    else:
        found = {"schema": "list/1", "kind": kind, "currency": currency, "items": items}
    return found if more is None else {**found, "more": more}
