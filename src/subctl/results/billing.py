"""What a bill run issued."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from subctl.domain.dates import Period
from subctl.domain.errors import SubctlError
from subctl.domain.record import Record


class Billed(Record):
    """An invoice of a run, in minor units; a dry run gives no numbers."""

    number: str | None
    space: str
    period: Period
    net: int
    vat: int
    total: int
    currency: str


class Listed(Protocol):
    """Issued invoices: how many, and one after the other."""

    def __iter__(self) -> Iterator[Billed]:
        """Go through all of them."""

    def __len__(self) -> int:
        """Tell how many there are."""


class Collected(Listed, Protocol):
    """The issued invoices of a run: a list, or a file where there may be many."""

    def extend(self, items: Listed, /) -> None:
        """Add some."""


class NotBilled(Record):
    """A contract that failed, and why."""

    space: str
    error: SubctlError


class BillRun(Record):
    """What a run issued, and which contracts failed."""

    day: date
    issued: Collected
    failed: tuple[NotBilled, ...]
