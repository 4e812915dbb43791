"""Deadlines: what contracts, their quotes and their invoices have ahead, soonest first."""

from collections.abc import Iterable
from datetime import date

from subctl.domain.record import Record

RENEWAL, DOWNGRADE, CANCEL, END, QUOTE, INVOICE = KINDS = (
    "renewal",
    "downgrade",
    "cancel",
    "end",
    "quote",
    "invoice",
)
"""The next boundary; the last days to reduce and to cancel; the last day of use; a quote's; an invoice's due date."""


class DeadlineItem(Record):
    """A deadline; the first four fields tell it from all others, and sort it.

    `number` is that of a quote or an invoice, `name` the customer's. The contract was changed last on `changed_on`,
    to its `version`. `effective` is the day from which a reduction asked for in time would hold, `last_day` the last
    day of use after a cancellation, `amount` what a quote makes due at once or is open of an invoice, in minor units.
    """

    day: date
    space: str
    kind: str
    number: str | None
    name: str
    changed_on: date
    version: int
    effective: date | None = None
    last_day: date | None = None
    amount: int | None = None

    @property
    def id(self) -> str:
        """What names it among all of its store, whenever it is asked for."""
        return f"{self.space}.{self.kind}.{self.number or self.day}"


class Deadlines(Record):
    """Deadlines; `store` is the first hash of the store's history, which no other store has."""

    items: Iterable[DeadlineItem]
    store: str
    currency: str
    more: bool | None
