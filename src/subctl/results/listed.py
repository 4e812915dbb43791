"""What is listed in a result: all in memory, or in a file where there may be many."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

Item_co = TypeVar("Item_co", covariant=True)


class Listed(Protocol[Item_co]):
    """Values: how many, and one after the other, as often as they are needed."""

    def __iter__(self) -> Iterator[Item_co]:
        """Go through all of them."""

    def __len__(self) -> int:
        """Tell how many there are."""
