"""A bank statement, and what became of its bookings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, TypedDict

from subctl.domain.matching import CERTAINTIES, REASONS
from subctl.domain.mention import WAYS
from subctl.results.statements import KNOWN
from subctl.view.documents.forms import Amount, Count, Currency, Day, PaymentNumber, SpaceId, one_of
from subctl.view.documents.payments import PaidPart


class Booking(TypedDict):
    """A booking of a statement."""

    source: str
    """What it is called, as pay --source and --ignore take it."""
    date: Day
    """The day of the money."""
    amount: Amount
    """The amount; below zero where money went."""
    name: str
    """Who is on the other side, as the bank says."""
    text: str
    """What was written with it."""
    account: str | None
    """The end of the other side's account."""
    state: Annotated[str, one_of(*CERTAINTIES, KNOWN)]
    """What became of it: it is sure whose it is, and entered; only proposed; unknown; money that went, which isn't
    counted; or it was entered or set aside before."""
    reason: Annotated[str, one_of(*REASONS)] | None
    """Why a proposed one isn't sure."""
    way: Annotated[str, one_of(*WAYS)] | None
    """By what it is known whose it is: its end-to-end id, an RF reference, an invoice's number, or the account."""
    space: SpaceId | None
    """Whose it is, or is proposed to be."""
    parts: list[PaidPart]
    """The invoices that it is for; what is over settles what is open, oldest due first, and then is credit."""
    of: PaymentNumber | None
    """The payment that the bank took back."""
    payment: PaymentNumber | None
    """The payment that was entered; null where none was."""


class StatementDocument(TypedDict):
    """A bank statement: pay --from."""

    schema: Literal["statement/1"]
    """The name and the version of this document."""
    date: Day
    """The day on which it was read."""
    currency: Currency
    """The currency of the amounts."""
    bookings: Iterable[Booking]
    """Its bookings, in its order."""
    sure: Count
    """How many were entered, or would be."""
    known: Count
    """How many were entered or set aside before."""
    proposed: Count
    """How many are only probable: these are left over."""
    unknown: Count
    """How many nothing is known of: these are left over."""
    outgoing: Count
    """How many are of money that went, and no returns."""
    amount: Amount
    """The sum of those that were entered, or would be."""
    changed: bool
    """Whether this call entered any."""
