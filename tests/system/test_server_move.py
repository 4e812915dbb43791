"""Moving a store to a server and back, its backups, and who may: nothing is lost, whatever ends a move."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import count

import psycopg
import pytest

from subctl.store import copying
from subctl.store.engine import engine_of
from subctl.store.places import Place, Server
from subctl.store.postgres.visit import LOCK
from tests.support import old_stores
from tests.support.cli import Cli
from tests.support.cluster import ACCOUNT, Cluster
from tests.support.printed import put_in_use
from tests.support.waiting import pause

UPGRADE = ("upgrade", "--users", "40", "--yes", "--json")
SPACES, MONTHS = 1000, ("2026-02-10", "2026-03-20", "2026-05-05")
EACH = 16
"""Every so many statements a move is killed, and at each of the last ones."""

KILLED = """
import os, signal, sys
import psycopg
from subctl.cli.app import main
from subctl.store.sqlite import backup, create, files, migrate, visit
from subctl.store.sqlite.connection import connect

place, seen = int(sys.argv[1]), 0

def count(*_):
    global seen
    seen += 1
    if seen == place:
        os.kill(os.getpid(), signal.SIGKILL)

def watched(path, patience=None):
    connection = connect(path, patience)
    connection.set_trace_callback(count)
    return connection

send = psycopg.Connection.execute
def execute(self, *sent, **how):
    count()
    return send(self, *sent, **how)

psycopg.Connection.execute = execute
for module in (backup, create, files, migrate, visit):
    module.connect = watched
