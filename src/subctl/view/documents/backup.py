"""A copy of the store as JSON."""

from __future__ import annotations

from typing import Literal, TypedDict

from subctl.view.documents.forms import Count


class BackupDocument(TypedDict):
    """A copy of the store: backup, restore."""

    schema: Literal["backup/1"]
    """The name and the version of this document."""
    store: str
    """The store's file, or host and database of its server."""
    file: str
    """The backup's file."""
    bytes: Count
    """The backup's size."""
    kept: str | None
    """Where the store that was replaced is kept."""
