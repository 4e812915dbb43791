"""A correction: an invoice that is credited whole and issued anew with today's details, or would be."""

from subctl.domain.record import Record
from subctl.results.invoice import ShownInvoice


class Difference(Record):
    """What an invoice says otherwise once it is issued anew: a detail of its buyer, its VAT, or its seller's.

    `field` is named as in `invoice/1`: `name`, `vat_category`, `seller.phone`.
    """

    field: str
    before: str | None
    after: str | None


class Correction(Record):
    """An invoice and the one in its place; without the number of the credit note it is a preview, and so is that one.

    `reason` is why, as it stands on both documents. It is not `changed` where it was corrected before.
    """

    corrected: ShownInvoice
    credit_note: str | None
    invoice: ShownInvoice
    differences: tuple[Difference, ...]
    reason: str | None
    changed: bool