code = main(sys.argv[2:])
print(seen, file=sys.stderr)
sys.exit(code)
"""
"""A command that is killed as it begins a statement, of either engine; without that it says how many there were."""

numbers = count(1)


@pytest.fixture
def database(server) -> Iterator[str]:
    """An empty database of the shared server."""
    name = f"moved_{next(numbers)}"
    server.create(name)
    yield name
    server.drop(name)


@pytest.fixture
def there(server, database, cli) -> Cli:
    """Commands on the server, in the folder of those on the file."""
    other: Cli = cli.another("there")
    other.store = server.url(database)
    return other


def place_of(server: Cluster, database: str) -> Server:
    named = (("host", str(server.folder)), ("dbname", database), ("user", ACCOUNT))
    return Server(f"postgresql:///{database}?host={server.folder}", named)


def content(place: Place) -> copying.Content:
    """Return what stands in a store."""
    with engine_of(place).reading(place) as connection:
        return copying.content(connection, lambda _: None)


def sound(cli: Cli) -> str:
    """Return the hash with which the history of a sound store ends."""
    checked = json.loads(cli("check", "--json").out)
    assert checked["problems"] == []
    return str(checked["head"])


def moved(cli: Cli, to: str) -> dict[str, object]:
    """Move a store, and return what was said of it."""
    done = cli("move", "--to", to, "--yes", "--json")
    assert done.code == 0, done.err
    found: dict[str, object] = json.loads(done.out)
    return found


# There and back ----------------------------------------------------------------------------------------------


@pytest.fixture
def lived(cli: Cli) -> Cli:
    """A store with a thousand contracts, each with a life of its own: entered, changed, cancelled, billed, paid."""
    lots = random.Random(16)
    plans = ("starter", "pro", "business")

    def file(name: str, head: str, rows: Iterator[str]) -> str:
        path = cli.home / name
        path.write_text("\n".join((head, *rows)) + "\n")
        return str(path)

    def new() -> Iterator[str]:
        for place in range(SPACES):
            start = f"2025-{lots.randint(1, 12):02}-{lots.randint(1, 28):02}"
            billing = lots.choice(("monthly", "annual"))
            users, zoom = lots.randint(5, 50), lots.randint(0, 5)
            yield f"c{place:04},Élan {place},{lots.choice(plans)},{users},{zoom},{billing},{start}"

    def wishes() -> Iterator[str]:
        for place in sorted(lots.sample(range(SPACES), SPACES // 3)):
            yield f"c{place:04},{lots.choice(('', *plans))},{lots.randint(5, 60)}"

    assert cli("init", "--sandbox", "--today", "2026-01-15").code == 0
    spaces = file("spaces.csv", "id,name,plan,users,zoom,billing,start", new())
    assert cli("space", "import", spaces).code == 0
    for day in MONTHS:
        cli("apply", file("wishes.csv", "space,plan,users", wishes()), "--keep-going", "--yes", "--today", day)
        assert cli("bill", "--today", day).code == 0
        for place in lots.sample(range(SPACES), 5):
            cli("cancel", "--space", f"c{place:04}", "--yes")
            cli("quote", "--space", f"c{place:04}", "--users", str(lots.randint(61, 70)))
            cli("pay", "--space", f"c{place:04}", "--amount", str(lots.randint(1, 900)), "--yes")
    assert cli("remind", "--yes").code == 0
    assert cli("admin", "add", "daemon", "--space", "c0001").code == 0
    return cli


def test_a_thousand_lives_go_to_a_server_and_back(lived, there, server, database):
    """Same head, same rows, a clean check on all three; the places that were left are only read."""
    ended, rows = sound(lived), content(lived.store)
    assert rows["spaces"].number == SPACES
    assert rows["orders"].number > SPACES // 3
    done = moved(lived, there.store)
    assert (done["hash"], done["rows"]) == (ended, sum(table.number for table in rows.values()))
    assert content(place_of(server, database)) == rows
    assert sound(there) == sound(lived) == ended
    assert lived(*UPGRADE, "--space", "c0007").refusal[1] == "store_moved"
    back = lived.another("back")
    assert moved(there, str(back.store))["hash"] == ended
    assert content(back.store) == rows
    assert sound(back) == sound(there) == ended
    assert there(*UPGRADE, "--space", "c0007").refusal == (
        3,
        "store_moved",
        f"The store {place_of(server, database)} was moved to {back.store}.",
        f"Write there: --store {back.store}.",
    )
    assert back("list", "spaces", "--limit", "3", "-q").text == lived("list", "spaces", "--limit", "3", "-q").text


def test_every_kind_of_row_goes_there_and_home(cli, there):
    """Whatever was moved away once is put aside; the history goes on in one place, whoever wrote it."""
    put_in_use(cli)
    assert moved(cli, there.store)["kept"] is None
    assert there("space", "set", "acme", "--reference", "PO-8").code == 0
    assert there("admin", "add", "bin", "--space", "acme").code == 0
    home = moved(there, str(cli.store))
    assert str(home["kept"]).endswith(".old")
    ended = sound(cli)
    again = moved(cli, there.store)
    assert str(again["kept"]).startswith("subctl_old_")
    assert sound(there) == ended
    assert there(*UPGRADE, "--space", "acme").code == 0


def test_a_store_that_was_made_on_a_server_comes_to_a_file(cli, there):
    """It has all that a file has, also what later versions look for."""
    assert there("init", "--demo").code == 0
    assert there(*UPGRADE).code == 0
    moved(there, str(cli.store))
    assert sound(cli) == sound(there)
    assert cli("upgrade", "--users", "50", "--yes").code == 0
    assert cli("history", "--limit", "1", "--json").json["items"][0]["action"] == "upgrade"


# Whatever ends it --------------------------------------------------------------------------------------------


def killed(cli: Cli, to: str, place: int) -> subprocess.CompletedProcess[str]:
    words = ["-c", KILLED, str(place), "move", "--to", to, "--yes", "--json"]
    return subprocess.run(
        [sys.executable, *words], env=cli.environment(), capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("way", ["to a server", "from a server"])
def test_a_move_that_is_killed_anywhere(cli, server, database, way, tmp_path):
    """The store is in use, or the copy complete; the same command again finishes it, and nothing is doubled."""
    cli.prepare(("init", "--demo"), ("upgrade", "--users", "20", "--yes"))
    kept, ended = cli.bytes, sound(cli)
    file, role = tmp_path / "file.db", server.url(database)
    met: set[tuple[bool, bool]] = set()

    def begin() -> tuple[Cli, Cli]:
        """Put the store where it is moved from, and nothing where it is moved to."""
        server.drop(database)
        server.create(database)
        source, target = cli.another("source"), cli.another("target")
        source.store, target.store = (file, role) if way == "to a server" else (role, file)
        file.unlink(missing_ok=True)
        for left in tmp_path.glob(".file.db.*"):
            left.unlink()
        if way == "to a server":
            file.write_bytes(kept)
            file.chmod(0o600)
        else:
            cli.put(kept)
            moved(cli, role)
        return source, target

    source, target = begin()
    done = killed(source, str(target.store), 0)
    assert done.returncode == 0, done.stderr
    total = int(done.stderr)
    for place in sorted({*range(1, total, EACH), *range(total - 12, total + 1)}):
        source, target = begin()
        done = killed(source, str(target.store), place)
        assert done.returncode == -9
        whole = target("check", "--json").code == 0
        gone = source("move", "--to", str(tmp_path / "other.db"), "--dry-run", "--json").code == 3
        met.add((whole, gone))
        assert whole or not gone
        assert sound(source) == ended
        again = source("move", "--to", str(target.store), "--yes", "--json")
        assert gone or again.json["finished"] == whole
        assert sound(target) == ended
        assert source(*UPGRADE).refusal[1] == "store_moved"
        assert target(*UPGRADE).code == 0
    assert met == {(False, False), (True, False)}  # a mark is the last that is sent


# Who may, and what is in the way -------------------------------------------------------------------------------


def test_who_is_no_administrator_by_his_role(demo, server, database):
    """On a server an account is a role's name: it is asked for before anything is copied."""
    server.add_role("mary", "subctl_owner", "subctl_people")
    place = place_of(server, database)
    for words in (("--yes",), ("--dry-run",)):
        assert demo("move", "--to", server.url(database, "mary"), *words, "--json").refusal == (
            7,
            "not_administrator",
            f"At {place} you are mary, who is not an administrator of this store.",
            "Let mary be one first: subctl admin add mary.",
        )
    assert server.superuser("SELECT to_regnamespace('subctl')", database) == "\n"
    assert demo(*UPGRADE).code == 0


