"""Backups: whole, checked, private; what a restore replaces stays beside (safety.md)."""

import grp
import os
import sqlite3
import stat
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from subctl.domain.errors import SubctlError
from subctl.store.sqlite import connection, files, visit
from subctl.store.sqlite.connection import connect
from subctl.store.sqlite.errors import explained
from tests.support.callers import NOW
from tests.support.cli import LIVE

GROUP = grp.getgrgid(os.getgid()).gr_name


def test_a_backup_is_the_store_and_private(demo):
    """safety.md: made by SQLite, readable by its owner alone whatever the umask."""
    old = os.umask(0)
    try:
        target = demo.home / "copy.db"
        document = demo("backup", str(target), "--json").json
    finally:
        os.umask(old)
    assert document == {
        "schema": "backup/1",
        "store": str(demo.store),
        "file": str(target),
        "bytes": target.stat().st_size,
        "kept": None,
    }
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before = demo("show", "--json").json
    demo("upgrade", "--users", "20", "--yes")
    kept = demo("restore", str(target), "--yes", "--json").json["kept"]
    assert demo("show", "--json").json == before
    demo.store = type(demo.store)(kept)
    assert demo("show", "--json").json["contract"]["users"] == 20


def test_a_dry_run_of_a_backup_says_the_same_and_writes_nothing(demo):
    """scripting.md: the size too; a file that is there is refused."""
    target = demo.home / "copy.db"
    document = demo("backup", str(target), "--dry-run", "--json").json
    assert not target.exists()
    assert demo("backup", str(target), "--json").json == document
    assert demo("backup", str(target), "--dry-run", "--json").refusal[:2] == (5, "already_exists")


def test_a_dry_run_of_init_says_the_same_and_makes_nothing(cli):
    """scripting.md: over a sandbox it asks nothing, as nothing is replaced."""
    cli.store = cli.home / "new" / "contracts.db"
    document = cli("init", "--demo", "--dry-run", "--json").json
    assert not cli.store.parent.exists()
    assert cli("init", "--demo", "--json").json == document
    before = cli.bytes
    assert cli("init", "--demo", "--dry-run", "--json").json == document
    assert (cli.bytes, [path.name for path in cli.store.parent.iterdir()]) == (before, ["contracts.db"])


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_backup_never_replaces_a_file(demo, kind):
    """safety.md: nor writes through a link."""
    target, other = demo.home / "copy.db", demo.home / "other"
    other.write_text("kept")
    if kind == "file":
        target.write_text("kept")
    else:
        target.symlink_to(other)
    assert demo("backup", str(target), "--json").refusal[:2] == (5, "already_exists")
    assert (target.read_text(), other.read_text()) == ("kept", "kept")


def test_a_backup_into_a_folder_that_is_not_there(demo):
    """The reason is the system's."""
    target = demo.home / "none" / "copy.db"
    assert demo("backup", str(target), "--json").refusal[:3] == (
        7,
        "store_denied",
        f"{target} can't be written: No such file or directory.",
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "store_damaged"), (b"text", "store_foreign"), (None, "store_missing")],
)
def test_what_is_no_store_is_not_brought_back(demo, content, code):
    """safety.md: looked at before anything is touched."""
    source = demo.home / "copy.db"
    if content is not None:
        source.write_bytes(content)
    before = demo.bytes
    assert demo("restore", str(source), "--yes", "--json").refusal[1] == code
    assert demo.bytes == before


def test_a_damaged_copy_is_not_brought_back(demo):
    """safety.md: SQLite's integrity check comes first."""
    source = demo.home / "copy.db"
    demo("backup", str(source))
    content = bytearray(source.read_bytes())
    for start in range(5000, len(content) - 5000, 3000):
        content[start : start + 60] = b"\xff" * 60
    source.write_bytes(content)
    before = demo.bytes
    assert demo("restore", str(source), "--yes", "--json").refusal[:2] == (8, "store_damaged")
    assert demo.bytes == before


def test_a_lost_store_comes_back(demo):
    """safety.md: also where nothing, or something damaged, stands at its place."""
    source = demo.home / "copy.db"
    demo("backup", str(source))
    demo.store.unlink()
    assert demo("restore", str(source), "--dry-run", "--json").json["kept"] is None
    assert not demo.store.exists()
    assert demo("restore", str(source), "--yes", "--json").json["kept"] is None
    demo.store.write_bytes(b"")
    assert demo("restore", str(source), "--yes", "--json").json["kept"] is not None
    assert demo("check", "--json").json["ok"] is True


def test_a_store_of_another_is_not_replaced(demo):
    """safety.md: a restore is a store administrator's."""
    source = demo.home / "copy.db"
    demo("backup", str(source))
    demo.sql("UPDATE administrators SET uid = 65534")
    assert demo("restore", str(source), "--yes", "--json").refusal[:2] == (7, "not_administrator")


def test_a_store_for_a_group(cli):
    """safety.md: 0660 in a 2770 folder of the group's; a folder that isn't is refused."""
    cli.store = cli.home / "shared" / "contracts.db"
    assert cli(*LIVE, "--group", GROUP, "--json").json["group"] == GROUP
    assert stat.S_IMODE(cli.store.stat().st_mode) == 0o660
    assert stat.S_IMODE(cli.store.parent.stat().st_mode) == 0o2770
    assert cli.store.stat().st_gid == cli.store.parent.stat().st_gid
    cli.store = cli.home / "other.db"
    assert cli(*LIVE, "--group", GROUP, "--json").refusal[:2] == (7, "store_denied")
    assert cli(*LIVE, "--group", "no-such-group", "--json").refusal[2] == "This machine has no group 'no-such-group'."
    assert not cli.store.exists()


