"""Changes, and the orders of them."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from subctl.view.documents.forms import (
    Amount,
    Currency,
    Day,
    Form,
    InvoiceNumber,
    OrderNumber,
    Per,
    QuoteNumber,
    SpaceId,
    one_of,
)
from subctl.view.documents.parts import Draft, Files, State


class Compared(TypedDict):
    """The fees of two states on the same billing, net."""

    before: Amount
    """The entitlement's."""
    after: Amount
    """The wanted state's."""
    per: Per
    """What the fees are for."""


class ChangeDocument(Files):
    """A change of a contract: quote, upgrade, downgrade, order."""

    schema: Literal["change/1"]
    """The name and the version of this document."""
    space: SpaceId
    """The space."""
    date: Day
    """The day of the change."""
    kind: Annotated[str, one_of("upgrade", "downgrade", "billing", "none")]
    """What it does to the price; `none` where nothing changes."""
    changed: bool
    """Whether there is something to change, and this call did it."""
    currency: Currency
    """The currency of all amounts."""
    before: State
    """The entitlement before, and its fee."""
    after: State
    """The wanted state, and its fee."""
    compared: Compared | None
    """The two fees that name the change; null in documents by the first rules."""
    available_from: Day | None
    """The day from which it can be used."""
    price_from: Day | None
    """The day from which it is paid for; null where it never is."""
    rule: Annotated[str, Form(pattern=r"^4\.[0-9]+$")] | None
    """The rule of docs/pricing.md that places the price."""
    free_until: Day | None
    """The last day that costs nothing; null where nothing is free."""
    renews_on: Day | None
    """The next boundary."""
    catch_up: list[Draft]
    """Recurring invoices in arrears that the order issues first."""
    due_now: Draft | None
    """The upgrade invoice; null where nothing is due now."""
    next_invoice: Draft | None
    """The first recurring invoice with the new price."""
    quote: QuoteNumber | None
    """The quote that was saved or ordered."""
    valid_until: Day | None
    """The quote's last day."""
    order: OrderNumber | None
    """The order."""
    invoice: InvoiceNumber | None
    """The upgrade invoice that the order issued."""
    issued: list[InvoiceNumber]
    """All that the order issued."""
    explanation: NotRequired[str]
    """Why the price starts when it does; with --explain."""
    status: NotRequired[Annotated[str, one_of("open", "ordered", "expired", "stale")]]
    """What became of a quote, where one is shown by its number."""


class OrderDocument(Files):
    """An order or a cancellation: show O-…, cancel, withdraw."""

    schema: Literal["order/1"]
    """The name and the version of this document."""
    number: OrderNumber | None
    """Its number; null with --dry-run."""
    space: SpaceId
    """The space."""
    date: Day
    """The day it was ordered."""
    kind: Annotated[str, one_of("upgrade", "downgrade", "billing", "cancel")]
    """What was ordered."""
    quote: QuoteNumber | None
    """The quote that was accepted."""
    change: ChangeDocument | None
    """The change; null for a cancellation."""
    last_day: Day | None
    """The last day of use that a cancellation set; null where it never starts."""
    catch_up: NotRequired[list[Draft]]
    """A cancellation's: recurring invoices in arrears that it issues first."""
    issued: list[InvoiceNumber]
    """All that it issued."""
    invoice: InvoiceNumber | None
    """The upgrade invoice."""
    withdrawn: Day | None
    """The day it was withdrawn."""
    credit_note: InvoiceNumber | None
    """The credit note of the withdrawal."""
    currency: Currency
    """The currency of all amounts."""
    credit: NotRequired[Draft | None]
    """A withdrawal's: what the credit note says; null where nothing is credited."""
    changed: bool
    """Whether this call did it."""
