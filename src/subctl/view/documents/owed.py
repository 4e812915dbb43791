"""What is owed as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, NotRequired, TypedDict

from subctl.domain.settlement import AGES
from subctl.view.documents.forms import Amount, Count, Currency, Day, Form, SpaceId, one_of

Age = Annotated[str, one_of(*AGES, description="How many days late it is.")]


class OwedItem(TypedDict):
    """What is open of a document."""

    number: Annotated[
        str, Form("The number of an invoice, or of a payment that went.", pattern="^(INV|P)-[0-9]{4}-[0-9]{4,9}$")
    ]
    space: SpaceId
    """The space."""
    due_date: Day
    """The day by which to pay; that of a payment that went is its own."""
    total: Amount
    """What it asked for."""
    paid: Amount
    """What of that is paid."""
    open: Amount
    """What of that is open."""
    days_late: Count
    """How many days ago it was due; 0 where it is not overdue."""


class SpaceCredit(TypedDict):
    """The credit of a space."""

    space: SpaceId
    """The space."""
    credit: Amount
    """What it paid too much, or was credited after it paid."""


class OwedDocument(TypedDict):
    """What is open, and who has credit: owed."""

    schema: Literal["owed/1"]
    """The name and the version of this document."""
    date: Day
    """The day of it."""
    currency: Currency
    """The currency of all amounts."""
    late: bool
    """Whether only what is overdue was asked for; then credits are left out."""
    items: Iterable[OwedItem]
    """What is open, oldest due day first, then by number."""
    ages: dict[Age, Amount]
    """What is open by how late it is."""
    credits: list[SpaceCredit]
    """The spaces that have credit: nothing is open there."""
    open: Amount
    """The sum of what is open."""
    credit: Amount
    """The sum of the credits."""
    more: NotRequired[bool]
    """Where --limit was given: whether it left items or credits out; the sums have all of them."""
