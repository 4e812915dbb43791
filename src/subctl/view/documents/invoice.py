"""Issued invoices and credit notes."""

from __future__ import annotations

from typing import Literal, TypedDict

from subctl.view.documents.forms import Country, Currency, Day, InvoiceNumber, OrderNumber, SpaceId
from subctl.view.documents.parts import Draft


class Seller(TypedDict):
    """The seller, as on the day of issue."""

    name: str
    """The name."""
    address: str
    """The address."""
    country: Country
    """The country."""
    vat_id: str | None
    """The VAT number."""
    iban: str | None
    """The account to pay to."""
    support: str
    """Whom to ask."""


class Buyer(TypedDict):
    """The buyer, as on the day of issue."""

    name: str
    """The name."""
    address: str | None
    """The address."""
    country: Country
    """The country."""
    vat_id: str | None
    """The VAT number."""
    email: str | None
    """Where the invoice goes."""
    reference: str | None
    """The purchase order's number."""


class InvoiceDocument(Draft):
    """An invoice or a credit note: show INV-…."""

    schema: Literal["invoice/1"]
    """The name and the version of this document."""
    number: InvoiceNumber
    """Its number."""
    space: SpaceId
    """The space."""
    order: OrderNumber | None
    """The order that issued it."""
    credits: InvoiceNumber | None
    """The invoice that a credit note credits."""
    due_date: Day | None
    """The day by which to pay."""
    currency: Currency
    """The currency of all amounts."""
    seller: Seller
    """The seller, as on the day of issue."""
    buyer: Buyer
    """The buyer, as on the day of issue."""
