"""What PostgreSQL says otherwise than SQLite, translated: without a server."""

import pytest

from subctl.store.postgres.translate import translated, writes
from subctl.store.tables import TABLES, Table


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1", "SELECT 1"),
        ("SELECT ? + ?", "SELECT $1 + $2"),
        ("SELECT '?', \"a?b\", ?", "SELECT '?', \"a?b\", $1"),
        ("SELECT 'it''s ?', ? || '?'", "SELECT 'it''s ?', $1 || '?'"),
        ('SELECT "say ""?""" WHERE x IN (?,?,?)', 'SELECT "say ""?""" WHERE x IN ($1,$2,$3)'),
        ("SELECT group_concat(x, ',') FROM t", "SELECT string_agg(x, ',') FROM t"),
        ("SELECT 'group_concat(', my_group_concat(x)", "SELECT 'group_concat(', my_group_concat(x)"),
    ],
)
def test_marks_are_numbered_outside_of_quotes(sql, expected):
    """Placeholders are those of both engines; what stands in quotes is a value or a name."""
    assert translated(sql) == expected


def test_literals_are_written_by_the_function_that_writes_them_as_sqlite_does():
    """`Table.literals` in SQLite's words becomes the same row of literals on a server."""
    table = Table("things", "id int, of int?, name text, note text?")
    assert translated(f"SELECT ?, {table.literals()} || ? FROM things") == (
        'SELECT $1, concat_ws(\',\', things."id", quote(things."of"), quote(things."name"), quote(things."note"))'
        " || $2 FROM things"
    )
    assert translated(f"SELECT group_concat({table.literals('id', alias='due')}, '\n')") == (
        "SELECT string_agg(concat_ws(',', due.\"id\"), '\n')"
    )


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_table_s_literals_are_translated_whole(table):
    """No `printf` is left, and each column is written once."""
    sql = translated(table.literals())
    assert "printf" not in sql
    assert all(sql.count(f'{table.name}."{column}"') == 1 for column in table.columns)


def test_what_changes_rows_is_known_by_its_first_word():
    """`hold_writes` refuses these and lets the others through."""
    assert all(map(writes, ("INSERT INTO t VALUES (?)", "UPDATE t SET x = ?", "DELETE FROM t")))
    assert not any(map(writes, ("SELECT 'INSERT'", "SELECT add_entries(?)", "VALUES (1)")))
