"""A store that was moved, as JSON."""

from __future__ import annotations

from typing import Literal, TypedDict

from subctl.view.documents.forms import Count, Hash


class MoveDocument(TypedDict):
    """A store that was moved: move."""

    schema: Literal["move/1"]
    """The name and the version of this document."""
    store: str
    """Where the store was."""
    to: str
    """Where it is now."""
    sandbox: bool
    """Whether it is a sandbox."""
    hash: Hash
    """The head of its history, the same in both places."""
    spaces: Count
    """How many spaces it has."""
    entries: Count
    """How many entries its history has."""
    rows: Count
    """How many rows were copied and compared, of all tables."""
    finished: bool
    """Whether the copy was there already, of a move that was interrupted."""
    kept: str | None
    """Where an older store is kept that stood in its place."""
