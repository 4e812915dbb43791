"""Who one is to the store."""

from datetime import date
from pathlib import Path
from typing import NamedTuple


class Account(NamedTuple):
    """An OS account, the store it asks about, and the spaces it administers."""

    uid: int
    name: str
    store: Path
    sandbox: bool
    day: date
    store_administrator: bool
    spaces: tuple[str, ...]
