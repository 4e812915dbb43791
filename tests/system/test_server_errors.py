"""Servers that refuse, fail, or aren't there: real ones, each told as what it is, and with nothing secret in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psycopg
import pytest

from subctl.domain.errors import SubctlError
from subctl.store import history
from subctl.store.places import Server
from subctl.store.postgres import engine, link
from subctl.store.postgres.connection import Connection
from subctl.store.postgres.visit import LOCK
from tests.support.cluster import ACCOUNT, Cluster, cluster

UPGRADE = ("upgrade", "--plan", "pro", "--users", "20", "--yes", "--json")
SHOW = ("show", "--json")
AGAIN = "Nothing was changed. Try again in a moment."
SECRET = "geheim-7731"

numbers = count(1)


@pytest.fixture
def own():
    """A server of the test's own, which it may stop."""
    with cluster(tcp=True) as made:
        yield made


@pytest.fixture
def place(server, cli):
    """An empty database of the shared server; commands go there."""
    name = f"errors_{next(numbers)}"
    server.create(name)
    cli.store = server.url(name)
    yield Server(shown(server, name), parameters(server, name))
    server.drop(name)


@pytest.fixture
def store(place, cli):
    """The demo in a database of its own."""
    assert cli("init", "--demo").code == 0
    return place


def parameters(made: Cluster, database: str, role: str = ACCOUNT) -> tuple[tuple[str, str], ...]:
    """Return what libpq is told of a database."""
    port = (("port", str(made.port)),) if made.port else ()
    return (("host", str(made.folder)), *port, ("dbname", database), ("user", role))


def shown(made: Cluster, database: str) -> str:
    return f"postgresql:///{database}?host={made.folder}"


def database(place: Server) -> str:
    return dict(place.parameters)["dbname"]


NOW = datetime(2026, 3, 15, tzinfo=UTC)


def refused(visit: AbstractContextManager[Connection], *steps: str | Callable[[], object]) -> SubctlError:
    """Return how a visit ended that was refused in the middle: SQL is sent, and what can be called happens beside."""
    try:
        with visit as connection:
            for step in steps:
                if isinstance(step, str):
                    connection.execute(step)
                else:
                    step()
    except SubctlError as error:
        return error
    raise AssertionError(steps)


# Not there.


def test_a_port_at_which_nobody_listens(cli):
    """A server that isn't there is busy: another try may help."""
    cli.store = "postgresql://127.0.0.1:1/book"
    expected = (5, "store_busy", "The server doesn't answer: postgresql://127.0.0.1/book.", AGAIN)
    assert cli(*SHOW).refusal == expected
    assert cli(*UPGRADE).refusal == expected


def test_a_folder_without_a_socket(cli, tmp_path):
    """Nor is one whose socket is gone."""
    cli.store = f"postgresql:///book?host={tmp_path}"
    assert cli(*SHOW).refusal == (5, "store_busy", f"The server doesn't answer: {cli.store}.", AGAIN)


def test_a_server_that_starts_or_stops_is_busy(own, cli):
    """It is asked whether it takes anybody: where it doesn't, the role isn't to blame."""
    own.create("book")
    cli.store = own.url("book")
    assert cli("init", "--demo").code == 0
    own.stop_now()
    assert cli(*SHOW).refusal[:2] == (5, "store_busy")
    own.start()
    assert cli(*SHOW).code == 0


# Refused.


def test_a_role_or_a_database_that_the_server_does_not_let_in(place, server, cli):
    """It says why in its own language, and to whoever asks with psql."""
    for url, named in (
        (server.url("nothing_here"), shown(server, "nothing_here")),
        (server.url(database(place), "somebody-else"), place.shown),
    ):
        cli.store = url
        assert cli(*SHOW).refusal == (
            7,
            "store_denied",
            f"The server refuses the login, or has no such database: {named}.",
            f"See why: psql '{named}'",
        )


def test_an_address_from_which_nobody_is_let_in(own, cli):
    """What pg_hba.conf rejects is refused, not missing."""
    cli.store = own.tcp_url("postgres", "postgres")
    assert cli(*SHOW).refusal[:3] == (
        7,
        "store_denied",
        "The server refuses the login, or has no such database: postgresql://127.0.0.1/postgres.",
    )


def test_a_way_that_is_not_safe_is_not_taken(own, cli):
    """A server without certificates is refused where they are asked for."""
    cli.store = own.tcp_url("postgres") + "?sslmode=verify-full"
    assert cli(*SHOW).refusal[:3] == (
        7,
        "store_denied",
        "There is no safe connection to postgresql://127.0.0.1/postgres.",
    )


