"""What applying a file of wanted states changes."""

from datetime import date

from subctl.domain.errors import SubctlError
from subctl.domain.invoice import Draft
from subctl.domain.record import Record
from subctl.results.change import ShownChange


class NotApplied(Record):
    """A line that was refused, and why."""

    line: int
    space: str
    error: SubctlError


class Applied(Record):
    """The change of each line, and the lines that were refused."""

    day: date
    currency: str
    changes: tuple[ShownChange, ...]
    failed: tuple[NotApplied, ...]

    @property
    def net(self) -> int:
        """What all changes together make due now, net, in minor units."""
        return sum(draft.net for draft in self._due)

    @property
    def total(self) -> int:
        """The same, with VAT."""
        return sum(draft.total for draft in self._due)

    @property
    def _due(self) -> list[Draft]:
        return [shown.change.due_now for shown in self.changes if shown.change.due_now]

    @property
    def changed(self) -> int:
        """How many contracts change."""
        return sum(shown.changed for shown in self.changes)
