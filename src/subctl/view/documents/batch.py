"""Many contracts at once, and the check of them all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, TypedDict

from subctl.view.documents.change import ChangeDocument
from subctl.view.documents.forms import Amount, Count, Currency, Day, Form, Hash, InvoiceNumber, SpaceId
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
    """A contract that was left out."""

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
    """The contracts that were left out; the exit code is 4 then."""


class NotApplied(TypedDict):
    """A row that was refused."""

    line: Annotated[int, Form(minimum=2)]
    """The row's line in the file; the header is line 1."""
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
    changes: list[ChangeDocument]
    """One for each row that was not refused, in the file's order."""
    net: Amount
    """The sum of what is due now, net."""
    total: Amount
    """The sum of what is due now, with VAT."""
    changed: Count
    """How many contracts change."""
    failed: list[NotApplied]
    """With --keep-going: the rows that were refused; the exit code is 4 then."""


class ImportDocument(TypedDict):
    """A file of new spaces: space import."""

    schema: Literal["import/1"]
    """The name and the version of this document."""
    date: Day
    """The day they were entered."""
    changed: bool
    """Whether there were any."""
    added: Count
    """How many spaces were added."""


class Counts(TypedDict):
    """What was looked at."""

    spaces: Count
    """How many spaces."""
    quotes: Count
    """How many quotes."""
    orders: Count
    """How many orders and cancellations."""
    invoices: Count
    """How many invoices and credit notes."""
    history: Count
    """How many entries the history has."""


class Problem(TypedDict):
    """Something that should not be so."""

    code: str
    """What kind of problem."""
    document: str | None
    """The document's number, where it is one's."""
    message: str
    """What is wrong."""


class CheckDocument(TypedDict):
    """The check of the book: check."""

    schema: Literal["check/1"]
    """The name and the version of this document."""
    ok: bool
    """Whether nothing was found; the exit code is 8 otherwise."""
    counts: Counts
    """What was looked at."""
    problems: list[Problem]
    """What was found."""
    head: Hash
    """The history's newest hash: keep it elsewhere, and give it to --head later."""
