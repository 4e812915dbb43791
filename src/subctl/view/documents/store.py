"""The store, who one is in it, and the settings around it."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from subctl.view.documents.forms import Count, Currency, Day, PlanName, SpaceId, one_of
from subctl.view.documents.parts import Refusal


class StoreDocument(TypedDict):
    """A new store: init."""

    schema: Literal["store/1"]
    """The name and the version of this document."""
    store: str
    """The store's file."""
    sandbox: bool
    """Whether it has a clock of its own."""
    day: Day | None
    """The day a sandbox stands on."""
    catalog: str
    """The name of its first catalog."""
    administrator: str
    """The account of its first administrator."""
    spaces: list[SpaceId]
    """The spaces it was made with."""
    group: str | None
    """The OS group that shares it."""
    replaced: str | None
    """Where the sandbox it replaces is kept."""


class WhoamiDocument(TypedDict):
    """Who one is: whoami."""

    schema: Literal["whoami/1"]
    """The name and the version of this document."""
    uid: Count
    """The account's uid, by the operating system."""
    account: str
    """The account's name."""
    store: str
    """The store's file."""
    sandbox: bool
    """Whether the store has a clock of its own."""
    date: Day
    """The day of the store."""
    store_administrator: bool
    """Whether one may do everything."""
    spaces: list[SpaceId]
    """The spaces one administers apart from that."""


class BackupDocument(TypedDict):
    """A copy of the store: backup, restore."""

    schema: Literal["backup/1"]
    """The name and the version of this document."""
    store: str
    """The store's file."""
    file: str
    """The backup's file."""
    bytes: Count
    """The backup's size."""
    kept: str | None
    """Where the store that was replaced is kept."""


class CatalogDocument(TypedDict):
    """A catalog that was checked or imported: catalog check, catalog import."""

    schema: Literal["catalog/1"]
    """The name and the version of this document."""
    name: str
    """The catalog's name."""
    valid_from: Day
    """Its first day."""
    currency: Currency
    """Its currency."""
    plans: list[PlanName]
    """Its plans."""
    changed: bool
    """Whether it was imported by this call."""


_Origin = TypedDict(
    "_Origin",
    {"from": Annotated[str, one_of("option", "environment", "config", "default", description="Where it comes from.")]},
)
"""A word of Python's: a key that can't stand in a class."""


class Setting(_Origin):
    """A setting."""

    key: Annotated[str, one_of("store", "space", "format", "color")]
    """Its name."""
    value: str | None
    """Its value; null where there is none."""


class ConfigDocument(TypedDict):
    """The settings in force: config show, set and unset."""

    schema: Literal["config/1"]
    """The name and the version of this document."""
    file: str
    """The config file, whether it is there or not."""
    settings: list[Setting]
    """Every setting."""
    changed: bool
    """Whether the config file was changed."""


class ErrorDocument(TypedDict):
    """A refusal, on stderr: every command."""

    error: Refusal
    """What is wrong, and what to do."""
