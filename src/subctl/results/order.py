"""An order: of a change, or the end of a contract; and one that is taken back."""

from datetime import date

from subctl.domain.catalog import Catalogs
from subctl.domain.ending import Cancellation
from subctl.domain.invoice import Draft
from subctl.domain.record import Record
from subctl.results.change import ShownChange
from subctl.results.parties import Parties


class OrderedChange(Record):
    """An order of a change, and the day it was withdrawn with the number of its credit note."""

    number: str
    shown: ShownChange
    withdrawn: date | None
    credit_note: str | None
    changed: bool


class OrderedEnd(Record):
    """A cancellation; without a number it is a preview. `issued` are numbers of invoices.

    `parties` are there where it is shown by its number; the `catalogs` of its day have titles in other languages.
    """

    number: str | None
    space: str
    cancellation: Cancellation
    issued: tuple[str, ...]
    withdrawn: date | None
    changed: bool
    parties: Parties | None = None
    catalogs: Catalogs | None = None


Ordered = OrderedChange | OrderedEnd


class Withdrawal(Record):
    """An order that is taken back now, or would be; `credit` is the credit note for what it had charged.

    `credited` is the number of the invoice that it is for: of a corrected one that in its place. `catalogs` are those
    that were known when it was ordered: they have the titles of what is credited in other languages (`Catalogs.title`).
    """

    order: Ordered
    credit: Draft | None
    credited: str | None
    catalogs: Catalogs

    @property
    def changed(self) -> bool:
        """Whether there is something to take back: what was taken back before is an order that says so."""
        return True
