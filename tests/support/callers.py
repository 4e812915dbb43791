"""Who calls the services in tests: root of this machine, on the store's own day."""

import os
import pwd
from datetime import UTC, date, datetime

from subctl.service.session import Caller

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


def caller(cli, day: str | None = None, *, as_support: bool = False) -> Caller:
    """Return a caller on the store of a test."""
    account = pwd.getpwuid(os.getuid()).pw_name
    return Caller(cli.store, os.getuid(), account, NOW, date.fromisoformat(day) if day else None, as_support=as_support)
