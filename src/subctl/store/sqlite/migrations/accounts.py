"""The sixth schema: administrators go by their accounts' names, and a store can say that it has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.store.sqlite.migrations.tools import create

if TYPE_CHECKING:
    from sqlite_utils import Database

_ADMINISTRATORS = """
CREATE TABLE new_administrators (
  uid INTEGER CHECK (uid >= 0),
  space TEXT NOT NULL,
  account TEXT NOT NULL,
  PRIMARY KEY (account, space)
) STRICT, WITHOUT ROWID;
INSERT INTO new_administrators (uid, space, account)
  SELECT uid, space, CASE WHEN EXISTS (SELECT 1 FROM administrators AS later
      WHERE later.space = earlier.space AND later.account = earlier.account AND later.uid > earlier.uid)
    THEN '#' || uid ELSE account END FROM administrators AS earlier;
DROP TABLE administrators;
ALTER TABLE new_administrators RENAME TO administrators;
CREATE UNIQUE INDEX administrators_uid ON administrators (uid, space) WHERE uid IS NOT NULL;
"""
"""A name that two accounts had in turn is the newer one's; the other keeps its right, and is called by its uid."""

_BESIDE = """
CREATE TABLE moved (place TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX mandates_name ON mandates (lower(name));
"""


def m006_accounts(db: Database) -> None:
    """Let administrators be without a uid, make the mark of a store that has moved, and find mandates by name."""
    create(db, _ADMINISTRATORS)
    create(db, _BESIDE)
