"""What migrations are made of: statements one by one, and triggers that keep rows as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
BILLING = "IN ('monthly', 'annual')"


def create(db: Database, statements: str) -> None:
    """Execute statements, one after the other."""
    for statement in filter(None, map(str.strip, statements.split(";\n"))):
        db.execute(statement)


def _same(key: str) -> str:
    return " AND ".join(f"{column} = NEW.{column}" for column in key.split(" + "))


def never_change(db: Database, table: str, keys: str) -> None:
    """Let the database itself refuse to update, delete or replace rows; `keys` is all that is unique in them.

    Columns that are unique together stand with a + between them.
    INSERT OR REPLACE would slip past a trigger on DELETE.
    """
    same = " OR ".join(map(_same, keys.split(", ")))
    db.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        f"BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
    )
    for action in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
        )
