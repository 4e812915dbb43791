"""The journal as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, TypedDict

from subctl.domain.journal import ACCOUNTS
from subctl.view.documents.forms import Amount, Currency, Day, Form, SpaceId, one_of


class JournalPosting(TypedDict):
    """An amount on an account."""

    date: Day
    """The day on which it is booked."""
    number: Annotated[
        str, Form("The number of an invoice, a credit note or a payment.", pattern="^(INV|P)-[0-9]{4}-[0-9]{4,9}$")
    ]
    kind: str
    """What is booked: the kind of an invoice or of a payment, or `earned`."""
    space: SpaceId
    """The space."""
    account: Annotated[str, one_of(*ACCOUNTS, description="An account.")]
    amount: Amount
    """What is added to the account; the amounts of one number sum to 0."""
    text: str
    """The buyer's name, or the payment's reference."""


class JournalDocument(TypedDict):
    """What an accountant books: journal."""

    schema: Literal["journal/1"]
    """The name and the version of this document."""
    since: Day | None
    """The first day; null for all there is."""
    until: Day
    """The last day."""
    currency: Currency
    """The currency of all amounts."""
    deferred: bool
    """Whether income is booked when it is earned."""
    postings: Iterable[JournalPosting]
    """The postings, by the day."""
