"""Stores of the tests: a life to fill one with, what is in one, and what is said of a damaged one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

LIFE = (
    ("quote", "--plan", "pro", "--users", "20"),
    ("order", "Q-2026-0001"),
    ("upgrade", "--users", "25", "--yes", "--today", "2026-03-16"),
    ("withdraw", "O-2026-0002", "--yes", "--today", "2026-03-17"),
    ("downgrade", "--users", "8", "--space", "atelier", "--yes", "--today", "2026-03-20"),
    ("bill", "--today", "2026-04-01"),
    ("bill", "--today", "2026-05-01"),
    ("quote", "--users", "12", "--space", "atelier", "--today", "2026-05-10"),
    ("cancel", "--yes", "--today", "2026-05-15"),
)
"""INV-1 is order 1's upgrade, INV-2 order 2's, INV-3 its credit note, INV-4 and INV-5 are atelier's months."""

RESTORE = "Bring back a backup with subctl restore FILE."
"""What to do about a damaged store."""

NO_RIGHTS = "UPDATE administrators SET uid = uid + 1, account = account || '2'"
"""Takes every right away from the account of the tests, whether it is known by its uid or by its name."""

VICTIM = Path(__file__).with_name("victim.py")
"""The program that kills a command at each of its statements."""

TABLES = ("spaces", "contracts", "steps", "quotes", "orders", "invoices", "withdrawals", "administrators", "catalogs")
Rows = tuple[dict[str, list[tuple[Any, ...]]], int]


def rows(store: Path) -> Rows:
    """Return all that stands in a store but its history, and how many of the history were changes."""
    with closing(sqlite3.connect(store)) as connection:
        tables = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
        (changes,) = connection.execute("SELECT count(*) FROM history WHERE detail ->> 'refused' IS NULL").fetchone()
    return tables, changes


def folder(cli):
    """Return what is in the folder of the store, each file with its content."""
    return {path.relative_to(cli.home): path.read_bytes() if path.is_file() else None for path in cli.home.rglob("*")}


def pays_by(cli, space, payment):
    """Let a space pay otherwise, as no command would let it."""
    cli.sql(
        "INSERT INTO buyers (id, name, country, payment) SELECT (SELECT max(id) + 1 FROM buyers), name, country, ?"
        " FROM buyers JOIN spaces ON spaces.buyer = buyers.id WHERE spaces.id = ?",
        payment,
        space,
    )
    cli.sql("UPDATE spaces SET buyer = (SELECT max(id) FROM buyers) WHERE id = ?", space)
