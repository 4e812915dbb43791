"""Choices side by side."""

from datetime import date
from typing import NamedTuple

from subctl.domain.contract import State
from subctl.domain.invoice import Draft, Fee


class Cost(NamedTuple):
    """What a choice costs, in minor units and net; `invoices` are those of its first year, without what is due now."""

    kind: str
    due_now: int
    fee: Fee
    first_year: int
    invoices: tuple[Draft, ...]


class Option(NamedTuple):
    """A choice with its cost, or with the code of what refuses it."""

    state: State
    cost: Cost | None
    refused: str | None = None


class Comparison(NamedTuple):
    """Choices for a space; `today` is what its first year costs as it is now, `cheapest` the place of an option.

    `licences` are the kinds that are sold.
    """

    day: date
    space: str
    currency: str
    licences: tuple[str, ...]
    today: int
    options: tuple[Option, ...]
    cheapest: int | None
