"""What stands in lists of what the whole store has: plans and catalogs, administrators, the history, schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, NotRequired, TypedDict

from subctl.view.documents.forms import Count, Day, Form, Hash, LicenceName, Number, PlanName, Rate, SpaceId, one_of


class ZoomPrice(TypedDict):
    """What a Zoom licence costs beside any plan, where a licence of that name is sold."""

    zoom_monthly: NotRequired[Rate]
    """Its price for a month."""
    zoom_annual: NotRequired[Rate]
    """Its price for a year."""


class PlanItem(TypedDict):
    """A plan."""

    id: PlanName
    """The plan's name."""
    date: Day
    """The day from which its catalog is valid."""
    title: str
    """What people call it."""
    monthly: Rate
    """A user's price for a month."""
    annual: Rate
    """A user's price for a year."""
    min_users: Number
    """The fewest users."""
    max_users: Number | None
    """The most users."""
    self_service: bool
    """Whether administrators may change from and to it."""
    spaces: list[SpaceId] | None
    """The spaces that may choose a private one, as far as one may see them; null where it is for all."""
    zoom_monthly: NotRequired[Rate]
    """A Zoom licence's price for a month."""
    zoom_annual: NotRequired[Rate]
    """A Zoom licence's price for a year."""
    licences: dict[LicenceName, LicencePrice]
    """What licences cost beside any plan, by their names."""


class LicencePrice(TypedDict):
    """What a licence costs."""

    title: str
    """What people call it."""
    monthly: Rate
    """Its price for a month."""
    annual: Rate
    """Its price for a year."""


class CatalogItem(TypedDict):
    """A catalog."""

    id: Number
    """Its place in the log of catalogs."""
    date: Day
    """Its first day."""
    name: str
    """Its name."""
    valid_from: Day
    """The same as date."""
    imported_on: Day
    """The day it was imported."""
    status: Annotated[str, one_of("past", "current", "coming")]
    """Whether it was in force, is, or is to come."""
    first: bool
    """Whether it is the store's first one, in force since ever, whatever its date."""


class AdministratorItem(TypedDict):
    """An administrator."""

    id: Annotated[str, Form(pattern="^[0-9]+$")] | None
    """The account's uid; null where a server knows it by its name alone."""
    account: str
    """The account's name when it was added."""
    space: SpaceId | None
    """The space; null for the whole store."""
    role: Annotated[str, one_of("store", "space")]
    """What it may administer."""


class HistoryItem(TypedDict):
    """An entry of the history."""

    id: Number
    """The entry's place."""
    at: Annotated[str, Form(format="date-time")]
    """The machine's time, UTC."""
    date: Day
    """The store's day."""
    account: str
    """Who did it."""
    uid: Count
    """Who did it, by uid."""
    action: str
    """The command."""
    space: SpaceId | None
    """The space; null where it is none or many."""
    detail: Mapping[str, object]
    """What was done or refused; its keys depend on the action."""
    hash: Hash
    """The hash of this entry and the one before."""


class SchemaItem(TypedDict):
    """A document."""

    id: str
    """The schema's name."""
    title: str
    """What it describes, and who prints it."""
