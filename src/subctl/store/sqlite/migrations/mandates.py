"""The fourth schema: mandates of direct debits, and their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.store.sqlite.migrations.tools import DAY, create, never_change

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = f"""
CREATE TABLE mandates (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  space TEXT NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL CHECK (date {DAY}),
  signed TEXT NOT NULL CHECK (signed {DAY} AND signed <= date),
  scheme TEXT NOT NULL CHECK (scheme IN ('CORE', 'B2B')),
  iban TEXT NOT NULL
) STRICT;
CREATE INDEX mandates_space ON mandates (space, id);
CREATE TABLE mandate_ends (
  mandate INTEGER PRIMARY KEY REFERENCES mandates (id),
  date TEXT NOT NULL CHECK (date {DAY})
) STRICT;
"""


def m004_mandates(db: Database) -> None:
    """Make the tables of mandates: a document's mandate leads to what it was for ever."""
    create(db, _TABLES)
    never_change(db, "mandates", "id, name")
    never_change(db, "mandate_ends", "mandate")
