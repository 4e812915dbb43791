"""The next schema: a copy of the program that knows one more column brings a store of today up to date.

No seal of today may stand in the way of a later migration (docs/architecture.md, "A migration").
"""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import subctl
from subctl.store.sqlite.connection import SCHEMA_VERSION

STEP = '''

def later(db: Database) -> None:
    """Give buyers one more column."""
    db.execute("ALTER TABLE buyers ADD COLUMN later TEXT")


migrations()(later)
'''


@pytest.fixture
def program(tmp_path):
    """The folder of a copy that knows one more schema."""
    copy = tmp_path / "next" / "subctl"
    shutil.copytree(Path(subctl.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    store = copy / "store"
    steps = store / "sqlite" / "migrations" / "__init__.py"
    steps.write_text("from sqlite_utils import Database\n" + steps.read_text(encoding="utf-8") + STEP, encoding="utf-8")
    replace(store / "sqlite" / "connection.py", r"SCHEMA_VERSION = \d+", f"SCHEMA_VERSION = {SCHEMA_VERSION + 1}")
    replace(store / "tables.py", r'(?<=BUYERS = Table\()([^)]*)",\n\)', r'\1, later text?",\n)')
    replace(store / "read.py", r"(class Details\(.*?)\n\n\n", r"\1\n    later: str | None = None\n\n\n")
    return copy.parent


def replace(path, pattern, text):
    """Change one place of a file."""
    changed, places = re.subn(pattern, text, path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert places == 1, (path, pattern)
    path.write_text(changed, encoding="utf-8")


@pytest.fixture
def newer(cli, program):
    """The commands of the copy, on a store that the program of today made."""
    cli("init", "--demo")
    cli("upgrade", "--users", "20", "--yes")
    cli("space", "set", "atelier", "--name", "Other")

    def run(*words):
        return cli.python("-m", "subctl", *words, "--json", PYTHONPATH=str(program), SUBCTL_STORE=str(cli.store))

    return run


def test_a_store_of_today_is_sound_in_the_next_schema(cli, newer):
    """Before it is migrated, after it, and when more was written; this program leaves it alone then."""
    assert newer("check").json["problems"] == []
    assert newer("upgrade", "--users", "30", "--yes").json["changed"] is True
    assert newer("check").json["problems"] == []
    assert newer("space", "set", "acme", "--name", "Another").json["changed"] is True
    assert newer("bill", "--today", "2026-08-01").json["failed"] == []
    assert newer("check").json["problems"] == []
    assert [entry["action"] for entry in newer("history").json["items"]].count("migrate") == 1
    assert cli("show", "--json").refusal[1] == "store_newer"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE spaces SET active_users = 6", "INSERT INTO administrators (uid, space, account) VALUES (9, '', 'other')"],
)
def test_a_migration_seals_nothing_that_was_altered_before(cli, newer, statement):
    """What was altered in a store of today is found before the migration, and after it."""
    with closing(sqlite3.connect(cli.store)) as connection, connection:
        connection.execute(statement)
    for words in (("check",), ("upgrade", "--users", "30", "--yes"), ("check",)):
        done = newer(*words)
        if words == ("check",):
            assert {problem["code"] for problem in json.loads(done.out)["problems"]} == {"state"}
        else:
            assert done.json["changed"] is True
