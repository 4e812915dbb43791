"""What holds of the whole schema on a server: nothing new in it is left open (tests/unit has its columns)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from subctl.store import seal, state
from subctl.store.postgres.schema import KEPT_AS, statements
from subctl.store.tables import TABLES
from tests.support.cli import DEMO

BOOK = "schema"

TABLE = "SELECT relname FROM pg_class WHERE relnamespace = 'subctl'::regnamespace"
FUNCTION = "SELECT proname FROM pg_proc WHERE pronamespace = 'subctl'::regnamespace"
TYPE = "SELECT typname FROM pg_type WHERE typnamespace = 'subctl'::regnamespace AND typtype = 'd'"
TRIGGERED = "SELECT relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid"


@pytest.fixture(scope="module")
def asked(server):
    """Ask a database with nothing but the schema; one column, a set of texts."""
    server.create(BOOK)
    server.superuser(f"BEGIN; SET ROLE subctl_owner; {statements().decode()} COMMIT;", BOOK)
    yield lambda sql: set(server.superuser(f"SET search_path = subctl; {sql};", BOOK).split())
    server.drop(BOOK)


def named(tables) -> set[str]:
    """Return what the tables are called below views."""
    return {KEPT_AS.get(table, table) for table in tables}


def with_trigger(asked, ending: str):
    """Return the tables that have a trigger whose name is theirs and an ending."""
    return asked(
        f"SELECT relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid WHERE tgname = relname || '{ending}'"
    )


def test_every_table_is_under_policies(asked):
    """A table without them would be everybody's who has a grant."""
    assert asked(f"{TABLE} AND relkind = 'r' AND NOT relrowsecurity") == set()


def test_all_that_is_sealed_owes_an_entry(asked):
    """Whatever is sealed is changed with an entry of the history; catalogs by their view, migrations by nobody."""
    sealed = {table.name for table in (*seal.TABLES, *state.TABLES)} - {"catalogs", "_sqlite_migrations"}
    for done in ("insert", "update", "delete"):
        assert with_trigger(asked, f"_owes_{done}") == sealed


def test_what_is_for_ever_is_the_files(asked, cli):
    """What a file refuses to change a server refuses, too; and what it notes of its schema."""
    with closing(sqlite3.connect(cli.prepare(DEMO).store)) as connection:
        found = connection.execute(
            "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_update'"
        )
        for_ever = {table for (table,) in found}
    assert with_trigger(asked, "_never") == with_trigger(asked, "_never_all") == named(for_ever) | {"made"}


def test_all_that_is_numbered_is_held_to_it(asked):
    """Documents, and rows that count through."""
    numbered = {name for name, table in TABLES.items() if table.key == ("id",) and table.kinds["id"] == "int"}
    assert with_trigger(asked, "_number") == named(numbered - {"store", "_sqlite_migrations"})


def test_what_runs_as_the_owner_finds_no_table_of_others(asked):
    """Temporary tables come first where pg_temp isn't named at the end of the path."""
    path = "coalesce(proconfig[1], '') = 'search_path=subctl, pg_temp'"
    assert (
        asked(f"SELECT proname FROM pg_proc WHERE pronamespace = 'subctl'::regnamespace AND prosecdef AND NOT {path}")
        == set()
    )


def test_nothing_is_everybodys(asked):
    """Neither a table, nor a function, nor a type, nor the schema is granted to those who are no people of ours."""
    granted = [
        f"{TABLE} AND relacl::text ~ '[{{,]='",
        "SELECT nspname FROM pg_namespace WHERE nspname = 'subctl' AND nspacl::text ~ '[{,]='",
        f"{TYPE} AND has_type_privilege('public', oid, 'USAGE')",
        f"{FUNCTION} AND has_function_privilege('public', oid, 'EXECUTE')",
    ]
    assert [asked(sql) for sql in granted] == [set()] * len(granted)


FOR_PEOPLE = """
add_entries counted dated first_hash head is_form may_issue may_order my_buyers my_spaces newest_id numbered
quote seen showable timely today_by unlocked whole_store
"""


def test_people_call_what_policies_and_commands_need(asked):
    """A function more is a way more to be tried."""
    callable_ = "has_function_privilege('subctl_people', oid, 'EXECUTE')"
    assert asked(f"SELECT proname FROM pg_proc WHERE pronamespace = 'subctl'::regnamespace AND {callable_}") == set(
        FOR_PEOPLE.split()
    )
