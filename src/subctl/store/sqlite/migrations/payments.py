"""The fifth schema: payments, direct-debit files, reminders and corrections of invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.store.sqlite.migrations.tools import DAY, create, never_change

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = f"""
CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL CHECK (date {DAY} AND date <= entered),
  amount INTEGER NOT NULL CHECK (amount <> 0 AND CASE kind
    WHEN 'receipt' THEN amount > 0 WHEN 'undo' THEN 1 ELSE amount < 0 END),
  kind TEXT NOT NULL CHECK (kind IN ('receipt', 'refund', 'return', 'undo')),
  of INTEGER REFERENCES payments (id) CHECK ((of IS NULL) = (kind IN ('receipt', 'refund')) AND of < id),
  entered TEXT NOT NULL CHECK (entered {DAY}),
  method TEXT NOT NULL CHECK (method IN ('bank', 'direct-debit', 'card', 'cash', 'other')),
  reference TEXT,
  source TEXT,
  parts TEXT NOT NULL
) STRICT;
CREATE INDEX payments_space ON payments (space, id);
CREATE INDEX payments_of ON payments (of) WHERE of IS NOT NULL;
CREATE UNIQUE INDEX payments_source ON payments (source, space) WHERE source IS NOT NULL;
CREATE TABLE ignored (
  source TEXT PRIMARY KEY,
  date TEXT NOT NULL CHECK (date {DAY})
) STRICT;
CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  date TEXT NOT NULL CHECK (date {DAY}),
  debit_on TEXT NOT NULL CHECK (debit_on {DAY} AND debit_on > date),
  items TEXT NOT NULL
) STRICT;
CREATE TABLE collection_drops (
  collection INTEGER PRIMARY KEY REFERENCES collections (id),
  date TEXT NOT NULL CHECK (date {DAY})
) STRICT;
CREATE TABLE reminders (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL CHECK (date {DAY}),
  level INTEGER NOT NULL CHECK (level > 0),
  items TEXT NOT NULL
) STRICT;
CREATE INDEX reminders_space ON reminders (space, id);
CREATE TABLE corrections (
  invoice INTEGER PRIMARY KEY REFERENCES invoices (id),
  credit_note INTEGER NOT NULL UNIQUE REFERENCES invoices (id),
  replacement INTEGER NOT NULL UNIQUE REFERENCES invoices (id),
  date TEXT NOT NULL CHECK (date {DAY}),
  reason TEXT
) STRICT;
"""

_KEYS = {
    "payments": "id, source + space",
    "ignored": "source",
    "collections": "id",
    "collection_drops": "collection",
    "reminders": "id",
    "corrections": "invoice, credit_note, replacement",
}


def m005_payments(db: Database) -> None:
    """Make the tables of what is paid, collected, reminded of and corrected: rows for ever, all of them."""
    create(db, _TABLES)
    for table, keys in _KEYS.items():
        never_change(db, table, keys)
