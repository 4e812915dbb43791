"""A store that was made."""

from datetime import date
from pathlib import Path

from subctl.domain.record import Record


class MadeStore(Record):
    """A new store; a sandbox stands on a `day`. `replaced` is where the old one is kept, `add` enters a first space."""

    path: Path
    sandbox: bool
    day: date | None
    catalog: str
    administrator: str
    spaces: tuple[str, ...]
    group: str | None
    replaced: Path | None
    add: str
