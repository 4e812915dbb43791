"""Laying many rows out beside a store while nothing is locked, and entering them in one short step.

They lie in SQLite's own temporary file, which nobody else sees and which is gone with the process, however it ends.
There their values are checked as the tables want it, so that entering them is little more than copying pages in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from subctl.store.sqlite.connection import Connection
from subctl.store.sqlite.visit import to_write, transaction
from subctl.store.tables import Row, Table

_DEFINED = "SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?"
_GUARD = "SELECT sql FROM main.sqlite_master WHERE type = 'trigger' AND name = ?"


@contextmanager
def laying(path: Path, now: datetime, uid: int, account: str, tables: Sequence[Table]) -> Iterator[Laying]:
    """Open a store to lay rows of some tables out; an older file is brought to today's schema first.

    What points to another row is laid out with it, so SQLite needn't look for it. It reads no more of the store before
    `writing`: others write meanwhile.
    """
    with to_write(path, now, uid, account) as connection:
        connection.execute("PRAGMA foreign_keys=OFF").close()
        for table in tables:
            (defined,) = connection.execute(_DEFINED, (table.name,)).fetchone()
            _, _, columns = defined.partition("(")
            connection.execute(f"CREATE TEMP TABLE {_laid(table)} ({columns}").close()
        connection.execute("BEGIN").close()
        yield Laying(connection, path)


def _laid(table: Table) -> str:
    return f"laid_{table.name}"


def _columns(table: Table) -> str:
    return ", ".join(f'"{column}"' for column in table.columns)


class Laying:
    """Rows that are laid out (`store.engine`)."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def lay(self, table: Table, rows: Sequence[Row]) -> None:
        """Lay rows of a table out (IntegrityError where the table wouldn't take them)."""
        marks = ", ".join("?" * len(table.columns))
        insert = f"INSERT INTO temp.{_laid(table)} ({_columns(table)}) VALUES ({marks})"
        self._connection.executemany(insert, rows).close()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend the one write transaction that enters what was laid out."""
        self._connection.execute("COMMIT").close()
        with transaction(self._connection, self._path):
            yield self._connection

    def enter(self, table: Table) -> None:
        """Insert all rows that were laid out for a table, in the order of their keys.

        They replace none, so the trigger that would look whether one does is taken away meanwhile: all in the
        transaction, and with the lock.
        """
        execute, columns = self._connection.execute, _columns(table)
        guard = f"{table.name}_no_replace"
        guards = execute(_GUARD, (guard,)).fetchall()
        for _ in guards:
            execute(f"DROP TRIGGER main.{guard}").close()
        execute("PRAGMA ignore_check_constraints=ON").close()
        order = ", ".join(table.key)
        execute(
            f"INSERT INTO main.{table.name} ({columns}) SELECT {columns} FROM temp.{_laid(table)} ORDER BY {order}"
        ).close()
        execute("PRAGMA ignore_check_constraints=OFF").close()
        for (defined,) in guards:
            execute(defined).close()