def test_a_server_that_is_not_prepared(demo, server, database):
    """What a superuser has to do is said before anything is asked."""
    assert demo("move", "--to", server.url(database, "daemon"), "--dry-run", "--json").refusal[1:] == (
        "store_denied",
        f"The server isn't prepared for a store: {place_of(server, database)}.",
        "Let a superuser run: GRANT subctl_owner TO daemon;",
    )


def test_another_store_on_the_server_is_never_touched(demo, there):
    """`store_exists`; and the store itself is no target of its own."""
    assert there("init", "--demo").code == 0
    before = sound(there)
    assert demo("move", "--to", there.store, "--yes", "--json").refusal[:2] == (5, "store_exists")
    assert there("move", "--to", there.store, "--yes", "--json").refusal[:2] == (2, "bad_input")
    assert (sound(there), demo(*UPGRADE).code) == (before, 0)


@pytest.mark.parametrize("how", ["--yes", "--dry-run"])
def test_a_store_that_has_two_names_is_not_moved_to_itself(there, server, database, how):
    """By whichever of its addresses: a preview says so, too, and no mark is made."""
    assert there("init", "--demo").code == 0
    itself = str(place_of(server, database))
    assert itself != there.store
    assert there("move", "--to", itself, how, "--json").refusal == (
        2,
        "bad_input",
        f"--to names the store itself: {itself}.",
        "Name another place.",
    )
    assert there(*UPGRADE).code == 0


def test_a_copy_of_the_whole_database_is_another_store(there, server, database):
    """One that was made by the server's own means has all in common but what tells stores apart."""
    assert there("init", "--demo").code == 0
    server.drop("twin")
    server.create("twin", database)
    twin = server.url("twin")
    assert there("move", "--to", twin, "--dry-run", "--json").code == 0
    assert moved(there, twin)["finished"] is True
    server.drop("twin")


def test_roles_that_are_made_administrators(server, there):
    """subctl makes no roles: what a superuser has to run is said."""
    assert there("init", "--demo").code == 0
    server.superuser('CREATE ROLE "Zoë" LOGIN')
    for name, told, made in (
        ("no one", "The server has no role 'no one'.", 'CREATE ROLE "no one" LOGIN IN ROLE subctl_people;'),
        ("Zoë", "The role 'Zoë' may not come to stores.", 'GRANT subctl_people TO "Zoë";'),
    ):
        refused = there("admin", "add", name, "--space", "acme", "--json").refusal
        assert refused == (2, "bad_input", told, f"Let a superuser run: {made}")
    server.superuser('GRANT subctl_people TO "Zoë"')
    assert there("admin", "add", "Zoë", "--space", "acme", "--json").json["changed"] is True
    listed = there("admin", "list", "--json").json["items"]
    assert [(item["account"], item["space"], item["id"]) for item in listed] == [
        (ACCOUNT, None, None),
        ("Zoë", "acme", None),
    ]
    server.superuser('REVOKE subctl_people FROM "Zoë"; DROP ROLE "Zoë"')
    assert there("admin", "remove", "Zoë", "--space", "acme", "--json").json["changed"] is True
    assert there("check", "--json").json["ok"] is True


