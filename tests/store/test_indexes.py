"""Reading and ordering one contract costs the same whatever the size of the store: no query scans a table."""

import sqlite3

import pytest

from subctl.store.sqlite import connection, visit

GROWING = (
    "spaces",
    "contracts",
    "steps",
    "quotes",
    "orders",
    "invoices",
    "withdrawals",
    "history",
    "buyers",
    "payments",
    "mandates",
)
"""The tables that grow with the number of contracts or with time."""


def queries_of(cli, monkeypatch, *words: str) -> list[str]:
    """Run a command and return the statements it sent to SQLite, with their values in place."""
    seen: list[str] = []
    connect = connection.connect

    def watched(path, *patience):
        opened = connect(path, *patience)
        opened.set_trace_callback(seen.append)
        return opened

    monkeypatch.setattr(visit, "connect", watched)
    assert cli(*words).code == 0
    return [each for each in seen if each.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))]


@pytest.mark.parametrize(
    "words",
    [
        ("show",),
        ("show", "--space", "atelier"),
        ("list", "spaces", "--limit", "5"),
        ("list", "quotes", "--limit", "5"),
        ("list", "orders", "--limit", "5"),
        ("list", "invoices", "--limit", "5"),
        ("list", "invoices", "--space", "acme"),
        ("list", "deadlines"),
        ("list", "deadlines", "--json"),
        ("owed", "--space", "acme"),
        ("quote", "--users", "20"),
        ("upgrade", "--users", "20", "--yes"),
        ("downgrade", "--users", "8", "--yes"),
        ("cancel", "--yes"),
        ("forecast",),
        ("compare", "--users", "20"),
        ("bill",),
        ("pay", "--amount", "5", "--yes"),
        ("pay", "--amount", "5", "--source", "X/1", "--yes"),
        ("pay", "--ignore", "X/1", "--yes"),
        ("list", "payments", "--limit", "5"),
        ("list", "payments", "--space", "acme"),
        ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-03-01", "--iban", "NL91ABNA0417164300"),
        ("__complete", "payments", "P-2026-0"),
        ("__complete", "invoices"),
        ("history", "--limit", "5"),
        ("__complete", "spaces", "a"),
        ("__complete", "quotes"),
        ("__complete", "orders", "O-2026-0"),
        ("__complete", "documents", "", "--space", "acme"),
    ],
    ids=" ".join,
)
def test_no_query_of_a_command_scans_a_table_that_grows(demo, monkeypatch, words):
    """EXPLAIN QUERY PLAN: each table that grows is searched by a key, or read in the order of one up to a LIMIT."""
    queries = queries_of(demo, monkeypatch, *words)
    assert queries
    with sqlite3.connect(demo.store) as connection:
        for query in queries:
            for *_, detail in connection.execute(f"EXPLAIN QUERY PLAN {query}"):
                table = detail.removeprefix("SCAN ").split()[0]
                limited = "LIMIT" in query or "max(id)" in query
                assert not (detail.startswith("SCAN ") and table in GROWING and not limited), (detail, query)
                assert "USE TEMP B-TREE" not in detail, (detail, query)
