"""A crash at every SQL statement of a command: nothing acknowledged is lost, nothing happens twice.

`tests/system/test_faults.py` does the same at every system call.
"""

import json
import os
import resource
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from subctl.domain.errors import SubctlError
from subctl.service import billing
from tests.support.callers import caller
from tests.support.camt import Camt, Entry, Tx
from tests.support.stores import VICTIM, rows

ADD = [
    ("space", "add", f"s{number:02}", "--name", "S", "--plan", "pro", "--users", "5", "--start", "2026-03-01")
    for number in range(20)
]
EACH = int(os.environ.get("SUBCTL_EACH", "25"))
"""Every statement is killed, and what is left is compared with a book that was recomputed; at each such
statement the book is recomputed there too, and the command run again."""

CHANGED = ("upgrade", "--users", "15", "--yes")
PAID = ("pay", "--amount", "5", "--space", "atelier", "--yes")

COMMANDS = {
    "upgrade": ("upgrade", "--plan", "pro", "--users", "20", "--yes"),
    "quote": ("quote", "--users", "20"),
    "order": ("order", "Q-2026-0001"),
    "cancel": ("cancel", "--yes"),
    "withdraw": ("withdraw", "O-2026-0001", "--yes"),
    "bill": ("bill", "--today", "2026-08-03"),
    "pay": ("pay", "INV-2026-0001", "--amount", "500", "--source", "X/1", "--yes"),
    "undo": ("pay", "--undo", "P-2026-0001", "--yes"),
    "space set": ("space", "set", "acme", "--name", "Other", "--default"),
    "admin add": ("admin", "add", "1", "--space", "acme"),
    "refused": ("downgrade", "--users", "3", "--yes"),
}


PAID_BY_BANK = Entry("151.25", "2026-03-14", ref="B1").of(Tx("INV-2026-0001"))
STATEMENT = (PAID_BY_BANK, replace(PAID_BY_BANK, way="DBIT", reversal=True, ref="B2"), replace(PAID_BY_BANK, ref="B3"))
"""What pays the invoice of acme's order, is taken back, and paid again."""


@pytest.fixture
def used(cli):
    """A store with an order that was acknowledged, an open quote and, with the demo's, 22 contracts."""
    return cli.prepare(("init", "--demo"), *ADD, CHANGED, PAID, ("quote", "--users", "30"))


def killed(cli, template, words, code=0, beside=None):
    """Run a command killed at each statement in turn; return the folders, the last of which lived.

    Where there is a store `beside`, each of them finds it as `moved.db`.
    """
    more = {} if beside is None else {"SUBCTL_BESIDE": str(beside)}
    done = cli.python(str(VICTIM), template, str(cli.home / "killed"), *words, "--json", **more)
    places, last_code = map(int, done.text.split())
    assert last_code == code
    return [cli.home / "killed" / str(place) for place in range(1, places + 2)]


def sound(store):
    """Tell whether SQLite finds the file whole."""
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_any_statement_a_command_happened_or_did_not(used, name):
    """safety.md: the store opens, all or nothing is there, the book is right; the same command again converges."""
    words, code = COMMANDS[name], 4 if name == "refused" else 0
    before = rows(used.store)
    folders = killed(used, str(used.store), words, code)
    after = rows(folders[-1] / "contracts.db")
    assert name == "refused" or before[1] < after[1]
    assert len(folders) > 10
    for place, folder in enumerate(folders):
        used.store = folder / "contracts.db"
        if place % EACH == 0:
            assert used("check", "--json").json["problems"] == []
        now = rows(used.store)
        assert now in (before, after)
        if (folder / "out").read_text():
            assert now == after
        if place % EACH == 0 or folder == folders[-1]:
            assert used(*words, "--json").code == code
            assert rows(used.store) == after
            assert used("check", "--json").json["ok"] is True
        assert sound(used.store)
        left = {path.name for path in folder.iterdir()} - {"contracts.db-journal"}  # an empty one is no harm
        assert left == {"contracts.db", "err", "out"}


def test_killed_at_any_statement_init_made_a_store_or_none(cli):
    """safety.md: a store appears complete or not at all, and init can be run again."""
    folders = killed(cli, "-", ("init", "--demo"))
    assert len(folders) > 50
    for place, folder in enumerate(folders[:-1]):
        cli.store = folder / "contracts.db"
        assert not cli.store.exists()
        assert (folder / "out").read_text() == ""
        if place % EACH == 0:
            assert cli("show", "--json").refusal[1] == "store_missing"
            assert cli("init", "--demo").code == 0
            assert cli("check", "--json").json["ok"] is True
    cli.store = folders[-1] / "contracts.db"
    assert cli("check", "--json").json["ok"] is True
    assert len(cli("list", "spaces", "--json").json["items"]) == 2


