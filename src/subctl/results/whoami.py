"""Who one is to the store."""

from datetime import date

from subctl.domain.record import Record


class Account(Record):
    """An OS account, the store it asks about, and the spaces it administers."""

    uid: int
    name: str
    store: str
    sandbox: bool
    day: date
    store_administrator: bool
    spaces: tuple[str, ...]
