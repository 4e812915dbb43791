"""On a server, too, a command costs the same whatever the size of the store: every query goes by an index.

The store has 100,000 contracts, each with an invoice, a payment and entries of the history; what is asked is explained
with the values it was asked with, to a store administrator and to the administrator of a space, by their policies.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from subctl.store.postgres.connection import Connection
from subctl.store.postgres.translate import translated
from subctl.store.tables import TABLES
from tests.support.cli import Cli
from tests.support.files import Files
from tests.support.stores import LIFE

GROWING = (
    "spaces",
    "contracts",
    "steps",
    "entries",
    "quotes",
    "orders",
    "invoices",
    "withdrawals",
    "history",
    "buyers",
    "payments",
)
"""The tables that grow with the number of contracts or with time."""

CONTRACTS = 100_000
STORE_ADMINISTRATOR, OF_ACME = "bin", "daemon"
LARGE = "large"

YEAR = 2026 * 10**10
SPACE = "'s' || lpad(n::text, 6, '0')"
COPIED: dict[str, tuple[str, dict[str, str]]] = {
    "buyers": ("id = 2", {"id": "1000 + n"}),
    "spaces": ("id = 'atelier'", {"id": SPACE, "buyer": "1000 + n"}),
    "contracts": ("space = 'atelier'", {"space": SPACE, "entry": "1000 + n"}),
    "steps": (
        "space = 'atelier' AND start = (SELECT min(start) FROM subctl.steps WHERE space = 'atelier')",
        {"space": SPACE},
    ),
    "entries": ("space = 'atelier'", {"space": SPACE, "id": "1000 + n"}),
    "quotes": (f"id = {YEAR + 2}", {"space": SPACE, "id": f"{YEAR + 1000} + n", "buyer": "1000 + n"}),
    "orders": (f"id = {YEAR + 3}", {"space": SPACE, "id": f"{YEAR + 1000} + n", "buyer": "1000 + n"}),
    "invoices": (f"id = {YEAR + 4}", {"space": SPACE, "id": f"{YEAR + 1000} + n", "buyer": "1000 + n"}),
    "withdrawals": (f'"order" = {YEAR + 2}', {"order": f"{YEAR + 1000} + n", "credit_note": f"{YEAR + 1000} + n"}),
    "payments": (f"id = {YEAR + 1}", {"space": SPACE, "id": f"{YEAR + 1000} + n"}),
    "history": (
        "id = (SELECT max(id) FROM subctl.history)",
        {"space": SPACE, "id": "1000 + n", "hash": "md5(n::text)"},
    ),
}
"""Which row of each table is copied for every contract more, and what is another's in the copy."""

SEALED = f"""
UPDATE subctl.history SET state = so, seal = (
  SELECT json_object_agg(key, json_build_array((value ->> 0)::bigint + CASE WHEN key IN ('catalogs', 'collections',
    'reminders') THEN 0 ELSE 1000 + {CONTRACTS} - (value ->> 0)::bigint % 10000000000 END, NULL) ORDER BY place)
  FROM json_each(newest::json) WITH ORDINALITY AS each (key, value, place)
) FROM (SELECT seal AS newest, state AS so FROM subctl.history WHERE id < 1000 ORDER BY id DESC LIMIT 1) AS before
WHERE id = 1000 + {CONTRACTS};
"""
"""The newest entry seals all that there is, as it would if all of it had been written by commands."""


def copies() -> Iterator[str]:
    """Yield what makes a store large, by a superuser whom no trigger hears."""
    yield "SET session_replication_role = replica;"
    for table, (one, other) in COPIED.items():
        columns = ", ".join(f'"{column}"' for column in TABLES[table].columns)
        values = ", ".join(other.get(column, f'"{column}"') for column in TABLES[table].columns)
        yield (
            f"INSERT INTO subctl.{table} ({columns}) SELECT {values} FROM subctl.{table},"
            f" generate_series(1, {CONTRACTS}) AS more (n) WHERE {one};"
        )
    yield f"{SEALED} ANALYZE;"


