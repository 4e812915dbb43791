"""The SQL that the modules of the store send while commands run, and the places in their source that send some."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import subctl.store
from subctl.service.catalogs import built_in
from subctl.store.sqlite import connection
from subctl.store.tables import TABLES, Row, Table
from tests.support import old_stores, printed, year_of_payments
from tests.support.cli import Cli
from tests.support.files import Files

FOLDER = Path(subctl.store.__file__).parent
ALONE = {"connection.py", "sorting.py"}
"""The first sends nothing, the second to a temporary file of its own, which SQLite always is."""

_TYPES = {int: "bigint", str: "text", type(None): "text"}


@dataclass
class Sent:
    """Statements with the types of their values, and from which lines of which modules they were sent."""

    statements: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lines: set[tuple[str, int]] = field(default_factory=set)

    def take(self, sql: str, values: Sequence[Any]) -> None:
        """Note what is sent by a module of the store, and not by the engine."""
        frame = sys._getframe(2)
        module = Path(frame.f_code.co_filename)
        if module.parent == FOLDER:
            self.statements[sql] = tuple(_TYPES[type(value)] for value in values)
            self.lines.add((module.name, frame.f_lineno))


def modules() -> list[Path]:
    """Return the modules of the store that both engines share."""
    return sorted(path for path in FOLDER.glob("*.py") if path.name not in ALONE)


def places() -> Iterator[tuple[str, range]]:
    """Yield each call that sends a statement: its module and its lines."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("execute", "stream", "change"):
                yield path.name, range(node.lineno, (node.end_lineno or node.lineno) + 1)


def watched(patch: pytest.MonkeyPatch) -> Sent:
    """Note from now on what is sent to files; it is sent all the same."""
    sent = Sent()
    sent.statements |= {table.inserting: tuple(table.kinds.values()) for table in TABLES.values()}
    for name in ("execute", "stream"):
        patch.setattr(connection.Connection, name, _noting(sent, getattr(connection.Connection, name)))
    patch.setattr(connection.Connection, "change", _noting_change(sent, connection.Connection.change))
    return sent


def _noting_change(sent: Sent, send: Any) -> Any:
    def noting(self: connection.Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
        sent.take(table.changing(columns), rows[0])
        send(self, table, columns, rows)

    return noting


def _noting(sent: Sent, send: Any) -> Any:  # a method of SQLite's own
    def noting(self: connection.Connection, sql: str, values: Sequence[Any] = (), /) -> Any:
        sent.take(sql, values)
        return send(self, sql, values)

    return noting


MANY = 201
"""One more space than TAB is told of."""

TAMPERED = (
    "UPDATE buyers SET name = 'x' WHERE id = 1",
    "UPDATE payments SET reference = 'x' WHERE id = (SELECT max(id) FROM payments)",
    "UPDATE spaces SET locked = 1 WHERE id = 'acme'",
)
"""What a check names by what rests on it, by its number, and by what the history told of it."""

LISTS = ("quotes", "orders", "invoices", "payments", "reminders", "collections", "spaces", "deadlines")


def _asked(cli: Cli) -> Iterator[tuple[str, ...]]:
    """Yield what is asked of a year of payments, and what is looked up while somebody types."""
    head = cli("check", "--json").json["head"]
    yield ("check", "--head", head)
    for kind in LISTS:
        for words in ((), ("--space", "acme"), ("--since", "2026-04-01", "--until", "2026-05-01"), ("--limit", "1")):
            yield ("list", kind, *words)
    for kind in ("spaces", "documents", "quotes", "orders", "invoices", "payments", "reminders", "collections"):
        yield from (("__complete", kind, ""), ("__complete", kind, "", "--space", "acme"))
    yield from (("pay", "--space", "acme", "--amount", "5", "--source", "X/1", "--yes"),) * 2
    yield ("journal", "--deferred")
    yield ("journal", "--since", "2026-04-01")
    yield ("history", "--limit", "1")


def _grown(cli: Cli) -> Iterator[tuple[str, ...]]:
    """Yield what makes many spaces, and what looks at all of them."""
    many, dearer = cli.home / "many.csv", cli.home / "dearer.toml"
    many.write_text("id,name,plan,users\n" + "".join(f"s{place},S,pro,1\n" for place in range(MANY)))
    dearer.write_text(built_in().decode().replace('"10.00"', '"12.00"').replace("2026-01-01", "2027-06-01"))
    yield ("space", "import", str(many))
    yield ("catalog", "import", str(dearer), "--yes")
    yield ("__complete", "spaces", "")
    yield ("collect", str(cli.home / "again.xml"), "--yes")


def lived(folder: Path) -> Sent:
    """Return all that is sent in the lives of some stores: whatever the store's modules ask is asked here."""
    for name in ("templates", "printing", "year", "old"):
        (folder / name).mkdir()
    printing, year, old = (Cli(folder / name, Files(folder / "templates")) for name in ("printing", "year", "old"))
    with pytest.MonkeyPatch.context() as patch:
        sent = watched(patch)
        printed.put_in_use(printing)
        for name in [name for name in printed.PRINTS if name != "move"]:
            assert printing(*printed.words_of(name, printing)).code in (0, 4, 5), name
        for words in _grown(printing):
            assert printing(*words).code == 0, words
        assert printing(*printed.words_of("move", printing)).code == 0  # the last that is written here
        year_of_payments.lived(year)
        for words in _asked(year):
            assert year(*words).code in (0, 2), words  # not every list has every option
        year.tamper(*TAMPERED)
        assert year("check").code == 8
        for version in old_stores.VERSIONS:
            old_stores.put(version, old.store)
            assert old("check").code == 0
    return sent
