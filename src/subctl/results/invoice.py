"""An issued invoice or credit note."""

from datetime import date
from typing import NamedTuple

from subctl.domain.catalog import Catalogs, Seller
from subctl.domain.invoice import Draft


class BuyerDetails(NamedTuple):
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


class Mandate(NamedTuple):
    """By what an invoice is debited: the mandate's id, its day, `CORE` or `B2B`, the account, and the creditor's id."""

    id: str
    signed: date
    scheme: str
    iban: str
    creditor_id: str | None


class Payment(NamedTuple):
    """How invoices are paid: by `transfer`, by `direct-debit` from an IBAN's last four signs, or by `card`."""

    method: str
    iban: str | None


class ShownInvoice(NamedTuple):
    """An invoice as it was issued; `order`, `credits` and `credited_by` are numbers, sums are in minor units.

    `credits_date` is the day of the invoice that a credit note credits. `mandate` is there where it is debited.
    `catalogs` are those that were known on the day of issue: they have the titles of what is charged in other languages
    (`Catalogs.title`).
    """

    number: str
    space: str
    order: str | None
    credits: str | None
    credits_date: date | None
    credited_by: str | None
    due_date: date | None
    draft: Draft
    net: int
    vat: int
    total: int
    seller: Seller
    buyer: BuyerDetails
    language: str
    payment: Payment
    mandate: Mandate | None
    catalogs: Catalogs