def test_a_role_that_belongs_to_nobody(store, server, cli):
    """Whoever isn't one of subctl_people learns what a superuser has to do."""
    server.add_role("stranger")
    cli.store = server.url(database(store), "stranger")
    expected = (
        7,
        "store_denied",
        f"Your role may not use the store: {store.shown}.",
        "Ask a store administrator, and let a superuser run: GRANT subctl_people TO stranger;",
    )
    assert cli(*SHOW).refusal == expected
    assert cli(*UPGRADE).refusal == expected


def test_no_error_says_a_password(own, cli):
    """Neither a wrong one nor a right one is ever printed, also not with --debug."""
    hba = own.folder / "data" / "pg_hba.conf"
    hba.write_text(hba.read_text().replace("127.0.0.1/32 trust", "127.0.0.1/32 scram-sha-256"))
    own.superuser(f"ALTER ROLE {ACCOUNT} PASSWORD '{SECRET}'; SELECT pg_reload_conf()")
    own.create("book")
    cli.store = own.tcp_url("book")
    wrong = cli("--debug", *SHOW, PGPASSWORD=f"{SECRET}x")
    assert (wrong.code, wrong.out) == (7, "")
    missing = cli("--debug", *SHOW, PGPASSWORD=SECRET)
    assert (missing.code, missing.out) == (3, "")
    assert cli("init", "--demo", PGPASSWORD=SECRET).code == 0
    own.superuser("DROP TABLE subctl.steps CASCADE", "book")
    damaged = cli("--debug", *SHOW, PGPASSWORD=SECRET)
    assert (damaged.code, damaged.out) == (8, "")
    own.stop_now()
    gone = cli("--debug", *SHOW, PGPASSWORD=SECRET)
    assert (gone.code, gone.out) == (5, "")
    assert not [done.err for done in (wrong, missing, damaged, gone) if SECRET in done.err]


# Not a store, or not one for this program.


def test_an_empty_database_has_no_store(place, cli):
    """The command that makes one is named."""
    expected = (
        3,
        "store_missing",
        f"There is no store on the server: {place.shown}.",
        f"Make one: subctl init --store '{place.shown}'",
    )
    assert cli(*SHOW).refusal == expected
    assert cli(*UPGRADE).refusal == expected


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE SCHEMA subctl",
        "CREATE SCHEMA subctl; GRANT USAGE ON SCHEMA subctl TO PUBLIC",
        "CREATE SCHEMA subctl; GRANT USAGE ON SCHEMA subctl TO PUBLIC; CREATE TABLE subctl.version (version bigint);"
        " CREATE TABLE subctl.moved (place text); GRANT SELECT ON ALL TABLES IN SCHEMA subctl TO PUBLIC;"
        " INSERT INTO subctl.version VALUES (6)",
    ],
    ids=["closed", "open", "alike"],
)
def test_a_schema_of_somebody_else_s(place, server, cli, sql):
    """Whoever may make schemas can't put one in the store's place."""
    server.superuser(sql, database(place))
    expected = (
        8,
        "store_foreign",
        f"The schema subctl is not a store of subctl: {place.shown}.",
        "Name another database with --store.",
    )
    assert cli(*SHOW).refusal == expected
    assert cli(*UPGRADE).refusal == expected
    assert cli("init", "--demo", "--yes", "--json").refusal == expected


def test_a_newer_schema_is_left_to_a_newer_program(store, server, cli):
    """Its version is a row of its own."""
    server.superuser("UPDATE subctl.version SET version = 7", database(store))
    for words in (SHOW, UPGRADE):
        assert cli(*words).refusal == (
            8,
            "store_newer",
            f"The store {store.shown} was written by a newer subctl (version 7, this one knows 6).",
            "Install the newer subctl.",
        )


def test_a_store_that_moved_is_read_and_no_longer_written(store, server, cli):
    """It names where it is now."""
    server.superuser("INSERT INTO subctl.moved VALUES ('/srv/book.db')", database(store))
    assert cli(*SHOW).code == 0
    assert cli(*UPGRADE).refusal == (
        3,
        "store_moved",
        f"The store {store.shown} was moved to /srv/book.db.",
        "Write there: --store /srv/book.db.",
    )


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("ALTER TABLE subctl.steps RENAME TO others", 'relation "steps" does not exist'),
        ("ALTER TABLE subctl.spaces RENAME COLUMN locked TO other", "column spaces.locked does not exist"),
        ("DROP FUNCTION subctl.newest_id", "function newest_id(text) does not exist"),
        ("DROP TABLE subctl.version", 'relation "subctl.version" does not exist'),
    ],
)
def test_a_schema_that_lacks_something_is_damaged(store, server, cli, sql, reason):
    """A table, a column, a function that was there."""
    server.superuser(sql, database(store))
    assert cli(*UPGRADE).refusal == (
        8,
        "store_damaged",
        f"The store {store.shown} is damaged: {reason}.",
        "Bring back a backup with subctl restore FILE.",
    )


