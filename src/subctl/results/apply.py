"""What applying a file of wanted states changes."""

from datetime import date

from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.results.change import ShownChange
from subctl.results.listed import Listed


class NotApplied(Record):
    """A line that was refused, and why."""

    line: int
    space: str
    error: SubctlError


class Applied(Record):
    """The change of each line, and the lines that were refused.

    `net` and `total` are what all changes together make due now, in minor units, without and with VAT; `changed` says
    how many contracts change.
    """

    day: date
    currency: str
    changes: Listed[ShownChange]
    net: int
    total: int
    changed: int
    failed: tuple[NotApplied, ...]
