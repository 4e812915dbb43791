"""A new store as JSON."""

from __future__ import annotations

from typing import Literal, TypedDict

from subctl.view.documents.forms import Day, SpaceId


class StoreDocument(TypedDict):
    """A new store: init."""

    schema: Literal["store/1"]
    """The name and the version of this document."""
    store: str
    """The store's file, or host and database of its server."""
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
