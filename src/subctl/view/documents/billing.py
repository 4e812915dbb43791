"""A bill run as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NotRequired, TypedDict

from subctl.view.documents.forms import Amount, Count, Currency, Day, InvoiceNumber, SpaceId
from subctl.view.documents.parts import Period, Refusal


class BilledInvoice(TypedDict):
    """An invoice of a run."""

    number: InvoiceNumber | None
    """The invoice's number; null with --dry-run."""
    space: SpaceId
    """The space."""
    period: Period
    """What it is for."""
    net: Amount
    """The sum of the lines."""
    vat: Amount
    """The VAT."""
    total: Amount
    """Net and VAT."""
    currency: Currency
    """The currency of the amounts."""


class NotBilled(TypedDict):
    """A contract that was left out, or with --save an invoice that was not saved."""

    number: NotRequired[InvoiceNumber]
    """The invoice that was not saved."""
    space: SpaceId
    """The space."""
    error: Refusal
    """Why."""


class BillDocument(TypedDict):
    """A bill run: bill."""

    schema: Literal["bill/1"]
    """The name and the version of this document."""
    date: Day
    """The day of the run."""
    issued: Iterable[BilledInvoice]
    """The invoices, in the order of their numbers."""
    failed: list[NotBilled]
    """The contracts that were left out, and the invoices that were not saved; the exit code is 4 or 9 then."""
    saved: NotRequired[Count]
    """With --save: how many files were written."""
    kept: NotRequired[Count]
    """With --save: how many files were there already."""
