"""What the check asks of the file itself: SQLite's own checks, and whether its tables are as they were made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from subctl.domain.sentence import N_, Sentence

_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
_STEPS = "SELECT id, migration_set, name FROM _sqlite_migrations ORDER BY id"

_NOT_AS_MADE = {
    "table": N_("The table {name} is not as it was made."),
    "index": N_("The index {name} is not as it was made."),
    "trigger": N_("The trigger {name} is not as it was made."),
}


def file_faults(connection: sqlite3.Connection) -> Iterator[Sentence]:
    """Yield what SQLite's integrity_check and foreign_key_check find."""
    for (fault,) in connection.execute("PRAGMA integrity_check"):
        if fault != "ok":
            yield Sentence("{fault}", {"fault": fault})
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        template = N_("Row {row} of {table} points to a row of {parent} that isn't there.")
        yield Sentence(template, {"row": row, "table": table, "parent": parent})


def schema_faults(connection: sqlite3.Connection) -> Iterator[Sentence]:
    """Yield which tables, indexes and triggers are not as they were made: triggers keep documents as they are."""
    from sqlite_utils import Database

    from subctl.store.sqlite.migrations import migrations

    with closing(sqlite3.connect(":memory:")) as new:
        migrations.apply(Database(new, execute_plugins=False))
        expected, steps = set(new.execute(_SCHEMA)), new.execute(_STEPS).fetchall()
    if connection.execute(_STEPS).fetchall() != steps:
        yield Sentence(N_("The table of migrations doesn't name those that made the store."))
    found = set(connection.execute(_SCHEMA))
    added = {row for row in found - expected if row[0] == "trigger"}
    for kind, name in sorted({row[:2] for row in (expected - found) | added}):
        yield Sentence(_NOT_AS_MADE[kind], {"name": name})