@pytest.mark.parametrize("place", ["space import", "space import of many", "apply", "pay"])
def test_killed_at_any_statement_a_file_was_taken_whole_or_not_at_all(used, place):
    """safety.md: no crash leaves half a file in the store."""
    file = used.home / "file.csv"
    if place == "apply":
        file.write_text("space,users\n" + "".join(f"s{number:02},9\n" for number in range(3)))
        words: tuple[str, ...] = ("apply", str(file), "--yes")
    elif place == "pay":
        file.write_text(Camt().text(*STATEMENT))
        words = ("pay", "--from", str(file), "--yes")
    else:
        file.write_text("id,name,plan,users\n" + "".join(f"new{number},New,pro,2\n" for number in range(3)))
        words = ("space", "import", str(file))
    before = rows(used.store)
    folders = killed(used, str(used.store), ("few", *words) if place.endswith("many") else words)
    after = rows(folders[-1] / "contracts.db")
    assert json.loads((folders[-1] / "out").read_text())["changed"]
    for number, folder in enumerate(folders[:-1]):
        used.store = folder / "contracts.db"
        assert rows(used.store) == before
        assert {path.name for path in folder.iterdir()} <= {"contracts.db", "contracts.db-journal", "err", "out"}
        if number % EACH == 0:
            assert used("check", "--json").json["ok"] is True
            assert used(*words, "--json").code == 0
            assert rows(used.store) == after


@pytest.mark.parametrize("way", ["there", "back"])
def test_killed_at_any_statement_a_store_was_moved_or_is_in_use(used, way):
    """safety.md: no half copy appears; the copy is complete before the mark is; the same command again finishes it."""
    ended = used("check", "--json").json["head"]
    words = ("move", "--to", "moved.db", "--yes")
    if way == "back":
        assert used("move", "--to", str(used.home / "moved.db"), "--yes").code == 0
        used.store, before = used.home / "moved.db", used.store
    folders = killed(used, str(used.store), words, beside=before if way == "back" else None)
    met = set()
    for place, folder in enumerate(folders):
        used.store, copy = folder / "contracts.db", used.another("none")
        copy.store = folder / "moved.db"
        there = copy.store.exists() and copy.sql("SELECT count(*) FROM moved") == [(0,)]
        gone = used.sql("SELECT count(*) FROM moved") == [(1,)]
        met.add((there, gone))
        assert there or not gone
        if (folder / "out").read_text():
            assert gone
        if place % EACH == 0 or (there and not gone):
            for each in (used, copy) if there else (used,):
                checked = json.loads(each("check", "--json").out)
                assert (checked["problems"], checked["head"]) == ([], ended)
            again = used("move", "--to", str(copy.store), "--yes", "--json")
            assert gone or (again.json["finished"], again.json["hash"]) == (there, ended)
            assert used("upgrade", "--users", "40", "--yes", "--json").refusal[1] == "store_moved"
            assert copy("upgrade", "--users", "40", "--yes").code == 0
    assert met == {(False, False), (True, False), (True, True)}


@pytest.mark.parametrize(
    ("billed", "hint"),
    [
        (0, "Nothing was changed. See whether the disk is full."),
        (10, "10 contracts before that are billed: run it again, it goes on where it was."),
    ],
)
def test_a_disk_that_fills_up_in_a_bill_run_is_told_truly(used, monkeypatch, billed, hint):
    """safety.md: the batches before are there, and where there are some the error doesn't deny it."""
    monkeypatch.setattr(billing, "BATCH", 5)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def full(done, _=None):
        if done == billed:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))

    try:
        full(0)
        with pytest.raises(SubctlError) as refused:
            billing.bill(caller(used, "bill", "2026-04-01"), None, full)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (refused.value.code, refused.value.hint) == ("store_failed", hint)
    assert len(used("list", "invoices", "--json").json["items"]) == billed + 1  # one is the upgrade's
    assert used("check", "--json").json["problems"] == []
    assert len(used("bill", "--today", "2026-04-01", "--json").json["issued"]) == 21 - billed


def test_two_crashes_in_a_row_are_one(used):
    """safety.md: a journal that is left twice is rolled back once."""
    before = rows(used.store)
    folder = spilled(killed(used, str(used.store), COMMANDS["upgrade"]), before=used.bytes)
    copied = folder / "again"
    copied.mkdir()
    for name in ("contracts.db", "contracts.db-journal"):
        (copied / name).write_bytes((folder / name).read_bytes())
    for place in (folder, copied):
        used.store = place / "contracts.db"
        assert used("show", "--json").code == 0
        assert rows(used.store) == before
        assert not (place / "contracts.db-journal").exists()


def spilled(folders, before):
    """Return a folder in which a crash left a store that was written to, with the journal that undoes it."""
    for folder in folders[:-1]:
        journal = folder / "contracts.db-journal"
        if journal.exists() and journal.stat().st_size and (folder / "contracts.db").read_bytes() != before:
            return folder
    return pytest.fail("No crash left a store that was written to: the cache is too large.")
