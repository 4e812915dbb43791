"""A store that was moved."""

from __future__ import annotations

from subctl.domain.record import Record


class Moved(Record):
    """A store and the place it was moved to: the head of its history as `hash`, how much there is of what.

    `finished` where the copy was there already, of a move that was interrupted; `kept` is where an older store is that
    stood in its place.
    """

    store: str
    target: str
    sandbox: bool
    hash: str
    spaces: int
    entries: int
    rows: int
    finished: bool
    kept: str | None
