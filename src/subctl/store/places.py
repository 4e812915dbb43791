"""Where a store is: a file's path, or a server; nothing here talks to either."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from subctl.domain.record import Record

VERIFIED = "verify-full"
"""The `sslmode` in which nobody between here and the server can read or answer."""


class Server(Record):
    """A store on a PostgreSQL server: what is `shown` of it, and libpq's `parameters`.

    Only host and database are ever shown. `now` is the time passed in; without it the server's clock counts.
    """

    shown: str
    parameters: tuple[tuple[str, str], ...]
    now: datetime | None = None

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        """Write no more than is shown, wherever it turns up."""
        return f"Server({self.shown})"


Place = Path | Server


def is_local(host: str) -> bool:
    """Tell whether a host is this machine: a socket's folder, or an address that no network carries."""
    if host.startswith(("/", "@")) or host.lower() == "localhost":
        return True
    import ipaddress

    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback and (address.version == 4 or host == "::1")  # noqa: PLR2004  # the old kind
