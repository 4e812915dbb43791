"""Stores of tests in files: where one is, what is in it, and doing to it what no command does."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from subctl.store.tables import TABLES

Rows = list[tuple[Any, ...]]
Content = bytes
"""All that is in a store."""

_OWN_ONLY = 0o600


class Files:
    """Keeps each store in a file of its test's folder; what was made once is kept in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.uid = folder, os.getuid()

    def new(self, home: Path) -> Path:
        """Return where a test's store will be."""
        return home / "contracts.db"

    def other(self, home: Path, name: str) -> Path:
        """Return where another store of the same test will be."""
        return home / f"{name}.db"

    def give_back(self, place: Path) -> None:
        """Do nothing: a folder of a test goes as a whole."""

    def address(self, place: Path) -> str:
        """Return what `--store` takes for a store."""
        return str(place)

    def seen_by(self, place: Path, account: str, now: datetime) -> Path:  # noqa: ARG002  # a file knows neither
        """Return the place of a store as an account comes to it, at a time."""
        return place

    def is_there(self, place: Path) -> bool:
        """Tell whether there is a store."""
        return place.exists()

    def content(self, place: Path) -> bytes:
        """Return all that is in a store: its file as it is."""
        return place.read_bytes()

    def put(self, place: Path, content: bytes) -> None:
        """Make a store be what was its content, or another's."""
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        place.chmod(_OWN_ONLY)

    def but_history(self, content: Content) -> list[str]:
        """Return as SQL what a store's content is but for the entries of its history."""
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(content)
            return [line for line in connection.iterdump() if not line.startswith('INSERT INTO "history"')]

    def sql(self, place: Path, statement: str, values: Sequence[object] = ()) -> Rows:
        """Do something to a store that no command does."""
        with closing(sqlite3.connect(place)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def rows(self, place: Path, but: str) -> dict[str, Rows]:
        """Return all rows of all tables but one, columns by their names, in an order of their own."""
        with closing(sqlite3.connect(place)) as connection:
            connection.row_factory = sqlite3.Row
            return {
                name: sorted(
                    (
                        tuple(row[column] for column in sorted(row.keys()))
                        for row in connection.execute(f"SELECT * FROM {name}")
                    ),
                    key=repr,
                )
                for name in (*TABLES, "moved")
                if name != but
            }

    def tamper(self, place: Path, statements: Sequence[str], *, checks: bool = True) -> None:
        """Change a store as somebody with its file could: without triggers and foreign keys, then put them back.

        Without `checks` a value may be what the table's own conditions refuse.
        """
        with closing(sqlite3.connect(place, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            if not checks:
                connection.execute("PRAGMA ignore_check_constraints=ON")
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                done = connection.execute(statement)
                assert done.rowcount > 0, statement
            for _, sql in triggers:
                connection.execute(sql)