@pytest.mark.parametrize("words", [("restore", "{home}/kept.db", "--yes"), ("init", "--demo", "--yes")])
def test_who_waited_to_replace_a_store_sees_that_it_was_moved(there, server, database, words):
    """safety.md: when they looked, it was in use; they get the lock after a move has marked it."""
    assert there("init", "--demo").code == 0
    assert there("backup", str(there.home / "kept.db")).code == 0
    command = [sys.executable, "-m", "subctl", *(word.format(home=there.home) for word in words), "--json"]
    with psycopg.connect(server.url(database), autocommit=True) as own:
        own.execute(f"SELECT pg_advisory_lock({LOCK})")
        waiting = subprocess.Popen(command, env=there.environment(), stderr=subprocess.PIPE, text=True)
        while not own.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone():
            assert waiting.poll() is None
            pause(0.02)
        own.execute("INSERT INTO subctl.moved VALUES ('/elsewhere.db')")
    _, err = waiting.communicate()
    assert (waiting.returncode, json.loads(err)["error"]["code"]) == (3, "store_moved")
    assert server.superuser("SELECT nspname FROM pg_namespace WHERE nspname ~ 'subctl'", database) == "subctl\n"


# Backups -----------------------------------------------------------------------------------------------------


def test_a_backup_of_a_server_is_a_store_of_its_own(cli, there, server, database):
    """safety.md: a file in one snapshot, which is checked anywhere; it comes back as it was."""
    put_in_use(cli)
    moved(cli, there.store)
    ended, rows = sound(there), content(place_of(server, database))
    file = cli.another("backup")
    assert there("backup", str(file.store), "--dry-run", "--json").json["bytes"] > 0
    assert not file.store.exists()
    done = there("backup", str(file.store), "--json").json
    assert done == {
        "schema": "backup/1",
        "store": str(place_of(server, database)),
        "file": str(file.store),
        "bytes": file.store.stat().st_size,
        "kept": None,
    }
    assert file.store.stat().st_mode & 0o777 == 0o600
    assert (content(file.store), sound(file)) == (rows, ended)
    assert there("backup", str(file.store), "--json").refusal[:2] == (5, "already_exists")
    assert there(*UPGRADE, "--space", "acme").code == 0
    kept = there("restore", str(file.store), "--yes", "--json").json["kept"]
    assert kept.startswith("subctl_old_")
    assert (content(place_of(server, database)), sound(there)) == (rows, ended)
    assert server.superuser(f"SELECT count(*) FROM {kept}.orders", database) == f"{rows['orders'].number + 1}\n"


def test_a_backup_of_what_was_moved_is_marked_too(demo, there, server, database):
    """No backup is a way around the mark: it comes back as a store that is only read."""
    moved(demo, there.store)
    moved(there, str(demo.another("home").store))
    copy = demo.another("copy")
    assert there("backup", str(copy.store), "-q").code == 0
    assert copy(*UPGRADE).refusal[1] == "store_moved"
    assert there("restore", str(copy.store), "--yes", "--json").refusal[1] == "store_moved"
    server.drop(database)
    server.create(database)
    assert there("restore", str(copy.store), "--yes").code == 0
    assert there(*UPGRADE).refusal[1] == "store_moved"


def test_an_older_file_is_restored_to_a_server(cli, there, server, database):
    """It comes there in today's schema, and the history says who did that."""
    server.add_role("tester", "subctl_owner", "subctl_people")
    there.store, cli.store = server.url(database, "tester"), cli.home / "old.db"
    for version in (3, 5):
        old_stores.put(version, cli.store)
        done = there("restore", str(cli.store), "--yes", "--json")
        assert done.code == 0, done.err
        sound(there)
        newest = there("history", "--limit", "1", "--json").json["items"][0]
        assert (newest["action"], newest["account"]) == ("migrate", "tester")
        assert newest["detail"] == {"from": version, "to": 6}
        assert there("list", "spaces", "-q").text == cli("list", "spaces", "-q").text
