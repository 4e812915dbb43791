"""What several documents are made of."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from subctl.view.documents.forms import (
    Amount,
    Billing,
    Count,
    Day,
    ErrorCode,
    Form,
    InvoiceStatus,
    LicenceCount,
    LicenceName,
    Per,
    PlanName,
    Price,
    Rate,
    SpaceId,
    Users,
    VatCategory,
    one_of,
)


class Period(TypedDict):
    """A stretch of days."""

    start: Day
    """The first day."""
    end: Day
    """The day after the last one."""


class Months(TypedDict):
    """A length: `whole` + `days`/`of` months."""

    whole: Count
    """Whole months."""
    days: Count
    """Days of the fraction; 0 where there is none."""
    of: Count
    """The fraction's denominator; 0 where there is none."""


class Line(TypedDict):
    """A line of an invoice."""

    item: Annotated[str, Form(pattern="^[a-z0-9][a-z0-9-]{0,39}$")]
    """What is charged: `users`, or a kind of licence."""
    description: str
    """What a person reads."""
    quantity: Annotated[str, Form(pattern="^-?[0-9]+$")]
    """How many: the added number where plan and rate stay, else 1."""
    rate: Rate
    """The price of one for `per`, or the difference of two fees."""
    per: Per
    """What the rate is for."""
    period: Period
    """What the line is for."""
    months: Months
    """The period's length."""
    amount: Amount
    """Quantity × rate × months (/ 12 where `per` is year), rounded once."""
    fee_before: NotRequired[Rate]
    """The fee before, where a difference is charged."""
    fee_after: NotRequired[Rate]
    """The fee after, where a difference is charged."""
    explanation: NotRequired[str]
    """How the amount comes about; with --explain."""


class DraftKeys(TypedDict):
    """An invoice, whether it has a number or not."""

    kind: Annotated[str, one_of("recurring", "upgrade", "credit")]
    """What kind of invoice."""
    date: Day
    """The day it is dated."""
    period: Period
    """What it is for."""
    lines: list[Line]
    """What is charged."""
    net: Amount
    """The sum of the lines."""
    vat_category: VatCategory
    """Why there is VAT, or none."""
    vat_rate: Price
    """The VAT rate in percent."""
    vat_note: str | None
    """The wording the VAT category asks for."""
    vat: Amount
    """The VAT on `net`."""
    total: Amount
    """Net and VAT."""


class Settled(TypedDict):
    """What of an invoice is paid by today, and what became of it."""

    paid: Amount
    """What of it is paid."""
    open: Amount
    """What of it is open."""
    status: InvoiceStatus
    """What became of it; a credit note is `settled`."""
    overdue: bool
    """Whether something is open after the due date."""


class VatReason(TypedDict):
    """How the VAT of an invoice comes about."""

    vat_explanation: NotRequired[str]
    """How the VAT comes about; with --explain."""


class Draft(DraftKeys, VatReason):
    """An invoice, with or without a number, that can be explained."""


class Licences(TypedDict):
    """Numbers of licences."""

    zoom: NotRequired[LicenceCount]
    """The number of Zoom licences, where a licence of that name is sold."""
    licences: dict[LicenceName, LicenceCount]
    """The number of licences of every kind."""


class State(TypedDict):
    """What a contract gives, and its fee."""

    plan: PlanName
    """The plan."""
    users: Users
    """The number of users."""
    zoom: NotRequired[LicenceCount]
    """The number of Zoom licences, where a licence of that name is sold."""
    licences: dict[LicenceName, LicenceCount]
    """The number of licences of every kind."""
    billing: Billing
    """How often it is invoiced."""
    fee: Amount
    """What it costs for `fee_per`, net."""
    fee_per: Per
    """What the fee is for."""


class NotSaved(TypedDict):
    """A document that has not all of its files."""

    number: Annotated[str, Form(pattern="^(Q|INV|R)-[0-9]{4}-[0-9]{4,9}$")]
    """Its number."""
    space: SpaceId
    """Its space."""
    error: Refusal
    """Why."""


class Files(TypedDict):
    """What became of the files of a document, with --save."""

    saved: NotRequired[Count]
    """How many files were written."""
    kept: NotRequired[Count]
    """How many files were there already."""
    failed: NotRequired[list[NotSaved]]
    """What was not saved; the exit code is 4 or 9 then."""


class Refusal(TypedDict):
    """A refusal."""

    code: ErrorCode
    """A stable code; the exit code follows from it."""
    message: str
    """What is wrong."""
    hint: str
    """What to do next; may be empty."""
