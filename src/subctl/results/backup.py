"""A copy of the store, made or brought back."""

from pathlib import Path

from subctl.domain.record import Record


class Copied(Record):
    """A store and its copy with its size in bytes, made of it or `restored` to it.

    `kept` is where a store that was replaced is.
    """

    store: str
    file: Path
    bytes: int
    restored: bool
    kept: str | None