def test_too_many_old_files_of_one_second(demo, monkeypatch):
    """Nothing that was kept is ever overwritten."""
    monkeypatch.setattr(files, "_MOST_OF_A_SECOND", 1)
    assert demo("init", "--demo", "--yes", "--json").refusal[:2] == (5, "store_exists")


def leave_a_journal(demo):
    """Leave the store as a crash in the middle of a write leaves it: changed, with the journal that undoes it."""
    for users in range(11, 31):
        assert demo("upgrade", "--users", str(users), "--yes").code == 0
    with closing(sqlite3.connect(demo.store, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=2")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE much (text)")
        connection.executemany("INSERT INTO much VALUES (?)", [("x" * 500,)] * 300)
        left = {path: path.read_bytes() for path in (demo.store, files.journal_of(demo.store))}
    for path, content in left.items():
        path.write_bytes(content)
    assert left[files.journal_of(demo.store)].startswith(b"\xd9\xd5\x05\xf9")


@pytest.mark.parametrize("command", ["restore", "init", "backup"])
def test_a_journal_that_a_lost_store_left_is_not_rolled_back_into_the_next_one(demo, command):
    """safety.md: SQLite finds journals by name; what belongs to another file goes aside and is kept."""
    source = demo.home / "copy.db"
    demo("backup", str(source))
    leave_a_journal(demo)
    demo.store.unlink()
    if command == "backup":
        demo("restore", str(source), "--yes")
        other = demo.home / "other.db"
        files.journal_of(other).write_bytes(next(demo.home.glob("*-journal.*.old")).read_bytes())
        assert demo("backup", str(other)).code == 0
        demo.store = other
    else:
        words = {"restore": (str(source), "--yes"), "init": ("--demo",)}[command]
        assert demo(command, *words).code == 0
    assert demo("check", "--json").json["problems"] == []
    assert demo("list", "orders", "--json").json["items"] == []
    assert len(list(demo.home.glob(f"{demo.store.name}-journal.*.old"))) == 1


@pytest.mark.parametrize("kind", ["newer", "whole", "cut off", "unused"])
def test_a_store_that_is_replaced_takes_its_journal_along(demo, kind):
    """safety.md: the old file can still be brought to its last state, the new one isn't touched."""
    source = demo.home / "copy.db"
    demo("backup", str(source))
    leave_a_journal(demo)
    if kind == "unused":  # the crash came before anything was written to the store
        files.journal_of(demo.store).write_bytes(b"\0" * 512)
    with demo.store.open("r+b") as file:
        if kind == "newer":
            file.seek(60)
            file.write(b"\0\0\0\x63")
        elif kind == "cut off":
            file.truncate(50)
    kept = Path(demo("restore", str(source), "--yes", "--json").json["kept"])
    assert demo("check", "--json").json["problems"] == []
    assert demo("list", "orders", "--json").json["items"] == []
    assert not files.journal_of(demo.store).exists()
    assert files.journal_of(kept).exists() == (kind == "unused")
    if kind == "whole":
        demo.store = kept
        assert demo("check", "--json").json["problems"] == []
        assert len(demo("list", "orders", "--json").json["items"]) == 20


def test_a_command_that_waited_for_a_store_that_was_replaced_is_told_so(demo):
    """safety.md: what it would have written into the old file is refused, not lost."""
    source = demo.home / "copy.db"
    demo("backup", str(source))
    kept = []

    def write(connection):
        kept.append(demo("restore", str(source), "--yes", "--json").json["kept"])
        connection.execute("UPDATE store SET default_space = NULL")

    with (
        pytest.raises(SubctlError) as refused,
        closing(connect(demo.store)) as connection,
        replaced(demo.store, connection),
    ):
        write(connection)
    assert (refused.value.code, refused.value.message) == (
        "store_busy",
        f"The store {demo.store} was replaced meanwhile.",
    )
    assert demo("show", "--json").json["space"]["id"] == "acme"


@contextmanager
def replaced(path, connection):
    """Translate SQLite's errors as every visit does."""
    connection.execute("SELECT * FROM store").fetchall()
    with explained(path):
        yield


def test_a_store_in_use_is_not_replaced(demo, monkeypatch):
    """safety.md: a writer finishes first; whoever waits too long is told so and has changed nothing."""
    source = demo.home / "copy.db"
    demo("backup", str(source))
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)
    before = demo.bytes
    with visit.writing(demo.store, NOW, 0, "tester"):
        assert demo("restore", str(source), "--yes", "--json").refusal[:2] == (5, "store_busy")
        assert demo("init", "--demo", "--yes", "--json").refusal[:2] == (5, "store_busy")
    assert demo.bytes == before
    assert {path.name for path in demo.home.iterdir()} >= {"copy.db", "contracts.db"}
    assert not list(demo.home.glob(".*"))


def test_what_a_killed_command_left_is_in_nobodys_way(demo):
    """safety.md: names of unfinished files are new each time, in a container too, where numbers of processes repeat."""
    source = demo.home / "copy.db"
    for suffix in (".new", ".copy"):
        for path in (demo.store, source):
            path.with_name(f".{path.name}.{os.getpid()}{suffix}").write_text("left")
    assert demo("backup", str(source)).code == 0
    assert demo("restore", str(source), "--yes").code == 0
    assert demo("init", "--demo", "--yes").code == 0
