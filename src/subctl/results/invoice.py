"""An issued invoice or credit note."""

from datetime import date
from typing import NamedTuple

from subctl.domain.catalog import Seller
from subctl.domain.invoice import Draft


class BuyerDetails(NamedTuple):
    """Who an invoice is for."""

    name: str
    address: str | None
    country: str
    vat_id: str | None
    email: str | None
    reference: str | None


class ShownInvoice(NamedTuple):
    """An invoice as it was issued; `order` and `credits` are numbers, sums are in minor units."""

    number: str
    space: str
    order: str | None
    credits: str | None
    due_date: date | None
    draft: Draft
    net: int
    vat: int
    total: int
    seller: Seller
    buyer: BuyerDetails
