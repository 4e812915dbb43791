"""Who calls the services in tests: root of this machine, on the store's own day."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from subctl.cli.tree import module_of
from subctl.service.caller import Caller
from subctl.store import history
from subctl.store.connection import Connection
from subctl.store.engine import engine_of
from subctl.view.texts import wording

ACCOUNT = pwd.getpwuid(os.getuid()).pw_name
NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


def right_of(command: str) -> str:
    """Return the right that a command declares."""
    return str(module_of(command).DECLARED.right)


@contextmanager
def looking(cli) -> Iterator[Connection]:
    """Lend a connection to the store of a test that reads."""
    place = cli.keeper.seen_by(cli.store, ACCOUNT, NOW)
    with engine_of(place).reading(place) as connection:
        yield connection


@contextmanager
def entering(cli, command: str = "pay") -> Iterator[Connection]:
    """Lend a connection that writes, and note a command in the history at last, which seals it."""
    place, day, uid = cli.keeper.seen_by(cli.store, ACCOUNT, NOW), NOW.date(), os.getuid()
    with engine_of(place).writing(place, NOW, uid, ACCOUNT) as connection:
        yield connection
        history.add(connection, history.entry(NOW, day, uid, ACCOUNT, command, None, {}))


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
