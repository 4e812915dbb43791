"""The tables as `store.tables` names them are those of the file, column by column."""

from __future__ import annotations

import pytest

from subctl.store.tables import TABLES

KINDS = {("INTEGER", True): "int", ("INTEGER", False): "int?", ("TEXT", True): "text", ("TEXT", False): "text?"}
ALWAYS_THERE = {("_sqlite_migrations", column) for column in ("migration_set", "name", "applied_at")}
"""The library that makes this table doesn't say that they are never null."""


def test_every_table_is_named(demo):
    """None is in the file that nothing reads, seals or counts, but for the mark of a store that has moved."""
    names = {name for (name,) in demo.sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == {*TABLES, "moved"}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_column_is_named_with_its_kind(demo, table):
    """STRICT types and NOT NULL, as the schema has them; keys are never null."""
    columns = demo.sql(f"PRAGMA table_info({table.name})")
    made = {
        name: KINDS[kind, bool(needed or key) or (table.name, name) in ALWAYS_THERE]
        for _, name, kind, needed, _, key in columns
    }
    assert made == table.kinds
    assert {name for _, name, *_, key in columns if key} == set(table.key)
