"""Who calls the services in tests: root of this machine, on the store's own day."""

import os
import pwd
from datetime import UTC, date, datetime

from subctl.cli.tree import module_of
from subctl.service.session import Caller
from subctl.view.texts import wording

ACCOUNT = pwd.getpwuid(os.getuid()).pw_name
NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


def right_of(command: str) -> str:
    """Return the right that a command declares."""
    return str(module_of(command).DECLARED.right)


def caller(
    cli,
    command: str,
    day: str | None = None,
    *,
    account: str = ACCOUNT,
    now: datetime = NOW,
    dry_run: bool = False,
    as_support: bool = False,
) -> Caller:
    """Return the caller of a command on the store of a test: an account of this machine, and of a server's too."""
    return Caller(
        store=cli.keeper.seen_by(cli.store, account, now),
        uid=pwd.getpwnam(account).pw_uid,
        account=account,
        now=now,
        command=command,
        right=right_of(command),
        wording=wording,
        today=date.fromisoformat(day) if day else None,
        dry_run=dry_run,
        as_support=as_support,
    )
