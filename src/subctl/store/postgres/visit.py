"""Visits to a server's store: one transaction each, that reads only or writes, in today's schema."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import psycopg

from subctl.domain.errors import SubctlError
from subctl.store.postgres.errors import explained, lost, unsure
from subctl.store.postgres.link import connect
from subctl.store.postgres.opening import opened

if TYPE_CHECKING:
    from subctl.store.places import Server
    from subctl.store.postgres.connection import Connection, Link

LOCK = int.from_bytes(b"subctl")
"""The key of the lock that whoever writes holds, in his database."""

_KEPT = "SELECT 1 FROM history WHERE hash = $1"
_MADE = "SELECT 1 FROM pg_catalog.pg_namespace WHERE oid = $1"
"""What only a transaction that was kept left: its entry; or its schema, for the one before may have that entry too."""

LOOKED_FOR_SECONDS, _PAUSE_SECONDS = 10.0, 0.2
"""How long, and how often, a server that went away is looked for again."""


@contextmanager
def reading(place: Server, *, hurried: bool = False) -> Iterator[Connection]:
    """Visit the store without changing it: one snapshot, and the server itself refuses a write.

    A `hurried` visit waits for next to nothing (`store_busy`).
    """
    with explained(place), closing(connect(place, hurried=hurried)) as link:
        yield opened(link, place, writer=False)


@contextmanager
def writing(place: Server, now: datetime, uid: int, account: str) -> Iterator[Connection]:
    """Visit the store in one write transaction: leaving by an exception rolls all of it back.

    The lock is taken before the transaction begins, so that it sees what those before it wrote; both end with the
    connection. What is written after the transaction's last entry of the history is a bug, for nothing would seal it.
    """
    del now, uid, account  # a server's schema is brought up to date by nobody's way
    with explained(place), closing(connect(place, writer=True)) as link:
        take_turn(link)
        connection = opened(link, place, writer=True)
        yield connection
        commit(connection)


def take_turn(link: Link) -> None:
    """Wait until nobody else writes; the turn ends with the connection."""
    link.execute(f"SELECT pg_advisory_lock({LOCK})")


def commit(connection: Connection) -> None:
    """End a transaction that wrote; where no answer comes, look whether it was kept (`store_busy`, `store_failed`)."""
    if connection.unsealed:
        raise RuntimeError("something was written that no entry of the history seals")
    try:
        done = connection.link.execute("COMMIT")
    except psycopg.Error:
        if not connection.link.closed:
            raise
        if not _was_kept(connection):
            raise lost(connection.place) from None
        return
    if done.statusmessage != "COMMIT":
        raise RuntimeError("a statement failed, and what came after it was to be kept")


def _was_kept(connection: Connection) -> bool:
    """Tell whether a transaction was kept whose end nobody told: in one's own turn, so that it has ended by now."""
    made, kept = connection.made, connection.kept
    if made is None and not connection.wrote:
        return True
    sql, sign = (_KEPT, kept) if made is None else (_MADE, made)
    until = time.monotonic() + LOOKED_FOR_SECONDS
    while sign is not None and time.monotonic() < until:
        try:
            with closing(connect(connection.place, writer=True)) as link:
                take_turn(link)
                return link.execute(sql, (sign,)).fetchone() is not None
        except (psycopg.Error, SubctlError):
            time.sleep(_PAUSE_SECONDS)
    raise unsure(connection.place)
