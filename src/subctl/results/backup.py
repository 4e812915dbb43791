"""A copy of the store, made or brought back."""

from pathlib import Path
from typing import NamedTuple


class Copied(NamedTuple):
    """A store and its copy with its size in bytes; `kept` is where a store that was replaced is."""

    store: Path
    file: Path
    bytes: int
    kept: Path | None
