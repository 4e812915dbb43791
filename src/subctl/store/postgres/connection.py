"""A transaction on a server: what the modules of the store ask of it (`store.connection`).

psycopg commits nothing by itself here: a visit begins and ends its transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_
from subctl.domain.text import safe
from subctl.store.postgres.translate import translated, writes
from subctl.store.tables import HISTORY

if TYPE_CHECKING:
    from subctl.store.places import Server
    from subctl.store.seal import Coming
    from subctl.store.tables import Row, Table

Link = psycopg.Connection[Any]

_FETCHED = 2000
"""Rows of a stream that are held at once."""

_COPIED = 200
"""From so many rows on it pays to copy them."""

_INSERTED = 10_000
"""Rows that one statement inserts at most: its triggers look at all of them at once."""

_PATIENT_MINUTES = 10
"""How long a transaction may stand still that waits for something long, like the copy of a whole store."""

_ROLE = """
SELECT quote_ident(?), EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ?),
  NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ? AND pg_has_role(oid, 'subctl_people', 'MEMBER'))
"""
"""How SQL names a role, whether there is one, and whether it lacks the right to come to stores."""

TYPES = {"int": "bigint", "int?": "bigint", "text": 'text COLLATE "C"', "text?": 'text COLLATE "C"'}
"""What a column of each kind is, where it is no table's."""


