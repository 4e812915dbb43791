"""Where a store is: a file's path, or a server; nothing here talks to either."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from subctl.domain.record import Record


class Server(Record):
    """A store on a PostgreSQL server: what is `shown` of it, and libpq's `parameters`.

    Only host and database are ever shown. `now` is the time passed in; without it the server's clock counts.
    """

    shown: str
    parameters: tuple[tuple[str, str], ...]
    now: datetime | None = None

    def __str__(self) -> str:
        return self.shown


Place = Path | Server
