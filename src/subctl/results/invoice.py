"""An issued invoice or credit note."""

from datetime import date

from subctl.domain.catalog import Catalogs, Seller
from subctl.domain.invoice import Draft
from subctl.domain.record import Record
from subctl.results.owed import Settled
from subctl.results.parties import BuyerDetails, Mandate, Payment
from subctl.results.words import Words


class Corrected(Record):
    """What a correction did: the `invoice` of a `day`, its credit note, the one in its place, by numbers; and why."""

    invoice: str
    day: date
    credit_note: str
    replacement: str
    reason: str | None


class ShownInvoice(Record):
    """An invoice as it was issued; `order`, `credits`, `credited_by`, `replaced_by` are numbers, sums in minor units.

    `words` are what it said then, in the language that they name, which is that of its paper.

    `credits_date` is the day of the invoice that a credit note credits. `correction` is the one that issued it: then it
    is that one's credit note, or the invoice in the place of another. `mandate` is there where it is debited.
    `catalogs` are those that were known on the day of issue: they have the titles of what is charged in other languages
    (`Catalogs.title`). `settled` is as of today, all else as it was issued.
    """

    number: str
    space: str
    order: str | None
    credits: str | None
    credits_date: date | None
    credited_by: str | None
    correction: Corrected | None
    replaced_by: str | None
    due_date: date | None
    draft: Draft
    words: Words
    net: int
    vat: int
    total: int
    seller: Seller
    buyer: BuyerDetails
    payment: Payment
    mandate: Mandate | None
    catalogs: Catalogs
    settled: Settled
