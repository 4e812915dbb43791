"""Reminders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, TypedDict

from subctl.view.documents.forms import Amount, Count, Currency, Day, Form, InvoiceNumber, ReminderNumber, SpaceId
from subctl.view.documents.parts import Files

Level = Annotated[int, Form(minimum=1)]


class RemindedItem(TypedDict):
    """An invoice that is reminded of."""

    number: InvoiceNumber
    """The invoice."""
    date: Day
    """Its day."""
    due_date: Day
    """The day by which it was to be paid."""
    total: Amount
    """Its total."""
    open: Amount
    """What of it was open."""
    days_late: Count
    """How many days it was late."""
    level: Level
    """The level that it got: 1 is the first reminder."""


class ReminderItem(TypedDict):
    """A reminder to a space, of all its invoices that got a level on that day."""

    number: ReminderNumber | None
    """Its number; null where it isn't issued."""
    space: SpaceId
    """The space."""
    date: Day
    """The day it was issued."""
    level: Level
    """The highest level of its items."""
    currency: Currency
    """The currency of all amounts."""
    open: Amount
    """What was open in all."""
    items: list[RemindedItem]
    """The invoices, oldest due date first."""


class ReminderDocument(ReminderItem):
    """A reminder: show R-…."""

    schema: Literal["reminder/1"]
    """The name and the version of this document."""


class RemindDocument(Files):
    """The reminders of a day: remind."""

    schema: Literal["remind/1"]
    """The name and the version of this document."""
    date: Day
    """The day."""
    currency: Currency
    """The currency of all amounts."""
    reminders: Iterable[ReminderItem]
    """The reminders, by space."""
    open: Amount
    """What is open in all of them."""
    changed: bool
    """Whether a reminder was due."""
