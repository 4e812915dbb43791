"""The changes that a file wants, as they were worked out: in temporary files, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import zip_longest
from typing import Self

from subctl.domain.errors import SubctlError
from subctl.results.change import ShownChange
from subctl.service.change import numbered
from subctl.service.placing import Noted, OrderNumbers
from subctl.service.spool import Spool

Found = ShownChange | SubctlError
"""What a row would change, or why not."""

Order = Noted | None
"""The order of a row, where it changes something."""


class WorkedOut:
    """All rows of a file as they were worked out, in temporary files, and what has become of them since.

    It is what is told of a file's changes: in their order, with the numbers of those that were ordered.
    """

    def __init__(self) -> None:
        self._files = ExitStack()
        self._anew: dict[int, tuple[Found, Order]] = {}
        self.begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def begin(self) -> None:
        """Forget all rows."""
        self._files.close()
        self._orders = self._files.enter_context(Spool[Order]())
        self._shown = self._files.enter_context(Spool[ShownChange]())
        self._refused: dict[int, SubctlError] = {}
        self._anew.clear()
        self._sums: list[tuple[int, int, bool]] = []
        self.standing: list[int | None] = []
        self.numbers: list[OrderNumbers | None] = []

    def add(self, found: Found, order: Order, standing: int | None) -> None:
        """Keep the next row, with the hash of what it rests on."""
        if isinstance(found, SubctlError):
            self._refused[len(self.standing)] = found
        else:
            self._shown.append(found)
        self._orders.append(order)
        self._sums.append(_sums_of(found))
        self.standing.append(standing)

    def replace(self, number: int, found: Found, order: Order) -> None:
        """Put what was worked out anew in the place of a row."""
        self._anew[number], self._sums[number] = (found, order), _sums_of(found)

    def sums(self) -> tuple[int, int, int]:
        """Return what all changes make due now, net and with VAT, and how many there are."""
        net, total, changed = map(sum, zip(*self._sums, strict=True)) if self._sums else (0, 0, 0)
        return net, total, changed

    def found(self) -> Iterator[Found]:
        """Yield what was found of each row."""
        shown = iter(self._shown)
        for number in range(len(self.standing)):
            found = self._refused[number] if number in self._refused else next(shown)
            yield self._anew[number][0] if number in self._anew else found

    def orders(self) -> Iterator[Order]:
        """Yield the order of each row."""
        for number, order in enumerate(self._orders):
            yield self._anew[number][1] if number in self._anew else order

    def refused(self) -> Iterator[tuple[int, SubctlError]]:
        """Yield the places of the rows that were refused, and why."""
        for number in range(len(self.standing)):
            found = self._anew[number][0] if number in self._anew else self._refused.get(number)
            if isinstance(found, SubctlError):
                yield number, found

    def __len__(self) -> int:
        return len(self.standing) - sum(1 for _ in self.refused())

    def __iter__(self) -> Iterator[ShownChange]:
        """Go through the changes of all rows that weren't refused."""
        for found, numbers in zip_longest(self.found(), self.numbers):
            if isinstance(found, ShownChange):
                yield numbered(found, numbers) if numbers else found


def _sums_of(found: Found) -> tuple[int, int, bool]:
    if isinstance(found, SubctlError):
        return 0, 0, False
    due = found.change.due_now
    return (due.net, due.total, found.changed) if due else (0, 0, found.changed)
