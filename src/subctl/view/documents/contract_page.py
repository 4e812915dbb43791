"""The contract page."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from subctl.view.documents.forms import (
    Amount,
    Billing,
    Count,
    Country,
    Currency,
    Day,
    EInvoice,
    Language,
    LicenceCount,
    LicenceName,
    OrderNumber,
    Per,
    PlanName,
    QuoteNumber,
    SchemeId,
    SpaceId,
    Users,
    one_of,
)
from subctl.view.documents.parts import Draft, State


class Space(TypedDict):
    """The customer."""

    id: SpaceId
    """The space's ID."""
    name: str
    """The customer's name on invoices."""
    country: Country
    """The customer's country."""
    vat_id: str | None
    """The VAT number."""
    active_users: Count
    """How many users are active."""
    locked: bool
    """Whether the vendor's staff looks after it."""
    address: str | None
    """The address on invoices."""
    email: str | None
    """Where invoices go."""
    reference: str | None
    """The purchase order's number."""
    payment: Annotated[str, one_of("invoice", "direct-debit", "card")]
    """How invoices are paid."""
    iban: str | None
    """The account for direct debits: the last four signs of it."""
    street: str | None
    """Street and number."""
    postcode: str | None
    """The postcode."""
    city: str | None
    """The city."""
    legal_id: SchemeId | None
    """The number in a register, after its scheme."""
    endpoint: SchemeId | None
    """The address of e-invoices, after its scheme."""
    buyer_reference: str | None
    """What its invoices are told by, like a Leitweg-ID."""
    contact: str | None
    """Who gets invoices."""
    phone: str | None
    """The telephone number of that person."""
    language: Language | None
    """The language that papers are wanted in."""
    e_invoice: EInvoice | None
    """The profile of its e-invoices."""


class Contract(TypedDict):
    """What it gives and costs today."""

    status: Annotated[str, one_of("upcoming", "active", "ending", "ended")]
    """Where it stands."""
    plan: PlanName
    """The plan that may be used."""
    users: Users
    """The users that may be used."""
    zoom: NotRequired[LicenceCount]
    """The Zoom licences that may be used, where a licence of that name is sold."""
    licences: dict[LicenceName, LicenceCount]
    """The number of licences of every kind."""
    billing: Billing
    """The billing of the price step in force."""
    fee: Amount
    """The fee of the price step in force, net."""
    fee_per: Per
    """What the fee is for."""
    started_on: Day
    """The first day of use."""
    billed_from: Day
    """The first day that is charged."""
    renews_on: Day | None
    """The next boundary; null after the end."""
    last_day: Day | None
    """The last day of use, where it ends."""
    billed_until: Day | None
    """The last day that is invoiced; null where nothing is."""


class PriceStep(State):
    """A price step, and its fee."""

    start: Day
    """Its first day."""


class Downgrade(TypedDict):
    """A reduction that can still be reached."""

    by: Day
    """The last day to ask for it."""
    effective: Day
    """The day it counts from."""


class Cancel(TypedDict):
    """An end that can still be reached."""

    by: Day
    """The last day to ask for it."""
    last_day: Day | None
    """The last day of use then; null where it would never start."""


class Deadlines(TypedDict):
    """What can still be reached, and until when."""

    downgrade: Downgrade | None
    """The next reduction that can still be reached."""
    cancel: Cancel | None
    """The next end that can still be reached; null while a cancellation waits."""


class ContractDocument(TypedDict):
    """The contract page: show, space add, space set."""

    schema: Literal["contract/1"]
    """The name and the version of this document."""
    date: Day
    """The day it is looked at."""
    sandbox: bool
    """Whether the store is a sandbox: nothing in it counts."""
    currency: Currency
    """The currency of all amounts."""
    space: Space
    """The customer."""
    contract: Contract
    """What it gives and costs today."""
    price_steps: list[PriceStep]
    """The price step in force, then all later ones."""
    next_invoice: Draft | None
    """The next recurring invoice."""
    deadlines: Deadlines
    """What can still be reached, and until when."""
    withdrawable: OrderNumber | None
    """The latest change, while it can be withdrawn."""
    cancellation: OrderNumber | None
    """The cancellation that waits; until the end it can be withdrawn."""
    open_quotes: list[QuoteNumber]
    """The quotes that can be ordered."""
    open: Amount
    """What is open of its invoices."""
    overdue: Amount
    """What of that is overdue."""
    credit: Amount
    """What it paid too much, or was credited after it paid; 0 while something is open."""
    assumed_billed_through: NotRequired[Day | None]
    """The last day that `space add` took as invoiced elsewhere, as nobody said so."""
    changed: NotRequired[bool]
    """Whether `space set` changed anything."""