@pytest.fixture(scope="module")
def large(server, tmp_path_factory):
    """A server with a large store, in which both administrators of the tests are."""
    cli = Cli(tmp_path_factory.mktemp("home"), Files(tmp_path_factory.mktemp("made")))
    server.create(LARGE)
    admins = (("admin", "add", STORE_ADMINISTRATOR), ("admin", "add", OF_ACME, "--space", "acme"))
    pay = ("pay", "INV-2026-0001", "--yes")
    for command in (("init", "--demo"), *LIFE[:-1], pay, *admins):
        done = cli(*command, SUBCTL_STORE=server.url(LARGE))
        assert (done.code, done.err) == (0, "")
    server.superuser("\n".join(copies()), LARGE)
    yield server
    server.drop(LARGE)


@pytest.fixture
def book(large, words):
    """The large store, or a copy that is written to."""
    if words in READING:
        yield LARGE
    else:
        large.create("written", LARGE)
        yield "written"
        large.drop("written")


def asked(server, book, monkeypatch, tmp_path, role: str, *words: str) -> list[tuple[str, tuple[Any, ...]]]:
    """Run a command as a role; return what it asked, and with which values."""
    seen: list[tuple[str, tuple[Any, ...]]] = []

    def watched(method):
        def send(self, sql, values=(), /):
            seen.append((translated(sql), tuple(values)))
            return method(self, sql, values)

        return send

    for name in ("execute", "stream"):
        monkeypatch.setattr(Connection, name, watched(getattr(Connection, name)))
    done = Cli(tmp_path, Files(tmp_path))(*words, SUBCTL_STORE=server.url(book, role))
    assert done.code == 0, done.err
    return seen


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what is done of a plan: what a policy might ask and didn't is left out."""
    if plan["Actual Loops"]:
        yield plan
        for each in plan.get("Plans", ()):
            yield from nodes({"Limited": plan["Node Type"] == "Limit" or plan.get("Limited"), **each})


READING = (
    ("show",),
    ("show", "--space", "acme"),
    ("list", "spaces", "--limit", "5"),
    ("list", "quotes", "--limit", "5"),
    ("list", "orders", "--limit", "5"),
    ("list", "invoices", "--limit", "20"),
    ("list", "invoices", "--space", "acme"),
    ("list", "deadlines", "--space", "acme"),
    ("owed", "--space", "acme"),
    ("forecast",),
    ("compare", "--users", "20"),
    ("list", "payments", "--limit", "5"),
    ("list", "payments", "--space", "acme"),
    ("__complete", "payments", "P-2026-0"),
    ("__complete", "invoices"),
    ("__complete", "spaces", "a"),
    ("__complete", "quotes"),
    ("__complete", "orders", "O-2026-0"),
    ("__complete", "documents", "", "--space", "acme"),
)
WRITING = (
    ("quote", "--users", "20"),
    ("upgrade", "--users", "40", "--yes"),
    ("downgrade", "--users", "12", "--yes"),
    ("cancel", "--yes"),
    ("bill", "--space", "acme"),
)
OF_THE_STORE = (
    ("history", "--limit", "5"),
    ("pay", "INV-2026-0002", "--amount", "5", "--yes"),
    ("pay", "--ignore", "X/1", "--yes"),
)
RUNS = [
    *((role, words) for role in (STORE_ADMINISTRATOR, OF_ACME) for words in (*READING, *WRITING)),
    *((STORE_ADMINISTRATOR, words) for words in OF_THE_STORE),
]


@pytest.mark.parametrize(("role", "words"), RUNS, ids=lambda part: part if isinstance(part, str) else " ".join(part))
def test_no_query_of_a_command_scans_a_table_that_grows(large, book, monkeypatch, tmp_path, role, words):
    """EXPLAIN ANALYZE: each table that grows is searched by a key, or read in the order of one up to a LIMIT."""
    queries = asked(large, book, monkeypatch, tmp_path, role, *words)
    assert queries
    with psycopg.connect(large.url(book, role), cursor_factory=psycopg.RawCursor) as link:
        link.execute("SET search_path = subctl, pg_temp; SET jit = off; SET random_page_cost = 1.1")
        for sql, values in queries:
            if not sql.startswith(("SELECT", "UPDATE", "DELETE")) or "add_entries" in sql:
                continue
            [[[explained]]] = link.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values or None).fetchall()
            for node in nodes(explained["Plan"]):
                table, how = node.get("Relation Name"), node["Node Type"]
                if how == "ModifyTable":
                    continue  # what it changes is found by those below
                searched = "Index Cond" in node or "Recheck Cond" in node
                assert table not in GROWING or searched or node.get("Limited"), (how, sql, values)
                assert node.get("Rows Removed by Filter", 0) < 1000, (node, sql, values)
        link.rollback()
