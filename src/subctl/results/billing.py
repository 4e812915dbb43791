"""What a bill run issued."""

from datetime import date

from subctl.domain.dates import Period
from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.results.listed import Listed


class Billed(Record):
    """An invoice of a run, in minor units; a dry run gives no numbers."""

    number: str | None
    space: str
    period: Period
    net: int
    vat: int
    total: int
    currency: str


class NotBilled(Record):
    """A contract that failed, and why."""

    space: str
    error: SubctlError


class BillRun(Record):
    """What a run issued, and which contracts failed."""

    day: date
    issued: Listed[Billed]
    failed: tuple[NotBilled, ...]
