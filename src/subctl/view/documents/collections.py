"""A direct-debit file as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, TypedDict

from subctl.view.documents.forms import Amount, CollectionNumber, Currency, Day, Form, InvoiceNumber, SpaceId


class CollectedItem(TypedDict):
    """An invoice that is debited."""

    number: InvoiceNumber
    """The invoice; at the bank it is the debit's end-to-end id."""
    amount: Amount
    """How much of it is debited: what was open."""
    mandate: Annotated[str, Form(minLength=1, maxLength=35)]
    """The mandate by which."""
    space: SpaceId
    """The space."""


class CollectionDocument(TypedDict):
    """A collection of direct debits, a file for the bank: collect, show."""

    schema: Literal["collection/1"]
    """The name and the version of this document."""
    number: CollectionNumber | None
    """Its number; null where nothing is written."""
    date: Day
    """The day it was made."""
    on: Day
    """The day on which its debits are due."""
    currency: Currency
    """The currency of all amounts."""
    amount: Amount
    """The sum of the debits."""
    items: Iterable[CollectedItem]
    """The debits, one an invoice."""
    dropped_on: Day | None
    """The day on which it was noted as never sent."""
    changed: bool
    """Whether this call did it."""
