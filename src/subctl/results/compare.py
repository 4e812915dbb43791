"""Choices side by side."""

from datetime import date

from subctl.domain.contract import State
from subctl.domain.invoice import Draft, Fee
from subctl.domain.record import Record
from subctl.domain.year import Year


class Cost(Record):
    """What a choice costs, in minor units and net.

    `year` is what twelve months from the charge date cost; `invoiced` what would be invoiced up to the eve of a year
    later: what is due now, and `invoices`.
    """

    kind: str
    due_now: int
    fee: Fee
    year: Year
    invoiced: int
    invoices: tuple[Draft, ...]

    @property
    def first_year(self) -> int:
        """What twelve months from the charge date cost."""
        return self.year.cost


class Option(Record):
    """A choice with its cost, or with the code of what refuses it."""

    state: State
    cost: Cost | None
    refused: str | None = None


class Comparison(Record):
    """Choices for a space; `today` is what the same twelve months cost as it is now, `cheapest` the place of an option.

    `licences` are the kinds that are sold.
    """

    day: date
    space: str
    currency: str
    licences: tuple[str, ...]
    today: int
    options: tuple[Option, ...]
    cheapest: int | None

    def difference(self, cost: Cost) -> int:
        """Return what a year of a choice costs more than as it is now, in minor units."""
        return cost.first_year - self.today
