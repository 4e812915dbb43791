"""The third schema: facts instead of words, licences of any kind, buyers with all that a document says of them.

Documents keep what stands in them: their rows are copied as they are, into tables that allow more.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from subctl.domain.sentence import N_
from subctl.store.sqlite.migrations.tools import BILLING, DAY, create, never_change
from subctl.store.tables import damaged

if TYPE_CHECKING:
    from sqlite_utils import Database

_CATEGORIES = "IN ('S', 'AE', 'O', 'E')"
_BUYER = (
    "payment", "iban", "mandate", "language", "street", "postcode", "city", "legal_id", "endpoint",
    "buyer_reference", "contact", "phone", "e_invoice",
)  # fmt: skip

_ANEW = f"""
CREATE TABLE new_catalogs (
  id INTEGER PRIMARY KEY,
  action TEXT NOT NULL CHECK (action IN ('import', 'drop', 'first')),
  valid_from TEXT NOT NULL CHECK (valid_from {DAY}),
  imported_on TEXT NOT NULL CHECK (imported_on {DAY}),
  content TEXT CHECK ((content IS NULL) = (action = 'drop'))
) STRICT;
INSERT INTO new_catalogs (id, action, valid_from, imported_on, content)
  SELECT id, CASE id WHEN 1 THEN 'first' ELSE 'import' END, valid_from, imported_on, content FROM catalogs;
CREATE TABLE new_steps (
  space TEXT NOT NULL REFERENCES contracts (space),
  start TEXT NOT NULL CHECK (start {DAY}),
  plan TEXT NOT NULL,
  users INTEGER NOT NULL CHECK (users > 0),
  licences TEXT NOT NULL,
  billing TEXT NOT NULL CHECK (billing {BILLING}),
  anchor TEXT CHECK (anchor {DAY}),
  rates TEXT,
  PRIMARY KEY (space, start),
  CHECK ((anchor IS NULL) = (billing = 'monthly'))
) STRICT, WITHOUT ROWID;
INSERT INTO new_steps (space, start, plan, users, licences, billing, anchor, rates)
  SELECT space, start, plan, users,
    CASE zoom WHEN 0 THEN '{{}}' ELSE '{{"zoom":' || zoom || '}}' END, billing, anchor,
    '{{"users":' || user_rate || ',"zoom":' || zoom_rate || '}}' FROM steps;
CREATE TABLE new_quotes (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL CHECK (date {DAY}),
  valid_until TEXT NOT NULL CHECK (valid_until {DAY}),
  version INTEGER NOT NULL,
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  boundary TEXT CHECK (boundary {DAY}),
  vat_category TEXT NOT NULL CHECK (vat_category {_CATEGORIES}),
  vat_rate INTEGER NOT NULL CHECK (vat_rate >= 0),
  rules INTEGER NOT NULL CHECK (rules > 0),
  before TEXT NOT NULL,
  document TEXT NOT NULL,
  words TEXT
) STRICT;
INSERT INTO new_quotes (id, space, date, valid_until, version, catalog, buyer, boundary, vat_category, vat_rate, rules,
    before, document)
  SELECT id, space, date, valid_until, version, catalog, buyer, boundary, vat_category, vat_rate, 1,
    before, document FROM quotes;
CREATE TABLE new_orders (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL CHECK (date {DAY}),
  kind TEXT NOT NULL CHECK (kind IN ('upgrade', 'downgrade', 'billing', 'cancel')),
  quote INTEGER REFERENCES quotes (id),
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  rules INTEGER NOT NULL CHECK (rules > 0),
  before TEXT NOT NULL,
  document TEXT NOT NULL,
  words TEXT
) STRICT;
INSERT INTO new_orders (id, space, date, kind, quote, catalog, buyer, rules, before, document)
  SELECT id, space, date, kind, quote, catalog, buyer, 1, before, document FROM orders;
CREATE TABLE new_invoices (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL REFERENCES spaces (id),
  "order" INTEGER REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind IN ('upgrade', 'recurring', 'credit')),
  credits INTEGER REFERENCES invoices (id) CHECK ((credits IS NULL) = (kind <> 'credit')),
  date TEXT NOT NULL CHECK (date {DAY}),
  due_date TEXT CHECK (due_date {DAY} AND due_date >= date),
  start TEXT NOT NULL CHECK (start {DAY}),
  end TEXT NOT NULL CHECK (end {DAY} AND end > start),
  net INTEGER NOT NULL,
  vat INTEGER NOT NULL,
  total INTEGER NOT NULL CHECK (total = net + vat AND (total >= 0) = (kind <> 'credit')),
  vat_category TEXT NOT NULL CHECK (vat_category {_CATEGORIES}),
  vat_rate INTEGER NOT NULL CHECK (vat_rate >= 0),
  vat_note TEXT,
  catalog INTEGER NOT NULL REFERENCES catalogs (id),
  buyer INTEGER NOT NULL REFERENCES buyers (id),
  rules INTEGER NOT NULL CHECK (rules > 0),
  lines TEXT NOT NULL,
  words TEXT
) STRICT;
INSERT INTO new_invoices (id, space, "order", kind, credits, date, due_date, start, end, net, vat, total,
    vat_category, vat_rate, vat_note, catalog, buyer, rules, lines)
  SELECT id, space, "order", kind, credits, date, due_date, start, end, net, vat, total,
    vat_category, vat_rate, vat_note, catalog, buyer, 1, lines FROM invoices;
