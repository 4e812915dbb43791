"""Many rows of a document, made one by one as they are written, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

Item_co = TypeVar("Item_co", covariant=True)
Item = TypeVar("Item")
Row = TypeVar("Row")


class Many(Protocol[Item_co]):
    """Values that can be counted and gone through."""

    def __len__(self) -> int:
        """Tell how many there are."""

    def __iter__(self) -> Iterator[Item_co]:
        """Go through all of them."""


class Rows(Generic[Item, Row]):
    """The documents of many values."""

    def __init__(self, items: Many[Item], document: Callable[[Item], Row]) -> None:
        self._items, self._document = items, document

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Row]:
        return map(self._document, self._items)
