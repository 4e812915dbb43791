"""What the check asks of the file itself: SQLite's own checks, numbers without gaps, and counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from subctl.domain.numbers import next_id, year_of

_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
_COUNTED = ("spaces", "quotes", "orders", "invoices", "history")


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table of documents has."""
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTED}


def file_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what SQLite's integrity_check and foreign_key_check find."""
    for (fault,) in connection.execute("PRAGMA integrity_check"):
        if fault != "ok":
            yield fault
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} points to a row of {parent} that isn't there."


def schema_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield which tables, indexes and triggers are not as they were made: triggers keep documents as they are."""
    from sqlite_utils import Database

    from subctl.store.migrations import migrations

    with closing(sqlite3.connect(":memory:")) as new:
        migrations.apply(Database(new, execute_plugins=False))
        expected = set(new.execute(_SCHEMA))
    found = set(connection.execute(_SCHEMA))
    added = {row for row in found - expected if row[0] == "trigger"}
    for kind, name in sorted({row[:2] for row in (expected - found) | added}):
        yield f"The {kind} {name} is not as it was made."


def number_faults(connection: sqlite3.Connection, table: str) -> Iterator[tuple[int, str]]:
    """Yield documents whose number leaves a gap, or whose date lies before the one before (pricing.md 7.1)."""
    previous, newest = 0, ""
    for document_id, day in connection.execute(f"SELECT id, date FROM {table} ORDER BY id"):
        year = year_of(document_id)
        expected = next_id(previous, year)
        if document_id != expected:
            yield document_id, "A number before it is missing."
        if day < newest or int(day[:4]) != year:
            yield document_id, f"Its date, {day}, doesn't follow the one before it."
        previous, newest = document_id, max(newest, day)
