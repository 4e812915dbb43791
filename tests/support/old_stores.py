"""Stores that older programs wrote, and what those programs printed of them: none of it is ever made anew.

`rules_1.sql` (a dump of schema 2) has a case of every rule that was sharpened later, as `tests/store/test_old_rules.py`
tells it.

`schema_1.db` has two lives, `schema_2.sql` (a dump) twenty, `schema_3.sql` three, `schema_4.sql` four, with mandates
and languages, `schema_5.sql` five, with payments, collections, reminders and corrections; the JSON beside each holds
the document of every command named in it, as it was printed on the store as it was then. They belong to `tester`,
whom no machine has. From schema 3 on the state is sealed, and who administers a store with it: its newest entry is
sealed anew.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from subctl.store import history, state
from subctl.store.sqlite.connection import Connection
from subctl.store.tables import ADMINISTRATORS

FOLDER = Path(__file__).parents[1] / "store"
VERSIONS = (1, 2, 3, 4, 5)
_SEALED = 3
MAKER = 4711
"""Who made them."""


def put(version: int, store: Path) -> None:
    """Put the store of a schema in place, administered by the account that runs the tests."""
    if version == 1:
        store.parent.mkdir(exist_ok=True)
        shutil.copy(FOLDER / "schema_1.db", store)
        _give(store)
    else:
        put_dump(f"schema_{version}", store)


def put_dump(name: str, store: Path) -> None:
    """Put a store that is kept as a dump in place, administered by the account that runs the tests."""
    store.parent.mkdir(exist_ok=True)
    store.unlink(missing_ok=True)
    with closing(sqlite3.connect(store, factory=Connection)) as connection:
        connection.executescript((FOLDER / f"{name}.sql").read_text())
    _give(store)


def _give(store: Path) -> None:
    store.chmod(0o600)
    with closing(sqlite3.connect(store, factory=Connection)) as connection, connection:
        before = _administrators(connection)
        connection.execute(
            "UPDATE administrators SET uid = ?, account = 'tester' WHERE uid NOT IN (1, 2)", (os.getuid(),)
        )
        ((version,),) = connection.execute("PRAGMA user_version").fetchall()
        if version >= _SEALED:
            _seal_anew(connection, _administrators(connection) - before)


def _administrators(connection: Connection) -> int:
    """Return what the administrators add to the sum of the state."""
    return state.sum_of(ADMINISTRATORS, connection.execute("SELECT uid, space, account FROM administrators"))


def _seal_anew(connection: Connection, more: int) -> None:
    """Seal a sum that is so much more in the newest entry, behind the back of the trigger that keeps it."""
    ((trigger,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'history_no_update'").fetchall()
    connection.execute("DROP TRIGGER history_no_update")
    *_, (_, _, previous), (place, entry, _) = history.entries(connection)
    assert entry.state is not None
    entry = entry._replace(state=state.text(state.read(entry.state) + more))
    sealed = (entry.state, history.link(previous, entry), place)
    connection.execute("UPDATE history SET state = ?, hash = ? WHERE id = ?", sealed)
    connection.execute(trigger)


def printed(version: int) -> dict[str, Any]:
    """Return the document that each command printed of the store of a schema."""
    documents: dict[str, Any] = json.loads((FOLDER / f"schema_{version}.json").read_text())
    return documents
