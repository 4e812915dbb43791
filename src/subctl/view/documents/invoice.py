"""Issued invoices and credit notes."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from subctl.view.documents.forms import (
    Country,
    Currency,
    Day,
    EInvoice,
    Form,
    InvoiceNumber,
    Language,
    MandateScheme,
    OrderNumber,
    SchemeId,
    SpaceId,
    one_of,
)
from subctl.view.documents.parts import Draft, Files, Settled


class Notes(TypedDict):
    """Sentences on papers about paying late or early."""

    recovery_fee: str | None
    """What recovering a late payment costs."""
    late_penalty: str | None
    """The interest on what is paid late."""
    early_payment: str | None
    """What paying early saves, or that it saves nothing."""


class Party(TypedDict):
    """What is said of a seller and of a buyer."""

    name: str
    """The name."""
    street: str | None
    """Street and number."""
    postcode: str | None
    """The postcode."""
    city: str | None
    """The city."""
    country: Country
    """The country."""
    vat_id: str | None
    """The VAT number."""
    legal_id: SchemeId | None
    """The number in a register, after its scheme."""
    endpoint: SchemeId | None
    """The address of e-invoices, after its scheme."""
    contact: str | None
    """Who answers questions about invoices."""
    phone: str | None
    """The telephone number of that person."""


class Seller(Party):
    """The seller, as on the day of issue."""

    address: str
    """The address."""
    tax_id: str | None
    """A tax number that is no VAT number."""
    email: str | None
    """Where messages with invoices come from."""
    iban: str | None
    """The account to pay to."""
    bic: str | None
    """The BIC of that account."""
    support: str
    """Whom to ask."""
    terms: str | None
    """The terms of payment; made from the due date where there are none."""
    notes: Notes
    """Sentences on papers about paying late or early."""


class Buyer(Party):
    """The buyer, as on the day of issue."""

    address: str | None
    """The address."""
    email: str | None
    """Where the invoice goes."""
    reference: str | None
    """The purchase order's number."""
    buyer_reference: str | None
    """What the buyer wants invoices to name, like a Leitweg-ID."""
    e_invoice: EInvoice | None
    """The profile of the e-invoices that it takes."""


class Payment(TypedDict):
    """How it is paid."""

    method: Annotated[str, one_of("transfer", "direct-debit", "card")]
    """By a transfer, by a direct debit or by card."""
    iban: str | None
    """The last four signs of the account that is debited; null where none is."""


class Mandate(TypedDict):
    """The mandate of a direct debit."""

    id: str
    """Its id."""
    signed: Day
    """The day of signature."""
    scheme: MandateScheme
    """The scheme."""
    iban: str
    """The last four signs of the account that is debited."""
    creditor_id: str | None
    """The seller's creditor identifier."""


class Difference(TypedDict):
    """What an invoice says otherwise than the one that it corrects."""

    field: Annotated[str, Form(pattern=r"^(seller\.(notes\.)?)?[a-z_]+$")]
    """The key of the detail: one of the buyer, `vat_category`, `vat_rate`, or one of the seller behind `seller.`."""
    before: str | None
    """What the corrected one says."""
    after: str | None
    """What it says."""


class InvoiceDocument(Draft, Settled, Files):
    """An invoice or a credit note: show INV-…, correct."""

    schema: Literal["invoice/1"]
    """The name and the version of this document."""
    number: InvoiceNumber | None
    """Its number; null with `correct --dry-run`."""
    space: SpaceId
    """The space."""
    order: OrderNumber | None
    """The order that issued it."""
    credits: InvoiceNumber | None
    """The invoice that a credit note credits."""
    credits_date: Day | None
    """The day of that invoice."""
    credited_by: InvoiceNumber | None
    """The credit note for the whole of it: then it asks for nothing."""
    replaces: InvoiceNumber | None
    """The invoice in whose place it was issued by `correct`."""
    replaces_date: Day | None
    """The day of that invoice."""
    replaced_by: InvoiceNumber | None
    """The invoice in its place, or of a credit note in the place of the one that it credits."""
    reason: str | None
    """Why it was issued in the place of another; on that one's credit note, too."""
    due_date: Day | None
    """The day by which to pay."""
    currency: Currency
    """The currency of all amounts."""
    seller: Seller
    """The seller, as on the day of issue."""
    buyer: Buyer
    """The buyer, as on the day of issue."""
    language: Language
    """The language of its papers: the one that its buyer wanted, else English; all texts here are in English."""
    payment: Payment
    """How it is paid, as on the day of issue."""
    mandate: Mandate | None
    """By what it is debited; null where it is not."""
    payment_reference: Annotated[str, Form(pattern="^RF[0-9]{2}INV[0-9]{8,13}$")] | None
    """What a transfer may name instead of its number (ISO 11649); null for a credit note."""
    credit_note: NotRequired[InvoiceNumber | None]
    """With `correct`: the credit note of the invoice in whose place it stands; null with --dry-run."""
    differences: NotRequired[list[Difference]]
    """With `correct`: what it says otherwise than that one."""
    changed: NotRequired[bool]
    """With `correct`: whether this call did it."""
