"""The store that is attacked: how it came about, all that is in it, and how an attacker comes to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from subctl.store.history import Entry, link
from subctl.store.postgres.schema import KEPT_AS
from subctl.store.tables import HISTORY, TABLES
from tests.support.attacks import DAY
from tests.support.catalogs import file_maker
from tests.support.cli import Cli
from tests.support.cluster import Cluster
from tests.support.files import Files

ATTACKER, STORE_ADMINISTRATOR = "daemon", "bin"
BOOK = "attacked"

PRIVATE = """
[plans.vip]
title = "Very important"
monthly = "7.00"
annual = "70.00"
spaces = ["atelier"]
"""
SPACE = ("--plan", "starter", "--users", "10", "--start", "2025-07-01")
LIFE = (
    ("space", "add", "acme", "--name", "Acme", *SPACE, "--billing", "annual"),
    ("space", "add", "atelier", "--name", "Atelier", *SPACE),
    ("quote", "--plan", "pro", "--users", "20", "--space", "acme"),
    ("order", "Q-2026-0001"),
    ("upgrade", "--users", "25", "--space", "acme", "--yes", "--today", "2026-03-16"),
    ("withdraw", "O-2026-0002", "--yes", "--today", "2026-03-17"),
    ("downgrade", "--users", "8", "--space", "atelier", "--yes", "--today", "2026-03-20"),
    ("mandate", "add", "M-1", "--space", "atelier", "--signed", "2026-03-01", "--iban", "NL91ABNA0417164300"),
    ("pay", "INV-2026-0001", "--yes"),
    ("bill", "--today", "2026-05-01"),
    ("quote", "--users", "12", "--space", "atelier", "--today", "2026-05-10"),
    ("space", "add", "studio", "--name", "Studio", "--plan", "starter", "--users", "1", "--today", "2026-05-11"),
    ("cancel", "--space", "acme", "--yes", "--today", DAY),
)
"""INV-1 to INV-3 are acme's, the last one a credit note; INV-4 and INV-5 are atelier's months, and Q-2 and O-3.

The newest buyer is studio's, who is debited by nothing."""

SWITCH = "SET session_replication_role = replica;"
"""What no trigger sees, and no foreign key."""

AS_HE = "\\set VERBOSITY verbose\nSET search_path = subctl, pg_temp;\n"
"""Errors with their codes; names as the tables have them."""

MADE = """
SELECT relname, relacl, relrowsecurity, relowner FROM pg_class WHERE relnamespace = 'subctl'::regnamespace ORDER BY 1;
SELECT oid::regprocedure, proacl, prosrc FROM pg_proc WHERE pronamespace = 'subctl'::regnamespace ORDER BY 1;
SELECT tgrelid::regclass, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2;
SELECT tablename, policyname, roles, qual, with_check FROM pg_policies ORDER BY 1, 2;
SELECT conrelid::regclass, conname FROM pg_constraint WHERE connamespace = 'subctl'::regnamespace ORDER BY 1, 2;
SELECT rolname, rolsuper, rolcanlogin FROM pg_roles ORDER BY 1;
SELECT roleid::regrole, member::regrole FROM pg_auth_members ORDER BY 1, 2;
SELECT nspname, nspacl FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1;
"""
ROWS = "".join(
    f"TABLE subctl.{KEPT_AS.get(name, name)} ORDER BY 1;\n"
    for name in (*TABLES, "version", "moved", "owing", "leaving")
)


def everything(book) -> str:
    """Return all rows, and all that keeps them."""
    return str(book.superuser(f"{ROWS}{MADE}", BOOK))


def tried(book, sql: str, role: str = ATTACKER) -> tuple[str, str]:
    """Return what the attacker's SQL printed, and the first line of its error."""
    done = book.psql(BOOK, AS_HE + sql, role)
    errors = [line.partition("ERROR:  ")[2] for line in done.stderr.splitlines() if "ERROR:  " in line]
    return done.stdout.strip(), errors[0] if errors else ""


@contextmanager
def lived(server: Cluster, folders: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Make the store, in which the attacker is an administrator of acme, and lend its server."""
    file = file_maker(folders.mktemp("catalog"))(("\n[plans.pro]", f"{PRIVATE}\n[plans.pro]"))
    cli = Cli(folders.mktemp("home"), Files(folders.mktemp("made")))
    server.create(BOOK)
    begin = ("init", "--sandbox", "--today", "2026-03-15", "--catalog", file)
    end = ("admin", "add", STORE_ADMINISTRATOR), ("admin", "add", ATTACKER, "--space", "acme")
    for command in (begin, *LIFE, *end):
        done = cli("--store", server.url(BOOK), *command)
        assert (done.code, done.err) == (0, "")
    server.superuser("ANALYZE", BOOK)
    yield server
    server.drop(BOOK)


@contextmanager
def switched(book: Cluster, change: str, on: str, off: str) -> Iterator[Cluster]:
    """Change what no trigger may see, and change it back in the end."""
    book.superuser(f"{SWITCH} UPDATE subctl.{change.format(on)};", BOOK)
    yield book
    book.superuser(f"{SWITCH} UPDATE subctl.{change.format(off)};", BOOK)


def locked(book: Cluster) -> AbstractContextManager[Cluster]:
    """Make acme's contract its seller's to change."""
    return switched(book, "spaces SET locked = {} WHERE id = 'acme'", "1", "0")


def live(book: Cluster) -> AbstractContextManager[Cluster]:
    """Let the store be no sandbox."""
    return switched(book, "store SET (sandbox, day) = ({})", "0, NULL", f"1, '{DAY}'")


def newest(book: Cluster, database: str = BOOK) -> tuple[int, str, str, str]:
    """Return id, hash, seal and state of the newest entry."""
    place, hash_, seal, state = book.superuser("SELECT * FROM subctl.head()", database).strip().split("|")
    return int(place), hash_, seal, state


def entry(book: Cluster, database: str = BOOK, *, place: int = 1, previous: str | None = None, **other: Any) -> str:
    """Return the statement that adds an entry behind the newest one, right in all that isn't said."""
    return entries(book, database, {"place": place, "previous": previous, **other})


def entries(book: Cluster, database: str = BOOK, *said: Mapping[str, Any]) -> str:
    """Return the statement that adds entries together, each behind the one before and right in all that isn't said."""
    newest_place, hash_, seal, state = newest(book, database)
    rows = []
    for number, each in enumerate(said):
        other = dict(each)
        place, previous = newest_place + number + other.pop("place", 1), other.pop("previous", None) or hash_
        row = Entry("2026-05-15T12:00:00+00:00", DAY, 2, ATTACKER, "cancel", "acme", "{}", seal, state)
        row = row._replace(**other)
        hash_ = link(previous, row)
        rows.append(dict(zip(HISTORY.columns, (place, *row, hash_), strict=True)))
    return f"SELECT add_entries('{json.dumps(rows, ensure_ascii=False)}');"


def sealing(book: Cluster, **last: int) -> str:
    """Return a seal that says of tables up to which row it is, and nothing of what stands in any."""
    known = {table: place for table, (place, _) in json.loads(newest(book)[2]).items()}
    return json.dumps({table: [place, None] for table, place in (known | last).items()}, separators=(",", ":"))
