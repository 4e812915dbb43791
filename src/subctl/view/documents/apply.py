"""Many changes at once as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, NotRequired, TypedDict

from subctl.view.documents.change import ChangeDocument
from subctl.view.documents.forms import Amount, Count, Currency, Day, Form, InvoiceNumber
from subctl.view.documents.parts import Refusal


class NotApplied(TypedDict):
    """A row that was refused, or with --save an invoice that was not saved."""

    line: NotRequired[Annotated[int, Form(minimum=2)]]
    """The refused row's line in the file; the header is line 1."""
    number: NotRequired[InvoiceNumber]
    """The invoice that was not saved."""
    space: str
    """The space, as the file has it."""
    error: Refusal
    """Why."""


class ApplyDocument(TypedDict):
    """A file of wanted states: apply."""

    schema: Literal["apply/1"]
    """The name and the version of this document."""
    date: Day
    """The day of the orders."""
    currency: Currency
    """The currency of all amounts."""
    changes: Iterable[ChangeDocument]
    """One for each row that was not refused, in the file's order."""
    net: Amount
    """The sum of what is due now, net."""
    total: Amount
    """The sum of what is due now, with VAT."""
    changed: Count
    """How many contracts change."""
    failed: list[NotApplied]
    """With --keep-going: the rows that were refused; with --save: what was not saved. The exit code is 4 or 9 then."""
    saved: NotRequired[Count]
    """With --save: how many files were written."""
    kept: NotRequired[Count]
    """With --save: how many files were there already."""
