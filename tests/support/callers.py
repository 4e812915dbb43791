"""Who calls the services in tests: root of this machine, on the store's own day."""

import os
import pwd
from datetime import UTC, date, datetime

from subctl.cli.tree import module_of
from subctl.service.session import Caller
from subctl.view.texts import wording

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


def right_of(command: str) -> str:
    """Return the right that a command declares."""
    return str(module_of(command).DECLARED.right)


def caller(cli, command: str, day: str | None = None, *, as_support: bool = False) -> Caller:
    """Return the caller of a command on the store of a test."""
    account, today = pwd.getpwuid(os.getuid()).pw_name, date.fromisoformat(day) if day else None
    return Caller(
        cli.store, os.getuid(), account, NOW, command, right_of(command), wording, today, as_support=as_support
    )
