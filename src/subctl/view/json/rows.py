"""The rows of documents: where they stand, and many of them, made one by one as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

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
