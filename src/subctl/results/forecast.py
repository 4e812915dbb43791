"""The invoices to come."""

from datetime import date

from subctl.domain.invoice import Draft
from subctl.domain.record import Record
from subctl.results.owed import Balance


class Forecast(Record):
    """The recurring invoices of a space over so many months, and what is open or its credit before them."""

    day: date
    months: int
    space: str
    currency: str
    invoices: tuple[Draft, ...]
    balance: Balance

    @property
    def net(self) -> int:
        """The sum of the net amounts, in minor units."""
        return sum(draft.net for draft in self.invoices)

    @property
    def vat(self) -> int:
        """The sum of the VAT, in minor units."""
        return sum(draft.tax for draft in self.invoices)

    @property
    def total(self) -> int:
        """The sum of the totals, in minor units."""
        return sum(draft.total for draft in self.invoices)
