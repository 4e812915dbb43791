"""Backups: whole, checked, private; what a restore replaces stays beside (safety.md)."""

import grp
import os
import stat

import pytest

from subctl.store import create

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
    for place in range(5000, len(content) - 5000, 3000):
        content[place : place + 60] = b"\xff" * 60
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
    assert cli("init", "--group", GROUP, "--json").json["group"] == GROUP
    assert stat.S_IMODE(cli.store.stat().st_mode) == 0o660
    assert stat.S_IMODE(cli.store.parent.stat().st_mode) == 0o2770
    assert cli.store.stat().st_gid == cli.store.parent.stat().st_gid
    cli.store = cli.home / "other.db"
    assert cli("init", "--group", GROUP, "--json").refusal[:2] == (7, "store_denied")
    assert cli("init", "--group", "no-such-group", "--json").refusal[2] == "This machine has no group 'no-such-group'."
    assert not cli.store.exists()


def test_too_many_old_files_of_one_second(demo, monkeypatch):
    """Nothing that was kept is ever overwritten."""
    monkeypatch.setattr(create, "_MOST_OF_A_SECOND", 1)
    assert demo("init", "--demo", "--yes", "--json").refusal[:2] == (5, "store_exists")
