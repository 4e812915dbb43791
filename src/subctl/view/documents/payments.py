"""Payments, and bookings that are none of ours."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from subctl.domain.payment import KINDS, METHODS
from subctl.view.documents.forms import Amount, Currency, Day, InvoiceNumber, PaymentNumber, SpaceId, one_of


class PaidPart(TypedDict):
    """What of a payment is for an invoice."""

    number: InvoiceNumber
    """The invoice."""
    amount: Amount
    """How much of the money is for it."""


class PaymentItem(TypedDict):
    """A payment; what it settles follows from all that was entered."""

    number: PaymentNumber | None
    """The payment's number; null where it isn't entered."""
    space: SpaceId
    """The space."""
    date: Day
    """The day of the money."""
    entered: Day
    """The day it was entered."""
    amount: Amount
    """The amount; below zero where money went."""
    currency: Currency
    """The currency."""
    kind: Annotated[str, one_of(*KINDS)]
    """What it is: money that came, a refund, a returned debit, or an entry that takes another one back."""
    method: Annotated[str, one_of(*METHODS)]
    """How the money came or went."""
    reference: str | None
    """What was written beside it."""
    source: str | None
    """What a statement calls the booking."""
    parts: list[PaidPart]
    """The invoices that it names; what is over settles what is open, oldest due first, and then is credit."""
    of: PaymentNumber | None
    """The payment that it takes back."""
    taken_back_by: PaymentNumber | None
    """The entry that takes it back."""


class PaymentDocument(PaymentItem):
    """A payment: pay, show."""

    schema: Literal["payment/1"]
    """The name and the version of this document."""
    open: Amount | None
    """What is open of its space after it, where it is entered now."""
    credit: Amount | None
    """The credit of its space after it, where it is entered now."""
    changed: bool
    """Whether this call entered it."""


class IgnoredDocument(TypedDict):
    """A booking of a statement that is none of ours: pay --ignore."""

    schema: Literal["ignored/1"]
    """The name and the version of this document."""
    source: str
    """What a statement calls the booking."""
    date: Day
    """Since when it is ignored."""
    changed: bool
    """Whether this call did it."""