"""

_INDEXES = """
CREATE INDEX quotes_space ON quotes (space, id);
CREATE INDEX orders_space ON orders (space, id);
CREATE UNIQUE INDEX orders_quote ON orders (quote) WHERE quote IS NOT NULL;
CREATE INDEX invoices_space ON invoices (space, id);
CREATE INDEX invoices_order ON invoices ("order") WHERE "order" IS NOT NULL;
"""

_FOR_EVER = {
    "catalogs": "id",
    "quotes": "id",
    "orders": "id, quote",
    "invoices": "id",
}

_ENTRIES = f"""
CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  space TEXT NOT NULL UNIQUE REFERENCES spaces (id),
  entered_on TEXT NOT NULL CHECK (entered_on {DAY}),
  start TEXT NOT NULL CHECK (start {DAY}),
  billed_until TEXT NOT NULL CHECK (billed_until {DAY}),
  plan TEXT NOT NULL,
  users INTEGER NOT NULL CHECK (users > 0),
  licences TEXT NOT NULL,
  billing TEXT NOT NULL CHECK (billing {BILLING}),
  anchor TEXT CHECK (anchor {DAY}),
  CHECK ((anchor IS NULL) = (billing = 'monthly'))
) STRICT;
"""


def m003_facts(db: Database) -> None:
    """Make the tables that allow more, note what each space was entered with, and freeze how buyers pay."""
    create(db, _ANEW)
    for table in ("catalogs", "steps", *(table for table in _FOR_EVER if table != "catalogs")):
        db.execute(f"DROP TABLE {table}")
        db.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
    create(db, _INDEXES)
    for table, keys in _FOR_EVER.items():
        never_change(db, table, keys)
    _note_entries(db)
    _move_to_buyers(db)
    db.execute("ALTER TABLE history ADD COLUMN state TEXT")


def _note_entries(db: Database) -> None:
    """Take what a space was entered with from its first order, or from the contract where nothing was ordered."""
    create(db, _ENTRIES)
    db.execute(
        "INSERT INTO entries SELECT entry, space, entered_on, contracts.start, first_billed, plan, users, licences,"
        " billing, anchor FROM contracts JOIN steps USING (space)"
        " WHERE NOT EXISTS (SELECT 1 FROM orders WHERE orders.space = contracts.space)"
        " AND NOT EXISTS (SELECT 1 FROM steps AS earlier WHERE earlier.space = steps.space"
        " AND earlier.start < steps.start)"
    )
    ordered = db.execute(
        "SELECT entry, contracts.space, entered_on, start, first_billed, before FROM contracts JOIN orders"
        " ON orders.id = (SELECT min(id) FROM orders WHERE orders.space = contracts.space)"
    ).fetchall()
    for *contract, before in ordered:
        _, plan, users, zoom, billing, anchor, *_ = _first_step(before)
        licences = json.dumps({"zoom": zoom} if zoom else {}, separators=(",", ":"))
        db.execute(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*contract, plan, users, licences, billing, anchor),
        )
    never_change(db, "entries", "id, space")


def _first_step(before: str) -> list[Any]:
    """Return the first price step of a contract as an order was decided on it (`store_damaged`)."""
    try:
        step: list[Any] = json.loads(before)["steps"][0]
    except (ValueError, LookupError, TypeError) as error:
        raise damaged(N_("what an order was decided on can't be read")) from error
    return step


def _move_to_buyers(db: Database) -> None:
    """Move how a space pays into the details that its documents freeze from now on."""
    for column in _BUYER:
        db.execute(f"ALTER TABLE buyers ADD COLUMN {column} TEXT")
    db.execute("DROP TRIGGER buyers_no_update")
    db.execute(
        "UPDATE buyers SET payment = spaces.payment, iban = spaces.iban FROM spaces WHERE spaces.buyer = buyers.id"
    )
    db.execute(
        "CREATE TRIGGER buyers_no_update BEFORE UPDATE ON buyers "
        "BEGIN SELECT RAISE(ABORT, 'buyers are never changed'); END"
    )
    for column in ("payment", "iban"):
        db.execute(f"ALTER TABLE spaces DROP COLUMN {column}")
