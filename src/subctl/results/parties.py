"""Between whom documents are, and how invoices are paid."""

from datetime import date

from subctl.domain.catalog import Seller
from subctl.domain.record import Record
from subctl.domain.refusals import CARD


class BuyerDetails(Record):
    """Who an invoice is for, as on the day of issue; `legal_id` and `endpoint` are `SCHEME:ID`.

    `payment` is what the space said then: `invoice`, `direct-debit` or `card`; how the invoice is paid follows from it.
    """

    name: str
    country: str
    address: str | None
    vat_id: str | None
    email: str | None
    reference: str | None
    payment: str | None
    iban: str | None
    mandate: str | None
    language: str | None
    street: str | None
    postcode: str | None
    city: str | None
    legal_id: str | None
    endpoint: str | None
    buyer_reference: str | None
    contact: str | None
    phone: str | None
    e_invoice: str | None


class Mandate(Record):
    """By what an invoice is debited: the mandate's id, its day, `CORE` or `B2B`, the account, and the creditor's id."""

    id: str
    signed: date
    scheme: str
    iban: str
    creditor_id: str | None


class Payment(Record):
    """How invoices are paid: by `transfer`, by `direct-debit` from an IBAN's last four signs, or by `card`."""

    method: str
    iban: str | None

    @property
    def by_card(self) -> bool:
        """Whether a card is charged, and nobody has to do anything."""
        return self.method == CARD


class Parties(Record):
    """Between whom a document is, as they were on its day."""

    seller: Seller
    buyer: BuyerDetails