def test_a_server_that_is_too_old(store, cli, monkeypatch):
    """The newest there is here is refused by a program that needs a newer one."""
    with closing(link.connect(store)) as connection:
        version = link.major_version(connection)
    monkeypatch.setattr(link, "LEAST_VERSION", version + 1)
    assert cli(*SHOW).refusal == (
        7,
        "store_denied",
        f"The server runs PostgreSQL {version}, and {version + 1} is the oldest that will do: {store.shown}.",
        "Let its administrator bring it up to date, or name another with --store.",
    )


def test_a_database_that_does_not_keep_every_letter(server, cli):
    """Text is UTF-8, or it isn't kept there."""
    server.superuser("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0")
    cli.store = server.url("latin")
    assert cli("init", "--demo", "--json").refusal == (
        7,
        "store_denied",
        f"The database keeps its text in LATIN1, not in UTF8: {shown(server, 'latin')}.",
        "Make it anew: createdb --template=template0 --encoding=UTF8",
    )
    server.drop("latin")


# Making a store.


def test_a_server_that_is_not_prepared(own, cli):
    """What is left for a superuser is one line of SQL, ready to paste; with it, it works."""
    own.superuser(f"DROP ROLE subctl_owner, {ACCOUNT}; CREATE ROLE {ACCOUNT} LOGIN; CREATE DATABASE book")
    cli.store = own.url("book")
    given = cli("init", "--demo", "--json").refusal
    name = f'"{ACCOUNT}"' if not ACCOUNT.isalnum() else ACCOUNT
    sql = (
        f"CREATE ROLE subctl_owner NOLOGIN; GRANT subctl_owner TO {name}; GRANT subctl_people TO {name};"
        " ALTER DATABASE book OWNER TO subctl_owner;"
    )
    assert given == (
        7,
        "store_denied",
        f"The server isn't prepared for a store: {shown(own, 'book')}.",
        f"Let a superuser run: {sql}",
    )
    own.superuser(sql)
    assert cli("init", "--demo").code == 0


def test_a_store_that_is_there_is_kept_until_somebody_wants_it_replaced(store, server, cli):
    """A sandbox gives way, under another name; a live store never does."""
    assert cli("upgrade", "--users", "20", "--yes").code == 0
    old = cli("init", "--demo", "--yes", "--json").json["replaced"]
    assert old.startswith("subctl_old_")
    assert server.superuser(f"SELECT count(*) FROM {old}.orders", database(store)) == "1\n"
    assert cli("list", "orders", "--json").json["items"] == []


@pytest.mark.usefixtures("place")
def test_a_group_is_not_for_servers(cli):
    """Who shares a server's store is a matter of roles."""
    given = [cli("init", "--demo", "--group", "root", *how, "--json").refusal for how in ((), ("--dry-run",))]
    assert given == [(2, "usage", "--group is for files: a server has roles.", "Leave it out.")] * 2


# Written to by others, or by nobody.


def test_a_writer_waits_for_another_one_and_gives_up(store, cli, monkeypatch):
    """A command that waits too long says so, and reading waits for nobody."""
    monkeypatch.setattr(link, "BUSY_SECONDS", 1)
    with psycopg.connect(**dict(store.parameters)) as other:
        other.execute(f"SELECT pg_advisory_lock({LOCK})")
        assert cli(*UPGRADE).refusal == (
            5,
            "store_busy",
            f"Another command is writing to {store.shown}.",
            "Try again in a moment.",
        )
        assert cli(*SHOW).code == 0
    assert cli(*UPGRADE).code == 0


def test_a_database_that_is_set_to_be_read_only(store, server, cli):
    """Looking works."""
    server.superuser(f"ALTER DATABASE {database(store)} SET default_transaction_read_only = on")
    assert cli(*SHOW).code == 0
    assert cli(*UPGRADE).refusal == read_only(store.shown)


def read_only(shown: str) -> tuple[int, str, str, str]:
    return (
        7,
        "store_denied",
        f"The server can only be read, as a standby or by its settings: {shown}.",
        "Name the server that is written to with --store.",
    )


