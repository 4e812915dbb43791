"""The first two schemas: all tables, then seals and the order in which contracts were entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.store.sqlite.migrations.tools import BILLING as _BILLING
from subctl.store.sqlite.migrations.tools import DAY as _DAY
from subctl.store.sqlite.migrations.tools import create, never_change

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = f"""
CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sandbox INTEGER NOT NULL CHECK (sandbox IN (0, 1)),
  day TEXT CHECK (day {_DAY}),
  last_write TEXT CHECK (last_write {_DAY}),
  default_space TEXT REFERENCES spaces (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE catalogs (
  id INTEGER PRIMARY KEY,
  valid_from TEXT NOT NULL CHECK (valid_from {_DAY}),
  imported_on TEXT NOT NULL CHECK (imported_on {_DAY}),
  content TEXT NOT NULL
) STRICT;
CREATE TABLE buyers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  address TEXT,
  country TEXT NOT NULL CHECK (length(country) = 2),
  vat_id TEXT,
  email TEXT,
  reference TEXT
) STRICT;
CREATE TABLE spaces (
  id TEXT PRIMARY KEY,
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  payment TEXT NOT NULL CHECK (payment IN ('invoice', 'direct-debit', 'card')),
  iban TEXT,
  active_users INTEGER NOT NULL CHECK (active_users >= 0),
  locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE administrators (
  uid INTEGER NOT NULL CHECK (uid >= 0),
  space TEXT NOT NULL,
  account TEXT NOT NULL,
  PRIMARY KEY (uid, space)
) STRICT, WITHOUT ROWID;
CREATE TABLE contracts (
  space TEXT PRIMARY KEY REFERENCES spaces (id),
  start TEXT NOT NULL CHECK (start {_DAY}),
  billed_from TEXT NOT NULL CHECK (billed_from {_DAY} AND billed_from >= start),
  entered_on TEXT NOT NULL CHECK (entered_on {_DAY}),
  first_billed TEXT NOT NULL CHECK (first_billed {_DAY} AND first_billed >= billed_from),
  billed_until TEXT NOT NULL CHECK (billed_until {_DAY} AND billed_until >= first_billed),
  end TEXT CHECK (end {_DAY}),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX contracts_due ON contracts (billed_until, space) WHERE end IS NULL OR billed_until < end;
CREATE INDEX contracts_entered ON contracts (entered_on DESC, space);
CREATE TABLE steps (
  space TEXT NOT NULL REFERENCES contracts (space),
  start TEXT NOT NULL CHECK (start {_DAY}),
  plan TEXT NOT NULL,
  users INTEGER NOT NULL CHECK (users > 0),
  zoom INTEGER NOT NULL CHECK (zoom >= 0),
  billing TEXT NOT NULL CHECK (billing {_BILLING}),
  anchor TEXT CHECK (anchor {_DAY}),
  user_rate INTEGER CHECK (user_rate >= 0),
  zoom_rate INTEGER CHECK (zoom_rate >= 0),
  PRIMARY KEY (space, start),
  CHECK ((anchor IS NULL) = (billing = 'monthly')),
  CHECK ((user_rate IS NULL) = (zoom_rate IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE quotes (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL CHECK (date {_DAY}),
  valid_until TEXT NOT NULL CHECK (valid_until {_DAY}),
  version INTEGER NOT NULL,
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  boundary TEXT CHECK (boundary {_DAY}),
  vat_category TEXT NOT NULL CHECK (vat_category IN ('S', 'AE', 'O')),
  vat_rate INTEGER NOT NULL CHECK (vat_rate >= 0),
  before TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX quotes_space ON quotes (space, id);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL CHECK (date {_DAY}),
  kind TEXT NOT NULL CHECK (kind IN ('upgrade', 'downgrade', 'billing', 'cancel')),
  quote INTEGER REFERENCES quotes (id),
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  before TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX orders_space ON orders (space, id);
CREATE UNIQUE INDEX orders_quote ON orders (quote) WHERE quote IS NOT NULL;
CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  "order" INTEGER REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind IN ('upgrade', 'recurring', 'credit')),
  credits INTEGER REFERENCES invoices (id) CHECK ((credits IS NULL) = (kind <> 'credit')),
  date TEXT NOT NULL CHECK (date {_DAY}),
  due_date TEXT NOT NULL CHECK (due_date {_DAY} AND due_date >= date),
  start TEXT NOT NULL CHECK (start {_DAY}),
  end TEXT NOT NULL CHECK (end {_DAY} AND end > start),
  net INTEGER NOT NULL,
  vat INTEGER NOT NULL,
  total INTEGER NOT NULL CHECK (total = net + vat AND (total >= 0) = (kind <> 'credit')),
  vat_category TEXT NOT NULL CHECK (vat_category IN ('S', 'AE', 'O')),
  vat_rate INTEGER NOT NULL CHECK (vat_rate >= 0),
  vat_note TEXT,
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  lines TEXT NOT NULL
) STRICT;
CREATE INDEX invoices_space ON invoices (space, id);
CREATE INDEX invoices_order ON invoices ("order") WHERE "order" IS NOT NULL;
CREATE TABLE withdrawals (
  "order" INTEGER PRIMARY KEY REFERENCES orders (id),
  date TEXT NOT NULL CHECK (date {_DAY}),
  credit_note INTEGER REFERENCES invoices (id)
) STRICT;
CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  day TEXT NOT NULL CHECK (day {_DAY}),
  uid INTEGER NOT NULL,
  account TEXT NOT NULL,
  action TEXT NOT NULL,
  space TEXT,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
"""

_FOR_EVER = {
    "catalogs": "id",
    "buyers": "id",
    "quotes": "id",
    "orders": "id, quote",
    "invoices": "id",
    "withdrawals": '"order"',
    "history": "id, hash",
}
"""Tables whose rows are never updated, deleted or replaced (pricing.md 7.1), with all that is unique in them."""


def m001_first(db: Database) -> None:
    """Create all tables, and the triggers that keep documents as they are."""
    create(db, _TABLES)
    for table, keys in _FOR_EVER.items():
        never_change(db, table, keys)


def m002_seals(db: Database) -> None:
    """Give the history its seals; the first entry written after this seals all that is there (`store.seal`)."""
    db.execute("ALTER TABLE history ADD COLUMN seal TEXT")


def m002_entry(db: Database) -> None:
    """Put numbers on contracts, so that the newest of a day can come first; older ones go by their names."""
    db.execute("ALTER TABLE contracts ADD COLUMN entry INTEGER NOT NULL DEFAULT 0 CHECK (entry >= 0)")
    db.execute(
        "UPDATE contracts SET entry = place FROM (SELECT space AS id,"
        " row_number() OVER (ORDER BY entered_on, space DESC) AS place FROM contracts) WHERE space = id"
    )
    db.execute("DROP INDEX contracts_entered")
    db.execute("CREATE INDEX contracts_entered ON contracts (entered_on DESC, entry DESC)")
