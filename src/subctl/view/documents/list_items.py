"""What stands in lists of spaces, their documents, deadlines and mandates."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from subctl.domain.collection import STATUSES as COLLECTION_STATUSES
from subctl.domain.mandate import STATUSES
from subctl.view.documents.forms import (
    Amount,
    Billing,
    CollectionNumber,
    Count,
    Country,
    Currency,
    Day,
    Form,
    InvoiceNumber,
    InvoiceStatus,
    LicenceCount,
    LicenceName,
    MandateScheme,
    Number,
    OrderNumber,
    PlanName,
    Price,
    QuoteNumber,
    SpaceId,
    Users,
    VatCategory,
    one_of,
)
from subctl.view.documents.parts import Period, State


class SpaceItem(TypedDict):
    """A space."""

    id: SpaceId
    """The space's ID."""
    space: SpaceId
    """The same."""
    name: str
    """The customer's name."""
    date: Day
    """The day it was entered."""
    status: Annotated[str, one_of("upcoming", "active", "ending", "ended")]
    """Where the contract stands."""
    plan: PlanName
    """The plan that may be used."""
    users: Users
    """The users."""
    zoom: NotRequired[LicenceCount]
    """The Zoom licences, where a licence of that name is sold."""
    licences: dict[LicenceName, LicenceCount]
    """The number of licences of every kind."""
    billing: Billing
    """The billing in force."""
    active_users: Count
    """How many users are active."""
    renews_on: Day | None
    """The next boundary."""
    last_day: Day | None
    """The last day of use, where it ends."""
    default: bool
    """Whether it is the default space."""


class QuoteItem(TypedDict):
    """A quote."""

    number: QuoteNumber
    """The quote's number."""
    space: SpaceId
    """The space."""
    date: Day
    """The day it was made."""
    valid_until: Day
    """Its last day."""
    status: Annotated[str, one_of("open", "ordered", "expired", "stale")]
    """What can be done with it."""
    kind: Annotated[str, one_of("upgrade", "downgrade", "billing")]
    """What it does to the price."""
    before: State
    """The entitlement before."""
    after: State
    """The wanted state."""
    due_now: Amount
    """What would be due at once, with VAT."""
    currency: Currency
    """The currency of the amounts."""


class OrderItem(TypedDict):
    """An order."""

    number: OrderNumber
    """The order's number."""
    space: SpaceId
    """The space."""
    date: Day
    """The day it was ordered."""
    kind: Annotated[str, one_of("upgrade", "downgrade", "billing", "cancel")]
    """What was ordered."""
    status: Annotated[str, one_of("ordered", "waiting", "withdrawn")]
    """Where it stands: it waits until its price starts, a cancellation until the contract has ended."""
    before: State | None
    """The entitlement before; null for a cancellation."""
    after: State | None
    """The wanted state; null for a cancellation."""
    price_from: Day | None
    """The day from which it is paid for."""
    last_day: Day | None
    """The last day that a cancellation set."""
    invoice: InvoiceNumber | None
    """The upgrade invoice."""
    quote: QuoteNumber | None
    """The quote it accepted."""
    withdrawn: Day | None
    """The day it was withdrawn."""


class InvoiceBuyer(TypedDict):
    """Whom an invoice names."""

    name: str
    """The buyer's name."""
    country: Country
    """Its country."""
    vat_id: str | None
    """Its VAT number."""


class InvoiceItem(TypedDict):
    """An invoice or a credit note."""

    number: InvoiceNumber
    """The invoice's number."""
    space: SpaceId
    """The space."""
    date: Day
    """The day of issue."""
    kind: Annotated[str, one_of("recurring", "upgrade", "credit")]
    """What kind of invoice."""
    buyer: InvoiceBuyer
    """Whom it names."""
    period: Period
    """What it is for."""
    net: Amount
    """The sum of the lines."""
    vat_category: VatCategory
    """Why there is VAT, or none."""
    vat_rate: Price
    """The VAT rate in percent."""
    vat: Amount
    """The VAT."""
    total: Amount
    """Net and VAT."""
    due_date: Day | None
    """The day by which to pay."""
    credits: InvoiceNumber | None
    """The invoice that a credit note credits."""
    credited_by: InvoiceNumber | None
    """The credit note for the whole of it: then it asks for nothing."""
    paid: Amount
    """What of it is paid by today."""
    open: Amount
    """What of it is open."""
    status: InvoiceStatus
    """What became of it; a credit note is `settled`."""
    overdue: bool
    """Whether something is open after the due date."""
    currency: Currency
    """The currency of the amounts."""


class DeadlineItem(TypedDict):
    """A day on which something ends or is due."""

    id: str
    """What names it, the same whenever it is asked for."""
    space: SpaceId
    """The space."""
    name: str
    """The customer's name."""
    date: Day
    """The day."""
    kind: Annotated[str, one_of("renewal", "downgrade", "cancel", "end", "quote", "invoice")]
    """What is on that day: the next boundary; the last day to reduce, to cancel, of use, of a quote; a due date."""
    number: Annotated[str, Form(pattern="^(Q|INV)-[0-9]{4}-[0-9]{4,9}$")] | None
    """The quote or the invoice."""
    effective: Day | None
    """The day from which a reduction asked for in time would hold."""
    last_day: Day | None
    """The last day of use, after a cancellation."""
    amount: Amount | None
    """What a quote makes due at once, or what is open of an invoice, with VAT."""
    currency: Currency
    """The currency of the amount."""


class MandateItem(TypedDict):
    """A mandate of direct debits."""

    id: Annotated[str, Form(minLength=1, maxLength=35)]
    """Its id."""
    space: SpaceId
    """The space."""
    date: Day
    """The day it was entered."""
    signed: Day
    """The day of signature."""
    scheme: MandateScheme
    """The scheme."""
    iban: str
    """The last four signs of the account that is debited."""
    status: Annotated[str, one_of(*STATUSES)]
    """Whether it serves, wasn't used for 36 months, or was ended."""
    ended_on: Day | None
    """The day it was ended."""


class CollectionItem(TypedDict):
    """A direct-debit file."""

    number: CollectionNumber
    """Its number."""
    date: Day
    """The day it was made."""
    on: Day
    """The day on which its debits are due."""
    debits: Number
    """How many debits stand in it."""
    amount: Amount
    """Their sum."""
    status: Annotated[str, one_of(*COLLECTION_STATUSES)]
    """Whether it counts, or was never sent."""
    dropped_on: Day | None
    """The day on which it was noted as never sent."""


class StateItem(TypedDict):
    """The state of a contract."""

    space: SpaceId
    """The space."""
    plan: PlanName
    """The plan."""
    users: Users
    """The users."""
    zoom: NotRequired[LicenceCount]
    """The Zoom licences, where a licence of that name is sold."""
    licences: dict[LicenceName, LicenceCount]
    """The number of licences of every kind."""
    billing: Billing
    """The billing ordered last."""
