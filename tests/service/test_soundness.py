"""Whether a store is to blame: asked when a command failed in a way that nobody foresaw."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from subctl.service.check import is_damaged
from tests.support.callers import caller


def change(store, *statements):
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)


def test_a_sound_store_is_not_to_blame(demo):
    """Then it was a bug."""
    assert not is_damaged(caller(demo, "show"))


def test_a_store_that_is_gone_or_anothers_is_not_to_blame(demo):
    """What else keeps a store from being opened has its own words."""
    demo.store.unlink()
    assert not is_damaged(caller(demo, "show"))
    demo.store.write_text("a text")
    assert not is_damaged(caller(demo, "show"))


def triggers(cli):
    return [name for (name,) in cli.sql("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")]


SPOILT = {
    "a row that is gone": "DELETE FROM steps",
    "a day that is none": "UPDATE store SET day = 'x'",
    "a day so far that sums overflow": "UPDATE contracts SET billed_until = '9999-12-01'",
    "a trigger that was added": "CREATE TRIGGER more AFTER INSERT ON orders BEGIN SELECT 1; END",
}


@pytest.mark.parametrize("statement", SPOILT.values(), ids=SPOILT)
def test_a_store_that_is_not_sound_is_to_blame(demo, statement):
    """What is gone, what can't be read, what can't be computed, and what would act by itself."""
    change(demo.store, statement)
    assert is_damaged(caller(demo, "show"))


def test_a_store_without_a_trigger_is_to_blame(demo):
    """The triggers keep documents as they are: the check misses each of them."""
    for name in triggers(demo):
        demo.prepare(("init", "--demo"))
        change(demo.store, f"DROP TRIGGER {name}")
        assert is_damaged(caller(demo, "show")), name


def test_a_store_without_catalogs_is_to_blame(demo):
    """It can't even be opened."""
    change(demo.store, *(f"DROP TRIGGER {name}" for name in triggers(demo)), "DELETE FROM catalogs")
    assert is_damaged(caller(demo, "show"))
