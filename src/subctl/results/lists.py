"""Lists, newest first: what was found, whether there is `more` where a limit was given, and what all of it shares.

Items can be gone through more than once; those of a whole list are read then.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from subctl.domain.catalog import Plan, Price
from subctl.domain.contract import State
from subctl.domain.dates import Period
from subctl.domain.ending import Cancellation
from subctl.domain.pricing import Change
from subctl.domain.record import Record
from subctl.domain.tax import Vat
from subctl.results.owed import Settled


class SpaceItem(Record):
    """A space; `billing` is that of the price step in force."""

    id: str
    name: str
    entered_on: date
    status: str
    state: State
    billing: str
    active_users: int
    renews_on: date | None
    last_day: date | None
    default: bool


class Spaces(Record):
    """Spaces; `licences` are the kinds that are sold, `add` is a command that enters a space."""

    items: Iterable[SpaceItem]
    licences: tuple[str, ...]
    currency: str
    more: bool | None
    add: str


class Plans(Record):
    """The plans of the catalog in force, and what licences cost beside any of them."""

    items: tuple[Plan, ...]
    licences: Mapping[str, Price]
    valid_from: date
    currency: str
    more: bool | None


class CatalogItem(Record):
    """A catalog that is known; `id` is its place in the log, and the `first` one is in force since ever."""

    id: int
    name: str
    valid_from: date
    imported_on: date
    status: str
    first: bool


class CatalogList(Record):
    """The catalogs that are known."""

    items: tuple[CatalogItem, ...]


class QuoteItem(Record):
    """A saved quote."""

    number: str
    space: str
    day: date
    valid_until: date
    status: str
    change: Change


class Quotes(Record):
    """Saved quotes."""

    items: Iterable[QuoteItem]
    currency: str
    more: bool | None


class OrderItem(Record):
    """An order; `status` is `waiting` until its price or the end has come, `invoice` and `quote` are numbers."""

    number: str
    space: str
    day: date
    kind: str
    status: str
    what: Change | Cancellation
    invoice: str | None
    quote: str | None
    withdrawn: date | None


class Orders(Record):
    """Orders and cancellations."""

    items: Iterable[OrderItem]
    currency: str
    more: bool | None


class InvoiceBuyer(Record):
    """Whom an invoice names."""

    name: str
    country: str
    vat_id: str | None


class InvoiceItem(Record):
    """An invoice or a credit note, in minor units; `taxed` is its VAT.

    `credits` is the number of the invoice that it credits, `credited_by` that of the credit note for it.
    """

    number: str
    space: str
    day: date
    kind: str
    buyer: InvoiceBuyer
    period: Period
    taxed: Vat
    net: int
    vat: int
    total: int
    due_date: date | None
    credits: str | None
    credited_by: str | None
    settled: Settled


class Invoices(Record):
    """Invoices and credit notes."""

    items: Iterable[InvoiceItem]
    currency: str
    more: bool | None


class Administrator(Record):
    """An account and the space it administers; none stands for the whole store. One of a server has no uid."""

    uid: int | None
    account: str
    space: str | None


class Right(Record):
    """What somebody was to be given or to lose: whether he has it now, or would have it after a dry run."""

    administrator: Administrator
    has: bool
    dry_run: bool


class Administrators(Record):
    """Who may do what; where somebody was to be added or removed, his `right`, and whether that `changed` anything."""

    items: tuple[Administrator, ...]
    right: Right | None = None
    changed: bool | None = None


class HistoryItem(Record):
    """An entry of the history as it is kept; its hash covers the entry before too."""

    id: int
    at: str
    day: str
    account: str
    uid: int
    action: str
    space: str | None
    detail: Mapping[str, object]
    hash: str


class History(Record):
    """Who did what, and the newest hash of all."""

    items: Iterable[HistoryItem]
    head: str
    more: bool | None


class StateItem(Record):
    """A space and the state of its contract, as `apply` reads it."""

    space: str
    state: State


class States(Record):
    """The current states of contracts; `licences` are the kinds that are sold."""

    items: tuple[StateItem, ...]
    licences: tuple[str, ...]


class SchemaItem(Record):
    """The name of a document, and what it describes."""

    id: str
    title: str


class Schemas(Record):
    """All documents there are."""

    items: tuple[SchemaItem, ...]


Documents = Spaces | Plans | Quotes | Orders | Invoices
"""What `list` shows."""

Listing = Documents | CatalogList | Administrators | History | States | Schemas
