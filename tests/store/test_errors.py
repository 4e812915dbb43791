"""What the engine says, told in words of its own: only damage is called damage, and a bug stays one (safety.md)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from subctl.domain.errors import SubctlError
from subctl.store import write
from subctl.store.sqlite.connection import connect
from subctl.store.sqlite.errors import explained
from subctl.store.sqlite.visit import writing
from tests.support.callers import NOW
from tests.support.stores import RESTORE


def refusal(path, *statements):
    """Return what is said of the last of some statements."""
    with pytest.raises(SubctlError) as refused, explained(path), closing(connect(path)) as connection:
        list(map(connection.execute, statements))
    return refused.value.code, refused.value.message, refused.value.hint


@pytest.mark.parametrize(
    ("statements", "code", "message", "hint"),
    [
        (
            ("UPDATE contracts SET version = 0",),
            "store_failed",
            "The store {} refused a row: CHECK constraint failed: version > 0.",
            "Nothing was changed.",
        ),
        (
            ("DELETE FROM buyers",),
            "store_failed",
            "The store {} refused a row: buyers are never changed.",
            "Nothing was changed.",
        ),
        (("DROP TABLE administrators", "SELECT * FROM administrators"), "store_damaged",
         "The store {} is damaged: no such table: administrators.", RESTORE),
        (("SELECT gone FROM spaces",), "store_damaged", "The store {} is damaged: no such column: gone.", RESTORE),
        (("INSERT INTO spaces (gone) VALUES (1)",), "store_damaged",
         "The store {} is damaged: table spaces has no column named gone.", RESTORE),
        (("PRAGMA query_only=ON", "DELETE FROM steps"), "store_denied",
         "The store {} can't be written: attempt to write a readonly database.", "Check who may write there."),
    ],
)  # fmt: skip
def test_what_an_error_means(demo, statements, code, message, hint):
    """One table of names and how messages begin."""
    assert refusal(demo.store, *statements) == (code, message.format(demo.store), hint)


def test_a_path_that_is_too_long(demo):
    """It is said of the path, not of rights or the disk."""
    folder = demo.home
    while len(str(folder)) < 600:
        folder = folder / ("x" * 60)
    folder.mkdir(parents=True)
    store, link = folder / "contracts.db", demo.home / "link"
    store.write_bytes(demo.bytes)
    store.chmod(0o600)
    link.symlink_to(folder)
    hint = "Name a shorter one: at most 480 bytes, from the root."
    for path in (store, link / "contracts.db"):
        refused = (7, "store_denied", f"The path {path} is too long.", hint)
        assert demo("show", "--json", "--store", str(path)).refusal == refused
        assert demo("restore", "--json", "--yes", str(path)).refusal == refused
    for path in (folder / "new.db", link / "new.db"):
        refused = (7, "store_denied", f"The path {path} is too long.", hint)
        assert demo("backup", "--json", str(path)).refusal == refused
        assert demo("init", "--demo", "--json", "--store", str(path)).refusal == refused
    assert [path.name for path in folder.iterdir()] == ["contracts.db"]


def test_a_path_that_leaves_no_room_for_what_is_built_beside_it(demo):
    """It is too long as well, and nothing is said of the disk."""
    folder = demo.home
    while len(str(folder)) < 400:
        folder = folder / ("x" * 40)
    folder.mkdir(parents=True)
    codes = {}
    for length in range(470, 512, 5):
        path = folder / ("n" * (length - len(str(folder)) - 1))
        codes[length] = demo("init", "--demo", "--json", "--store", str(path))
    assert [length for length, done in codes.items() if done.code == 0] == [470, 475, 480]
    assert {done.refusal[1] for done in codes.values() if done.code} == {"store_denied"}


def test_a_statement_that_is_wrong_is_a_bug(demo):
    """It passes as it is: nobody is told that the store is damaged, and nothing is looked for in it."""
    for statement in ("SELECT", "SELECT 1 FROM spaces WHERE count(*) = 1"):
        with pytest.raises(sqlite3.OperationalError), explained(demo.store), closing(connect(demo.store)) as connection:
            connection.execute(statement)


def test_what_nothing_seals_is_not_written(demo):
    """safety.md: a write after the last entry of the history is a bug, and undone."""
    before = demo.bytes
    with pytest.raises(RuntimeError), writing(demo.store, NOW, 0, "tester") as connection:
        write.set_default_space(connection, "atelier")
    assert demo.bytes == before
