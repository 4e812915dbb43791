"""Who one is to the store."""

from datetime import date

from subctl.domain.record import Record


class Account(Record):
    """An account, the store it asks about, and the spaces it administers; one of a server has no uid."""

    uid: int | None
    name: str
    store: str
    sandbox: bool
    day: date
    store_administrator: bool
    spaces: tuple[str, ...]
