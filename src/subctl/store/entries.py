"""What spaces were entered with: a contract as it was before anything was ordered or billed (pricing.md 2.4, 2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.contract import Contract, Step
from subctl.domain.entry import first_billed_day
from subctl.store.rows import day_or_none, read_day, read_state, reads
from subctl.store.tables import ENTRIES, Row

if TYPE_CHECKING:
    from subctl.store.connection import Connection


def spaces(connection: Connection) -> list[str]:
    """Return all spaces in the order in which they were entered."""
    return [space for (space,) in connection.execute("SELECT space FROM entries ORDER BY id")]


@reads(ENTRIES)
def as_entered(row: Row) -> Contract:
    """Return the contract of a space as it was entered (`store_damaged` where nothing says so)."""
    _, space, entered_on, start, billed_until, *state, anchor = row
    first = read_day(start)
    billed_from = first_billed_day(first)
    step = Step(billed_from, read_state(*state), day_or_none(anchor))
    return Contract(space, first, billed_from, read_day(entered_on), read_day(billed_until), (step,))