def test_a_standby_is_read(cli):
    """A copy that follows another server shows the contracts, and takes no order."""
    with cluster() as first:
        first.stop()
        first.start(wal_level="replica")
        first.create("book")
        cli.store = first.url("book")
        assert cli("init", "--demo").code == 0
        first.stop()
        (first.folder / "data" / "standby.signal").touch()
        first.start(wal_level="replica", hot_standby="on")
        assert cli(*SHOW).code == 0
        assert cli(*UPGRADE).refusal == read_only(shown(first, "book"))


@pytest.mark.parametrize("sql", ["SELECT 1", "UPDATE store SET last_write = last_write"])
def test_a_server_that_goes_away_in_the_middle(own, cli, sql):
    """Nothing was changed, and it is told as what it is."""
    own.create("book")
    cli.store = own.url("book")
    assert cli("init", "--demo").code == 0
    place = Server("there", parameters(own, "book"))
    error = refused(engine.writing(place, NOW, 0, ""), sql, own.stop_now, "SELECT 1")
    assert (error.code, error.message, error.hint) == (
        "store_busy",
        "The server doesn't answer: there.",
        AGAIN,
    )
    own.start()
    assert cli(*UPGRADE).code == 0


def test_a_command_that_the_server_ends(store, server):
    """An administrator, or a limit of his, ends it: nothing was changed."""
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'subctl'"
    ended = refused(engine.reading(store), lambda: server.superuser(end), "SELECT 1")
    assert (ended.code, ended.hint) == ("store_busy", AGAIN)
    limit = "SELECT set_config('statement_timeout', '50', true)"
    late = refused(engine.reading(store), limit, "SELECT pg_sleep(10)")
    assert (late.code, late.message) == (
        "store_busy",
        f"The server ended a command that took long: {store.shown}.",
    )


def test_what_a_command_must_not_write_yet_is_refused(store):
    """Before `let_write`, in a transaction that may write, and always in one that reads."""

    @contextmanager
    def held():
        with engine.writing(store, NOW, 0, "") as connection:
            connection.hold_writes()
            yield connection

    for visit in (held(), engine.reading(store)):
        error = refused(visit, "UPDATE store SET last_write = last_write")
        assert (error.exit_code, error.code, error.message, error.hint) == read_only(store.shown)
    entry = history.entry(NOW, NOW.date(), 0, ACCOUNT, "bill", None, {})
    for visit in (held(), engine.reading(store)):
        with pytest.raises(SubctlError) as caught, visit as connection:
            history.add(connection, entry)
        error = caught.value
        assert (error.exit_code, error.code, error.message, error.hint) == read_only(store.shown)


def test_a_row_that_the_server_refuses(store):
    """A number that isn't the next, a day that is none: whoever asks."""
    for sql, reason in (
        (
            "INSERT INTO collections VALUES (20260000000007, '2026-03-15', '2026-03-20', '[]')",
            "the number 20260000000007 of collections is not the next",
        ),
        ("INSERT INTO ignored VALUES ('x', 'no day')", 'value for domain day violates check constraint "day_check"'),
    ):
        error = refused(engine.writing(store, NOW, 0, ""), sql)
        assert (error.code, error.message, error.hint) == (
            "store_failed",
            f"The store {store.shown} refused a row: {reason}.",
            "Nothing was changed.",
        )


# A disk that is full.


@contextmanager
def small_disk(made: Cluster):
    """Lend a disk of 24 MB to a server, which is stopped in the end."""
    folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
    folder.chmod(0o755)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,mode=755", "none", folder], check=True)
    shutil.chown(folder, "postgres")
    try:
        yield folder
    finally:
        made.stop()
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


def test_a_disk_that_is_full(own, cli):
    """A command fails and changes nothing; with room again it goes on."""
    assert os.getuid() == 0, "This test mounts a file system: run it as root."
    with small_disk(own) as disk:
        own.superuser(f"CREATE TABLESPACE small LOCATION '{disk}'")
        own.superuser("CREATE DATABASE book OWNER subctl_owner TABLESPACE small TEMPLATE template0")
        cli.store = own.url("book")
        assert cli("init", "--demo").code == 0
        (disk / "filler").write_bytes(b"\0" * (os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize))
        for place in range(300):
            done = cli("space", "add", f"space-{place}", "--name", "N" * 100, "--plan", "pro", "--users", "5", "--json")
            if done.code:
                break
        assert done.refusal[:2] == (8, "store_failed")
        assert done.refusal[2].startswith(f"The server {shown(own, 'book')} failed: could not ")
        assert done.refusal[3] == "Nothing was changed. See whether its disk is full."
        before = cli("list", "spaces", "--json").json
        assert len(before["items"]) == place + 2
        (disk / "filler").unlink()
        assert cli("space", "add", f"space-{place}", "--name", "N", "--plan", "pro", "--users", "5").code == 0