class Connection:
    """A transaction of a server's store; `unsealed`, `coming`: what was written since the newest entry of the history.

    It `wrote` where it changed rows; `kept` is the hash of the last entry that it added, `made` the id of the schema
    that it made: by these it finds out whether a COMMIT without an answer was one.
    """

    def __init__(self, link: Link, place: Server, account: str, now: datetime) -> None:
        self._link, self.place = link, place
        self._sent = False
        self.account, self.now = account, now
        self.unsealed = 0
        self.coming: dict[str, Coming] = {}
        self.kept: str | None = None
        self.made: int | None = None
        self.wrote = False
        self._held = False
        self._streams = 0
        self._spent: list[str] = []

    @property
    def link(self) -> Link:
        """The link, once the server has done what it was sent ahead: what that raises comes here."""
        if self._sent:
            self._sent = False
            results = list(iter(self._link.pgconn.get_result, None))  # all of them: then the link is free again
            for failed in (result for result in results if result.status != ExecStatus.COMMAND_OK):
                error = error_from_result(failed)
                raise error if error.sqlstate else psycopg.OperationalError(str(error))  # nobody is there any more
        return self._link

    def _send(self, sql: str) -> None:
        """Send statements that write ahead, without values: the server works on them while rows are hashed here."""
        self._write()
        self.link.pgconn.send_query(sql.encode())
        self._sent = True

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> psycopg.Cursor[Any]:
        """Send a statement; its answer is held in memory."""
        if writes(sql):
            self._write()
        return self.link.execute(translated(sql), values or None)

    def _write(self) -> None:
        """Refuse a write while they are held back, as the server does in a transaction that only reads."""
        if self._held:
            raise psycopg.errors.ReadOnlySqlTransaction
        self.wrote = True

    def _one(self, sql: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401  # a row of whatever was asked for
        return self.execute(sql, values).fetchone()

    def stream(self, sql: str, values: Sequence[Any] = (), /) -> Iterator[Any]:
        """Yield the rows of an answer of any size as they are read, while other statements are sent.

        The first of them come with the answer to the declaration; what was read to its end is closed with the next one.
        """
        self._streams += 1
        name = f"stream_{self._streams}"
        fetch = f"FETCH FORWARD {_FETCHED} FROM {name}"
        with self.link.pipeline():
            while self._spent:
                self.link.execute(f"CLOSE {self._spent.pop()}")
            self.link.execute(f"DECLARE {name} NO SCROLL CURSOR FOR {translated(sql)}", values or None)
            first = self.link.execute(fetch)
        return self._fetched(name, first.fetchall(), fetch)

    def _fetched(self, name: str, rows: list[Any], fetch: str) -> Iterator[Any]:
        yield from rows
        while len(rows) == _FETCHED:
            rows = self.link.execute(fetch).fetchall()
            yield from rows
        self._spent.append(name)

    def insert(self, table: Table, rows: Sequence[Row], *, into: str | None = None) -> None:
        """Insert rows of all columns into a table, or `into` a temporary one of ours that has its columns.

        Many are copied, which takes a sixth of the time that JSON takes, and JSON a quarter of that of arrays. Under
        policies PostgreSQL copies into temporary tables alone, and puts them where they belong from there.
        """
        if table is HISTORY:
            self.kept = rows[-1][-1]
        if into is not None:
            self._copy(table, rows, into)
        elif len(rows) == 1:
            self.execute(table.inserting, rows[0])
        elif len(rows) < _COPIED:
            given = f"json_to_recordset(CAST(? AS json)) AS given({_typed(table)})"
            self.insert_from(table, given, _objects(table.columns, rows))
        else:
            self._insert_copied(table, rows)

    def _insert_copied(self, table: Table, rows: Sequence[Row]) -> None:
        name = f"given_{table.name}"
        left = iter(rows)
        while taken := list(islice(left, _INSERTED)):
            self.link.execute(temporary(name, table))
            self._copy(table, taken, name)
            self._send(f"{_inserting(table, f'pg_temp.{name}')}; DROP TABLE pg_temp.{name}")

    def insert_from(self, table: Table, source: str, *values: str) -> None:
        """Insert what stands in another table, or in what follows FROM, by the names of the columns."""
        self.execute(_inserting(table, source), values)

    def _copy(self, table: Table, rows: Sequence[Row], name: str) -> None:
        with (
            self.link.cursor() as cursor,
            cursor.copy(f"COPY pg_temp.{name} ({named(table.columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def change(self, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Change columns of rows of a table; each row has their values and then its key."""
        if len(rows) == 1:
            self.execute(table.changing(columns), rows[0])
            return
        changed = ", ".join(f'"{column}" = given."{column}"' for column in columns)
        key = " AND ".join(f'{table.name}."{column}" = given."{column}"' for column in table.key)
        given = f"json_to_recordset(CAST(? AS json)) AS given({_typed(table)})"
        objects = _objects((*columns, *table.key), rows)
        self.execute(f"UPDATE {table.name} SET {changed} FROM {given} WHERE {key}", (objects,))

    def newest_id(self, table: str) -> int | None:
        """Return the greatest id of a table, whoever's row it is."""
        newest: int | None = self._one("SELECT newest_id(?)", (table,))[0]
        return newest

    def first_hash(self) -> str | None:
        """Return the hash of the first entry of the history."""
        first: str | None = self._one("SELECT first_hash()")[0]
        return first

    def newest_entry(self) -> tuple[int, str, str | None, str | None] | None:
        """Return id, hash, seal and state of the newest entry of the history."""
        newest: tuple[int, str, str | None, str | None] | None = self._one("SELECT id, hash, seal, state FROM head()")
        return newest

    def add_entries(self, rows: Sequence[Row]) -> None:
        """Append rows to the history, together."""
        self._write()
        self.execute("SELECT add_entries(CAST(? AS json))", (_objects(HISTORY.columns, rows),))
        self.kept = rows[-1][-1]

    def account_named(self, name: str) -> tuple[int | None, str]:
        """Return no uid and the name of a role of the server that may come to stores (`bad_input`)."""
        if any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in name):  # no server takes such a text
            raise bad_input(N_("The server has no role '{account}'."), account=safe(name))
        role, known, lacking = self._one(_ROLE, (name, name, name))
        if not known:
            what, made = N_("The server has no role '{account}'."), f"CREATE ROLE {role} LOGIN IN ROLE subctl_people;"
            raise bad_input(what, N_("Let a superuser run: {command}"), account=safe(name), command=safe(made))
        if lacking:
            what, made = N_("The role '{account}' may not come to stores."), f"GRANT subctl_people TO {role};"
            raise bad_input(what, N_("Let a superuser run: {command}"), account=safe(name), command=safe(made))
        return None, name

    def take_time(self) -> None:
        """Let the server not end this transaction soon for standing still."""
        self.link.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{_PATIENT_MINUTES}min'")

    def hold_writes(self) -> None:
        """Refuse every write, also in a transaction that may write, until `let_write`."""
        self._held = True

    def let_write(self) -> None:
        """Take what `hold_writes` held back."""
        self._held = False


def temporary(name: str, table: Table) -> str:
    """Return the statement that makes a temporary table with the columns of one of the store's."""
    return f"CREATE TEMPORARY TABLE {name} ({_typed(table)})"


def _inserting(table: Table, source: str) -> str:
    columns = named(table.columns)
    return f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {source}"


def _objects(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Write rows as JSON, each an object by the names of the columns."""
    return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False)


def _typed(table: Table) -> str:
    return ", ".join(f'"{column}" {TYPES[kind]}' for column, kind in table.kinds.items())


def named(columns: Sequence[str]) -> str:
    """Return columns by their names, as SQL lists them."""
    return ", ".join(f'"{column}"' for column in columns)
