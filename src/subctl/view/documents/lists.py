"""Lists: what all of them share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, NotRequired

from subctl.view.documents.forms import (
    Currency,
    Hash,
    one_of,
)
from subctl.view.documents.list_items import (
    CollectionItem,
    DeadlineItem,
    InvoiceItem,
    MandateItem,
    OrderItem,
    QuoteItem,
    SpaceItem,
    StateItem,
)
from subctl.view.documents.parts import Files
from subctl.view.documents.payments import PaymentItem
from subctl.view.documents.reminders import ReminderItem
from subctl.view.documents.store_items import AdministratorItem, CatalogItem, HistoryItem, PlanItem, SchemaItem

Items = Iterable[Mapping[str, object]]


class ListDocument(Files):
    """A list, newest first (deadlines: soonest first): list, history, export, catalog list, admin, schema."""

    schema: Literal["list/1"]
    """The name and the version of this document."""
    kind: Annotated[
        str,
        one_of(
            "spaces",
            "plans",
            "catalogs",
            "quotes",
            "orders",
            "invoices",
            "deadlines",
            "mandates",
            "payments",
            "collections",
            "reminders",
            "administrators",
            "history",
            "states",
            "schemas",
        ),
    ]
    """What is listed."""
    currency: NotRequired[Currency]
    """The store's currency, where there are amounts."""
    items: Items
    """What was found; with --fields only the chosen keys of each."""
    more: NotRequired[bool]
    """Whether there is more, where --limit was given."""
    head: NotRequired[Hash]
    """The history's newest hash."""
    changed: NotRequired[bool]
    """Whether `admin add` or `admin remove` changed anything."""


ITEMS = {
    "spaces": SpaceItem,
    "plans": PlanItem,
    "catalogs": CatalogItem,
    "quotes": QuoteItem,
    "orders": OrderItem,
    "invoices": InvoiceItem,
    "deadlines": DeadlineItem,
    "mandates": MandateItem,
    "payments": PaymentItem,
    "collections": CollectionItem,
    "reminders": ReminderItem,
    "administrators": AdministratorItem,
    "history": HistoryItem,
    "states": StateItem,
    "schemas": SchemaItem,
}
"""What stands in each kind of list."""
