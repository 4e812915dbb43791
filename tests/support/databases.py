"""Stores of tests on a server: a database each, which the next test finds emptied or with the rows that it asks for.

Making a database takes a tenth of a second, putting rows into one that is there a tenth of that. So databases are used
again, as long as their schema is what `init` made. Whatever is done here is done by a superuser, whom neither triggers
nor policies keep from anything.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from subctl.store.places import Server
from subctl.store.postgres.schema import KEPT_AS
from subctl.store.tables import TABLES
from tests.support.cluster import ACCOUNT, SUPERUSER, Cluster
from tests.support.files import Rows

_LOADS = 200
"""After so many, a database is made anew: nothing takes away the rows that were deleted meanwhile."""

_MADE = """
SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
    SELECT concat(relname, relkind, relrowsecurity, relacl) FROM pg_class WHERE relnamespace = 'subctl'::regnamespace
    UNION ALL SELECT concat(tgrelid::regclass, tgname, tgenabled, tgfoid::regproc) FROM pg_trigger
        JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = 'subctl'::regnamespace AND NOT tgisinternal
    UNION ALL SELECT concat(oid::regprocedure, proacl, prosrc) FROM pg_proc WHERE pronamespace = 'subctl'::regnamespace
    UNION ALL SELECT concat(polrelid::regclass, polname) FROM pg_policy
    UNION ALL SELECT concat(conrelid::regclass, conname, convalidated) FROM pg_constraint
        WHERE connamespace = 'subctl'::regnamespace
) AS parts(part)
"""
"""What changes with every change of the schema that a test makes."""

_TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = to_regnamespace('subctl') AND relkind = 'r' AND relname NOT IN ('made', 'version') ORDER BY 1
"""
"""All tables but those that are of the schema."""

_CHECKS = """
SELECT CASE conrelid WHEN 0 THEN 'DOMAIN ' || contypid::regtype ELSE 'TABLE ' || conrelid::regclass END,
    quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'subctl'::regnamespace AND contype = 'c'
"""


