"""Choices side by side as JSON."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from subctl.view.documents.forms import (
    Amount,
    Billing,
    Count,
    Currency,
    Day,
    ErrorCode,
    LicenceCount,
    LicenceName,
    Per,
    PlanName,
    SpaceId,
    Users,
    one_of,
)


class ComingInvoice(TypedDict):
    """An invoice of the year from the day on."""

    date: Day
    """When it is issued."""
    net: Amount
    """Its net sum."""


class Reason(TypedDict):
    """How an amount comes about."""

    explanation: NotRequired[str]
    """With --explain: how the first year and what is invoiced come about."""


class Option(TypedDict):
    """A combination, and what it costs."""

    plan: PlanName
    """The plan."""
    users: Users
    """The users."""
    zoom: NotRequired[LicenceCount]
    """The Zoom licences, where a licence of that name is sold."""
    licences: dict[LicenceName, LicenceCount]
    """The number of licences of every kind."""
    billing: Billing
    """The billing."""
    kind: Annotated[str, one_of("upgrade", "downgrade", "billing", "none")] | None
    """What it does to the price; null where it is refused."""
    due_now: Amount | None
    """What would be due at once, net."""
    fee: Amount | None
    """The fee of the new price step, net."""
    fee_per: Per | None
    """What the fee is for."""
    first_year: Amount | None
    """What twelve months from the charge date cost with it, net, whatever day they are invoiced on."""
    difference: Amount | None
    """`first_year` minus `today`."""
    invoiced: Amount | None
    """What would be invoiced from `date` up to the eve of a year later, with what is due now, net."""
    refused: ErrorCode | None
    """Why it can't be ordered; the amounts are null then."""
    invoices: list[ComingInvoice]
    """The recurring invoices that make up `invoiced` with what is due now, net."""
    explanation: NotRequired[str]
    """With --explain: how the first year and what is invoiced come about."""


class CompareDocument(TypedDict):
    """Combinations side by side: compare."""

    schema: Literal["compare/1"]
    """The name and the version of this document."""
    date: Day
    """The day of the comparison."""
    space: SpaceId
    """The space."""
    currency: Currency
    """The currency of all amounts."""
    today: Amount
    """What the same twelve months cost without a change, net."""
    options: list[Option]
    """Every combination."""
    cheapest: Count | None
    """The place, from 0, of the option with the least `first_year`; null where all are refused."""
