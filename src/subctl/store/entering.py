"""Many new spaces: laid out under the numbers that come next, and entered while others wait for a moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from subctl.domain.contract import Contract
from subctl.store import digests, state
from subctl.store.read import Space
from subctl.store.seal import Coming
from subctl.store.tables import BUYERS, CONTRACTS, ENTRIES, SPACES, STEPS
from subctl.store.write import Numbers, rows_of_spaces

if TYPE_CHECKING:
    from subctl.store.connection import Connection
    from subctl.store.engine import Laying

TABLES = (BUYERS, SPACES, CONTRACTS, STEPS, ENTRIES)
"""Each before those that point to it."""


class LaidOut:
    """Spaces that are laid out from some numbers on, with all that the history seals of them."""

    def __init__(self, laying: Laying, numbers: Numbers) -> None:
        digests.many_to_come()
        self._laying, self._next = laying, numbers
        self._state, self._buyers = 0, Coming(numbers.buyer - 1)

    def add(self, new: Sequence[tuple[Space, Contract]]) -> None:
        """Lay spaces out behind those before."""
        for table, rows in rows_of_spaces(new, self._next):
            self._laying.lay(table, rows)
            self._state += state.sum_of(table, rows)
            if table is BUYERS:
                self._buyers.add(table, rows)
        self._next = Numbers(self._next.buyer + len(new), self._next.entry + len(new))

    def enter(self, connection: Connection) -> None:
        """Insert all of them, in a transaction to which no others were added."""
        for table in TABLES:
            self._laying.enter(table)
        connection.unsealed += self._state
        connection.coming[BUYERS.name] = self._buyers
