"""A schema that was put aside for another store: who had rights in it has none left, there or by it in the live one."""

from __future__ import annotations

import json

import pytest

from tests.support.attacks import DENIED
from tests.support.cli import Cli
from tests.support.files import Files

BOOK, OLD_ADMINISTRATOR = "put_aside", "daemon"

RIGHTS = """
SELECT relname, relacl FROM pg_class
WHERE relnamespace = '{0}'::regnamespace AND relacl::text ~ '[{{,](subctl_people)?='
UNION ALL SELECT proname, proacl FROM pg_proc WHERE pronamespace = '{0}'::regnamespace
  AND (proacl IS NULL OR proacl::text ~ '[{{,](subctl_people)?=')
UNION ALL SELECT attname, attacl FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
  WHERE relnamespace = '{0}'::regnamespace AND attacl::text ~ '[{{,](subctl_people)?='
UNION ALL SELECT typname, typacl FROM pg_type WHERE typnamespace = '{0}'::regnamespace AND typtype = 'd'
  AND (typacl IS NULL OR typacl::text ~ '[{{,](subctl_people)?=')
UNION ALL SELECT nspname, nspacl FROM pg_namespace WHERE nspname = '{0}' AND nspacl::text ~ '[{{,](subctl_people)?='
"""
"""All that a schema still gives everybody, or everybody who comes to stores."""


@pytest.fixture(scope="module")
def book(server, tmp_path_factory):
    """A demo store to which its backup came back: whoever was made an administrator since then is none any more."""
    cli = Cli(tmp_path_factory.mktemp("home"), Files(tmp_path_factory.mktemp("made")))
    server.create(BOOK)
    cli.store = server.url(BOOK)
    file = str(cli.home / "backup.db")
    for command in (("init", "--demo"), ("backup", file), ("admin", "add", OLD_ADMINISTRATOR)):
        assert cli(*command).code == 0
    kept = json.loads(cli("restore", file, "--yes", "--json").out)["kept"]
    yield server, kept
    server.drop(BOOK)


@pytest.mark.parametrize(
    "sql",
    [
        "TABLE {}.buyers;",
        "TABLE {}.catalogs;",
        "TABLE {}.history;",
        "TABLE {}.version;",
        "SELECT {}.whole_store();",
        "SELECT {}.first_hash();",
        "SELECT {}.newest_id('payments');",
        "SELECT {}.quote('x');",
        "INSERT INTO {}.moved VALUES ('postgresql://evil/db');",
        "UPDATE {}.contracts SET version = version + 1;",
        "BEGIN; DELETE FROM {}.administrators WHERE account = 'daemon'; SELECT subctl.whole_store(); ROLLBACK;",
        "BEGIN; DELETE FROM {}.administrators WHERE account = 'daemon';"
        " INSERT INTO subctl.administrators VALUES (NULL, '', 'daemon'); ROLLBACK;",
    ],
)
def test_only_its_owner_reads_what_was_put_aside(book, sql):
    """Its triggers know names alone, which are the live store's now: nobody sets them off."""
    server, kept = book
    done = server.psql(BOOK, "\\set VERBOSITY verbose\n" + sql.format(kept), OLD_ADMINISTRATOR)
    assert (done.stdout, DENIED in done.stderr.splitlines()[0]) == ("", True), done.stderr


def test_no_right_is_left(book):
    """Not on the schema, nor on anything in it, should somebody open the schema again."""
    server, kept = book
    assert server.superuser(RIGHTS.format(kept), BOOK) == ""
    assert server.superuser(RIGHTS.format("subctl"), BOOK) != ""


def test_he_was_one_there(book):
    """In the store that was put aside he had every right, and in the live one he has none."""
    server, kept = book
    [there, here] = (
        server.superuser(f"SELECT count(*) FROM {schema}.administrators WHERE account = 'daemon'", BOOK)
        for schema in (kept, "subctl")
    )
    assert (there, here) == ("1\n", "0\n")
