"""A store that was made."""

from datetime import date

from subctl.domain.record import Record


class MadeStore(Record):
    """A new store; a sandbox stands on a `day`. `replaced` is where the old one is kept, `add` enters a first space."""

    store: str
    sandbox: bool
    day: date | None
    catalog: str
    administrator: str
    spaces: tuple[str, ...]
    group: str | None
    replaced: str | None
    add: str
