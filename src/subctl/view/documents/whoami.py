"""An account and its rights as JSON."""

from __future__ import annotations

from typing import Literal, TypedDict

from subctl.view.documents.forms import Count, Day, SpaceId


class WhoamiDocument(TypedDict):
    """Who one is: whoami."""

    schema: Literal["whoami/1"]
    """The name and the version of this document."""
    uid: Count | None
    """The account's uid, by the operating system; null where a server says who one is."""
    account: str
    """The account's name; on a server the login role."""
    store: str
    """The store's file, or host and database of its server."""
    sandbox: bool
    """Whether the store has a clock of its own."""
    date: Day
    """The day of the store."""
    store_administrator: bool
    """Whether one may do everything."""
    spaces: list[SpaceId]
    """The spaces one administers apart from that."""
