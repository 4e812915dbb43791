"""Laying many rows out beside a server's store while nobody waits, and entering them in one short step.

They lie in temporary tables, which no other session sees and which are gone with this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from subctl.store.postgres.connection import Connection, named, temporary
from subctl.store.postgres.errors import explained
from subctl.store.postgres.link import connect
from subctl.store.postgres.opening import opened
from subctl.store.postgres.visit import commit, take_turn

if TYPE_CHECKING:
    from subctl.store.places import Server
    from subctl.store.tables import Row, Table


@contextmanager
def laying(place: Server, now: datetime, account: str, tables: Sequence[Table]) -> Iterator[Laying]:
    """Open a store to lay rows of some tables out; others write meanwhile."""
    with explained(place), closing(connect(place, writer=True)) as link:
        outside = Connection(link, place, account, now)
        for table in tables:
            link.execute(temporary(_laid(table), table))
        yield Laying(outside)


def _laid(table: Table) -> str:
    return f"laid_{table.name}"


class Laying:
    """Rows that are laid out (`store.engine`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lay(self, table: Table, rows: Sequence[Row]) -> None:
        """Lay rows of a table out."""
        self._connection.insert(table, rows, into=_laid(table))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend the one write transaction that enters what was laid out; the turn ends with it."""
        link, place = self._connection.link, self._connection.place
        with closing(link):
            take_turn(link)
            self._connection = opened(link, place, writer=True)
            yield self._connection
            commit(self._connection)

    def enter(self, table: Table) -> None:
        """Insert all rows that were laid out for a table, in the order of their keys."""
        self._connection.insert_from(table, f"pg_temp.{_laid(table)} ORDER BY {named(table.key)}")
