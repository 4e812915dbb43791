"""One SQL text for all engines: what the modules of the store send is what SQLite and PostgreSQL both know.

Statements are taken as they are sent while commands run; that none is missing is looked up in the source.
`tests/system/test_server_statements.py` has PostgreSQL read each of them.
"""

from __future__ import annotations

import re

import pytest

from tests.support import sent

SQLITES = {
    "a word of SQLite's": r"\b(PRAGMA|GLOB|COLLATE|INDEXED|rowid|ifnull|iif|json_\w+|strftime|typeof|instr|hex)\b",
    "a function of SQLite's": r"\b(total|char|date|datetime|julianday|unixepoch|random|changes)\(",
    "letters that SQLite compares otherwise": r"\bLIKE\b",
    "a table of SQLite's": r"\bsqlite_\w+",
    "an operator of SQLite's": r"->|==|\bIS NOT \?|\bIS \?",
    "a replacement": r"\bOR (REPLACE|IGNORE)\b|\bREPLACE INTO\b",
    "no limit": r"\bLIMIT -",
    "a number as a condition": r"\bWHERE \d+(?! =)",
    "a parameter with a number or a name": r"\?\d|[:@$][a-z]",
    "a column that is called as a word of SQL's": r"(?<![\"\w])(end|order|user|limit|group)(?![\"\w])",
    "an aggregate without what stands between": r"\bgroup_concat\((?:[^(),]|\([^()]*\))*\)",
    "a sum of no type": r"(?<!HAVING )(?<!coalesce\()\bsum\(",
    "a table of no name": r"\bFROM \((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)(?! AS \w)",
}
"""What PostgreSQL doesn't know, or knows otherwise."""

STRINGS = re.compile(r"'(?:[^']|'')*'")
"""Literals: there anything may stand."""


@pytest.fixture(scope="module")
def life(tmp_path_factory):
    """All that is sent in the life of a store."""
    return sent.lived(tmp_path_factory.mktemp("life"))


def test_every_statement_of_the_store_is_sent(life):
    """Otherwise something would not be looked at: each call in the source was reached."""
    unsent = [(module, lines.start) for module, lines in sent.places() if not life.lines & {(module, n) for n in lines}]
    assert unsent == []
    assert len(life.statements) > 200


@pytest.mark.parametrize("what", SQLITES)
def test_no_statement_needs_sqlite(life, what):
    """docs/architecture.md: SQL that one engine alone knows stands with that engine."""
    found = [sql for sql in life.statements if re.search(SQLITES[what], STRINGS.sub("''", sql))]
    assert found == []


@pytest.mark.parametrize(
    ("what", "sql"),
    [
        ("a word of SQLite's", "SELECT value FROM json_each(?)"),
        ("a function of SQLite's", "SELECT group_concat(x, char(10)) FROM y"),
        ("letters that SQLite compares otherwise", "SELECT 1 FROM a WHERE b LIKE ?"),
        ("a table of SQLite's", "SELECT name FROM sqlite_master"),
        ("an operator of SQLite's", "SELECT debit.value ->> 0"),
        ("a replacement", "INSERT OR REPLACE INTO a VALUES (?)"),
        ("no limit", "SELECT id FROM spaces LIMIT -1"),
        ("a number as a condition", "SELECT 1 WHERE 0"),
        ("a parameter with a number or a name", "SELECT ?1"),
        ("a parameter with a number or a name", "SELECT id FROM a WHERE date = :day"),
        ("a column that is called as a word of SQL's", "SELECT end FROM contracts"),
        ("an aggregate without what stands between", "SELECT group_concat(quote(id)) FROM a"),
        ("a sum of no type", "SELECT sum(net) FROM invoices"),
        ("a table of no name", "SELECT id FROM (SELECT id FROM a WHERE id IN (SELECT b FROM c)) ORDER BY id"),
    ],
)
def test_what_is_looked_for_would_be_found(what, sql):
    """Without these the others would prove nothing."""
    assert re.search(SQLITES[what], sql)
