"""The invoices to come as JSON."""

from __future__ import annotations

from typing import Literal, TypedDict

from subctl.view.documents.forms import (
    Amount,
    Currency,
    Day,
    Number,
    SpaceId,
)
from subctl.view.documents.parts import DraftKeys


class ComingInvoice(DraftKeys):
    """An invoice to come."""

    space: SpaceId
    """The space."""


class ForecastDocument(TypedDict):
    """The invoices to come: forecast."""

    schema: Literal["forecast/1"]
    """The name and the version of this document."""
    date: Day
    """The day of the forecast."""
    months: Number
    """How many months it looks ahead."""
    space: SpaceId
    """The space."""
    currency: Currency
    """The currency of all amounts."""
    invoices: list[ComingInvoice]
    """Recurring invoices dated after `date` and at most so many months later, and those already due."""
    net: Amount
    """The sum, net."""
    vat: Amount
    """The sum of the VAT."""
    total: Amount
    """The sum, with VAT."""
    open: Amount
    """What is open of earlier invoices."""
    credit: Amount
    """What the space paid too much: it pays the first of these."""
