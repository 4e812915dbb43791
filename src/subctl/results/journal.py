"""The journal: what an accountant books of invoices and payments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from subctl.domain.journal import Entry
from subctl.domain.record import Record


class Journal(Record):
    """The entries of some days, by the day, read while they are gone through; without `since` from the first on.

    `deferred` tells whether income is booked when it is earned.
    """

    since: date | None
    until: date
    currency: str
    deferred: bool
    entries: Iterable[Entry]