class Databases:
    """Keeps each store in a database of a server, all called after the `worker` that has them."""

    def __init__(self, cluster: Cluster, folder: Path, worker: str) -> None:
        self.cluster, self.folder, self._worker = cluster, folder, worker
        self.uid = None
        self._base = f"{worker}_base"
        self._made: str | None = None
        self._names = 0
        self._free: list[str] = []
        self._used: dict[str, int] = {}
        self._stale: set[str] = set()
        self._links: dict[str, psycopg.Connection[Any]] = {}

    def new(self, home: Path) -> Server:  # noqa: ARG002  # a file is in it
        """Return where a test's store will be, in a database without one."""
        name = self._free.pop() if self._free else self._another()
        self._stale.add(name)
        folder = str(self.cluster.folder)
        named = (("host", folder), ("dbname", name), ("user", ACCOUNT))
        return Server(f"postgresql:///{name}?host={folder}", named)

    def other(self, home: Path, name: str) -> Server:  # noqa: ARG002  # a database has a name of ours
        """Return where another store of the same test will be."""
        return self.new(home)

    def give_back(self, place: Server) -> None:
        """Let other tests have the database of a store."""
        self._free.append(_database(place))

    def address(self, place: Server) -> str:
        """Return what `--store` takes for a store."""
        self._emptied(place)
        return self.cluster.url(_database(place))

    def seen_by(self, place: Server, account: str, now: datetime) -> Server:
        """Return the place of a store as an account comes to it, at a time."""
        self._emptied(place)
        named = {**dict(place.parameters), "user": account}
        return place._replace(parameters=tuple(named.items()), now=now)

    def is_there(self, place: Server) -> bool:
        """Tell whether there is a store."""
        self._emptied(place)
        return bool(self._run(place, _TABLES))

    def content(self, place: Server) -> bytes:
        """Return all that is in a store: every row of every table, as JSON."""
        parts = (
            f"'{table}', (SELECT coalesce(json_agg(row ORDER BY row), '[]') FROM {table} AS row)"
            for (table,) in self._run(place, _TABLES)
        )
        ((content,),) = self._run(place, f"SELECT json_build_object({', '.join(parts)})::text")
        return bytes(content, "utf-8")

    def put(self, place: Server, content: bytes) -> None:
        """Make a store be what was its content, or another's."""
        name = _database(place)
        if self._used[name] == _LOADS or not self._is_as_made(name):
            self._make_anew(name)
        self._stale.discard(name)
        self._drop(place, "subctl\\_%")
        if self.content(place) == content:  # as most tests leave it: to look is a tenth of the work
            return
        self._used[name] += 1
        tables = json.loads(content)
        self._run(place, "; ".join(f"DELETE FROM {table}" for table in tables))
        rows = "".join(
            f", of_{table} AS (INSERT INTO {table} SELECT (json_populate_record(NULL::{table}, row)).*"
            f" FROM json_array_elements((SELECT content -> '{table}' FROM given)) AS row)"
            for table, there in tables.items()
            if there
        )
        self._link(name).execute(
            f"WITH given AS (SELECT %s::json AS content){rows} SELECT 1", (content.decode(),), prepare=True
        )

    def but_history(self, content: bytes) -> dict[str, Any]:
        """Return what a store's content is but for the entries of its history."""
        return {table: rows for table, rows in json.loads(content).items() if table != "history"}

    def sql(self, place: Server, statement: str, values: Sequence[object] = ()) -> Rows:
        """Do something to a store that no command does."""
        self._emptied(place)
        said = re.sub(r"(\w+) ->> ", r"\1::json ->> ", statement.replace("%", "%%").replace("?", "%s"))
        return self._run(place, _below_views(said), tuple(values))

    def rows(self, place: Server, but: str) -> dict[str, Rows]:
        """Return all rows of all tables but one, columns by their names, in an order of their own."""
        there = json.loads(self.content(place))
        return {
            name: sorted(
                (tuple(value for _, value in sorted(row.items())) for row in there[KEPT_AS.get(name, name)]), key=repr
            )
            for name in (*TABLES, "moved")
            if name != but
        }

    def tamper(self, place: Server, statements: Sequence[str], *, checks: bool = True) -> None:
        """Change a store as a superuser could: without triggers and foreign keys.

        Without `checks` a value may be what the table's own conditions refuse; they are put back as they were.
        """
        conditions = [] if checks else self._run(place, _CHECKS)
        for what, name, _ in conditions:
            self._run(place, f"ALTER {what} DROP CONSTRAINT {name}")
        for statement in statements:
            cursor = self._link(_database(place)).execute(_below_views(statement))
            assert cursor.rowcount > 0, statement
        for what, name, condition in conditions:
            self._run(place, f"ALTER {what} ADD CONSTRAINT {name} {condition} NOT VALID")
        if conditions:
            self._run(place, "UPDATE pg_constraint SET convalidated = true WHERE NOT convalidated")

    def close(self) -> None:
        """Connect to nothing any more."""
        for name in [*self._links]:
            self._close(name)

    # Databases.

    def _another(self) -> str:
        self._names += 1
        name = f"{self._worker}_{self._names}"
        self.cluster.create(name)
        self._used[name] = 0
        return name

    def _emptied(self, place: Server) -> None:
        """Take away what the test before left, where this one hasn't put anything in its place."""
        if _database(place) in self._stale:
            self._stale.discard(_database(place))
            self._drop(place, "subctl%")

    def _drop(self, place: Server, pattern: str) -> None:
        for (schema,) in self._run(place, f"SELECT nspname FROM pg_namespace WHERE nspname LIKE '{pattern}'"):
            self._run(place, f'DROP SCHEMA "{schema}" CASCADE')

    def _is_as_made(self, name: str) -> bool:
        return self._made is not None and self._fingerprint(name) == self._made

    def _make_anew(self, name: str) -> None:
        """Make a database again, with the schema of a store and whatever rows."""
        if self._made is None:
            self._make_base()
        self._close(name)
        self.cluster.drop(name)
        self.cluster.create(name, self._base)
        self._used[name] = 0

    def _make_base(self) -> None:
        """Make the database whose schema the others have: as `init` makes it."""
        self.cluster.create(self._base)
        subprocess.run(
            [sys.executable, "-m", "subctl", "init", "--demo", "--store", self.cluster.url(self._base)],
            env={"PATH": os.environ["PATH"], "XDG_CONFIG_HOME": "/nonexistent"},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        self._made = self._fingerprint(self._base)
        self._close(self._base)

    def _fingerprint(self, name: str) -> str | None:
        """Return what tells a schema from every other."""
        there = self._link(name).execute("SELECT to_regnamespace('subctl') IS NOT NULL").fetchone()
        if there != (True,):
            return None
        ((made,),) = self._link(name).execute(_MADE).fetchall()
        return str(made)

    def _run(self, place: Server, statement: str, values: Sequence[object] | None = None) -> Rows:
        cursor = self._link(_database(place)).execute(statement, values)
        return cursor.fetchall() if cursor.description else []

    def _link(self, name: str) -> psycopg.Connection[Any]:
        """Return the connection to a database that is kept for it."""
        if name not in self._links or self._links[name].closed:
            self._links[name] = psycopg.connect(
                self.cluster.url(name, SUPERUSER),
                autocommit=True,
                prepare_threshold=None,
                options="-c search_path=subctl,public -c session_replication_role=replica",
            )
        return self._links[name]

    def _close(self, name: str) -> None:
        if name in self._links:
            self._links.pop(name).close()


def _by_column(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(value for _, value in sorted(row.items()))


def _below_views(statement: str) -> str:
    """Let a statement concern the tables below the views, which show a superuser what they show to strangers."""
    for view, table in KEPT_AS.items():
        statement = re.sub(rf"\b{view}\b", table, statement)
    return statement


def _database(place: Server) -> str:
    return dict(place.parameters)["dbname"]
