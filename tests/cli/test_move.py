"""Moving a store from file to file: what is said, what is copied, what is refused before, after and meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from subctl.domain.errors import SubctlError
from subctl.service.access import STORE
from subctl.service.move import move, require_mover
from subctl.service.session import reading
from subctl.store import moved
from subctl.store.sqlite.connection import connect
from subctl.store.sqlite.visit import writing
from subctl.store.tables import TABLES
from tests.support.callers import ACCOUNT, NOW, caller
from tests.support.cli import LIVE
from tests.support.printed import put_in_use
from tests.support.terminal import Terminal, spoken
from tests.support.waiting import pause

UPGRADE = ("upgrade", "--users", "20", "--yes")
LATER = (
    ("pay", "--undo", "P-2026-0001", "--yes"),
    ("pay", "--ignore", "X/1", "--yes"),
    ("upgrade", "--users", "30", "--yes"),
    ("withdraw", "O-2026-0003", "--yes"),
    ("correct", "INV-2026-0001", "--yes"),
    ("collect", "--drop", "DD-2026-0001", "--yes"),
    ("mandate", "end", "M-1"),
    ("remind", "--yes", "--today", "2026-06-10"),
)
"""What fills the tables that are empty in a store in use."""

WRITES = (
    UPGRADE,
    (*UPGRADE, "--dry-run"),
    ("bill", "--today", "2026-06-01"),
    ("bill", "--today", "2026-03-15"),  # nothing is due here; at the new place there may be something
    ("space", "import", "{home}/new.csv", "--dry-run"),
    ("admin", "add", "daemon"),
    ("restore", "{home}/kept.db", "--yes"),
    ("init", "--demo", "--yes"),
    ("init", "--demo", "--dry-run"),
    ("move", "--to", "{home}/third.db", "--yes"),
    ("move", "--to", "{home}/moved.db", "--yes"),
)


def head(cli):
    """Return the hash with which the history of a sound store ends."""
    checked = json.loads(cli("check", "--json").out)
    assert checked["problems"] == []
    return checked["head"]


def there(cli, name="moved"):
    """Return the commands on the store beside that has this name."""
    return cli.another(name)


def rows(cli):
    """Return all rows but the mark of what was moved."""
    return {name: sorted(cli.sql(f"SELECT * FROM {name}"), key=repr) for name in TABLES}


@pytest.fixture
def used(cli):
    """A store in which each table has rows, on its way through a year."""
    put_in_use(cli)
    for words in LATER:
        assert cli(*words).code == 0, words
    return cli


# --- what is moved -----------------------------------------------------------------------------------------


def test_every_row_of_every_table_is_moved(used):
    """safety.md: nothing is added and nothing lost; both are sound, with the same head and the same rows."""
    before = rows(used)
    assert [name for name, found in before.items() if not found] == []
    ended = head(used)
    done = used("move", "--to", str(there(used).store), "--yes", "--json").json
    assert done == {
        "schema": "move/1",
        "store": str(used.store),
        "to": str(there(used).store),
        "sandbox": True,
        "hash": ended,
        "spaces": 2,
        "entries": len(before["history"]),
        "rows": sum(map(len, before.values())),
        "finished": False,
        "kept": None,
    }
    assert rows(used) == rows(there(used)) == before
    assert head(used) == head(there(used)) == ended
    assert there(used)(*UPGRADE).code == 0
    assert there(used).store.stat().st_mode & 0o777 == 0o600


def test_what_a_move_says(demo):
    """Where the store is, what it has, and by which hash it is known; a dry run speaks as one, and does nothing."""
    place, ended = there(demo).store, head(demo)
    has = f"It has: spaces 2, history 3, rows in all 23.\nThe history ends with\n{ended}\n"
    before = demo.bytes
    assert demo("move", "--to", str(place), "--dry-run").text == f"{demo.store} would be moved to {place}.\n{has}"
    assert (demo.bytes, place.exists()) == (before, False)
    assert demo("move", "--to", str(place), "--yes").text == (
        f"{demo.store} was moved to {place}.\n{has}{demo.store} can only be read from now on.\n"
        f"Next: subctl config set store {place}\n"
    )


def test_a_live_store_is_moved(cli):
    """It stays one."""
    assert cli(*LIVE).code == 0
    assert cli("move", "--to", str(there(cli).store), "--yes", "--json").json["sandbox"] is False
    assert there(cli)("whoami", "--json").json["sandbox"] is False


def test_a_group_shares_the_new_file(demo):
    """safety.md: a file is private unless somebody says with whom it is shared."""
    place = demo.home / "shared" / "contracts.db"
    assert demo("move", "--to", str(place), "--group", "daemon", "--yes").code == 0
    assert place.stat().st_mode & 0o777 == 0o660
    assert place.parent.stat().st_mode & 0o7777 == 0o2770


def test_a_group_is_not_for_servers(demo):
    """A preview says so too, and before a server is asked for anything."""
    address = ("move", "--to", "postgresql:///book?host=/nowhere", "--group", "daemon")
    given = [demo(*address, *how, "--json").refusal for how in (("--dry-run",), ("--yes",))]
    assert given == [(2, "usage", "--group is for files: a server has roles.", "Leave it out.")] * 2


def test_how_far_a_move_is(demo):
    """Each row is read twice, where it was and where it is."""
    told = []
    done = move(caller(demo, "move"), there(demo).store, progress=lambda *far: told.append(far))
    assert (told[-1], told) == ((2 * done.rows, 2 * done.rows), sorted(told))


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 6)])
def test_it_asks_first(demo, answer, code):
    """What can't be taken back is asked about."""
    question = f"Move {demo.store} to {there(demo).store}? Nothing can be written here any more. [y/N] "
    ended, _ = spoken(demo, "move", "--to", str(there(demo).store), answers=[(question, answer)])
    assert (ended, there(demo).store.exists()) == (code, code == 0)


# --- the store that was moved ------------------------------------------------------------------------------


@pytest.fixture
def gone(demo):
    """A store that was moved to `moved.db` beside, and a backup that was made before."""
    (demo.home / "new.csv").write_text("id,name,plan,users\nnew,New,pro,1\n")
    assert demo("backup", str(demo.home / "kept.db")).code == 0
    assert demo("move", "--to", str(there(demo).store), "--yes").code == 0
    return demo


@pytest.mark.parametrize("words", WRITES)
def test_nothing_is_written_to_what_was_moved(gone, words):
    """safety.md: `store_moved`, with the option to paste; no refusal is noted there either."""
    before = gone.bytes
    assert gone(*(word.format(home=gone.home) for word in words), "--json").refusal == (
        3,
        "store_moved",
        f"The store {gone.store} was moved to {there(gone).store}.",
        f"Write there: --store {there(gone).store}.",
    )
    assert gone.bytes == before
    assert not (gone.home / "third.db").exists()


def test_what_was_moved_is_still_read(gone):
    """People are told in a line where it is now; programs, and who wants nothing but the result, aren't."""
    line = f"This store was moved to {there(gone).store}: what it shows is how it was then.\n"
    for words in (("show",), ("list", "spaces"), ("check",), ("export",), ("whoami",)):
        done = gone(*words)
        assert (done.code, done.err) == (0, line), words
        assert gone(*words, "-q").err == ""
        assert gone(*words, "--json").err == ""
        assert gone(*words, "--format", "csv").err == line
    assert gone("backup", str(gone.home / "copy.db"), "-q").code == 0


def test_a_place_with_blanks_can_be_pasted(demo):
    """The option is quoted for a shell."""
    place = demo.home / "our book.db"
    assert demo("move", "--to", str(place), "--yes").text.endswith(f"\nNext: subctl config set store '{place}'\n")
    assert demo(*UPGRADE).err.endswith(f"\nWrite there: --store '{place}'.\n")


def test_who_waited_for_the_lock_sees_that_it_was_moved(demo):
    """safety.md: the mark is looked for under the lock."""
    with writing(demo.store, NOW, 0, "tester") as connection:
        command = [sys.executable, "-m", "subctl", *UPGRADE, "--json"]
        waiting = subprocess.Popen(command, env=demo.environment(), stderr=subprocess.PIPE, text=True)
        reader = closing(connect(demo.store))
        with reader as other:
            assert other.execute("SELECT count(*) FROM moved").fetchone() == (0,)
        moved.mark(connection, "/elsewhere.db")
    _, err = waiting.communicate()
    assert (waiting.returncode, json.loads(err)["error"]["code"]) == (3, "store_moved")
    assert demo.sql("SELECT count(*) FROM orders") == [(0,)]


@pytest.mark.parametrize("words", [("restore", "{home}/kept.db", "--yes"), ("init", "--demo", "--yes")])
def test_who_waited_to_replace_it_sees_that_it_was_moved(demo, words):
    """safety.md: by then it had looked at a store that was in use, and built what was to stand in its place."""
    assert demo("backup", str(demo.home / "kept.db")).code == 0
    with writing(demo.store, NOW, 0, "tester") as connection:
        command = [sys.executable, "-m", "subctl", *(word.format(home=demo.home) for word in words), "--json"]
        waiting = subprocess.Popen(command, env=demo.environment(), stderr=subprocess.PIPE, text=True)
        while not list(demo.home.glob(".contracts.db.*.new")):
            assert waiting.poll() is None
            pause(0.01)
        moved.mark(connection, "/elsewhere.db")
    _, err = waiting.communicate()
    assert (waiting.returncode, json.loads(err)["error"]["code"]) == (3, "store_moved")
    assert demo.sql("SELECT place FROM moved") == [("/elsewhere.db",)]
    assert list(demo.home.glob("*.old")) == []


# --- back, and what is in the way ----------------------------------------------------------------------------


def test_a_store_is_moved_back(gone):
    """safety.md: the old file, whose history this one has, is put aside with the time in its name."""
    assert there(gone)(*UPGRADE).code == 0
    ended = head(there(gone))
    done = there(gone)("move", "--to", str(gone.store), "--yes", "--json").json
    kept = Path(done["kept"])
    assert (kept.parent, kept.name.startswith("contracts.db."), kept.suffix) == (gone.home, True, ".old")
    assert (done["finished"], head(gone), head(there(gone))) == (False, ended, ended)
    assert gone("upgrade", "--users", "22", "--yes").code == 0
    assert there(gone)(*UPGRADE, "--json").refusal[1] == "store_moved"
    again = gone("move", "--to", str(there(gone).store), "--yes")
    told = f"The store that it replaced is kept at {there(gone).store}."
    assert told in again.text


def test_a_move_that_was_interrupted_is_finished(gone):
    """safety.md: of a complete copy only the mark is missing."""
    gone.sql("DELETE FROM moved")
    copy = there(gone).bytes
    done = gone("move", "--to", str(there(gone).store), "--yes")
    assert done.text.startswith(
        f"{gone.store} was moved to {there(gone).store}: the copy was there already, and is the same.\n"
    )
    assert there(gone).bytes == copy
    assert gone(*UPGRADE, "--json").refusal[1] == "store_moved"
    assert there(gone)(*UPGRADE).code == 0


def test_a_copy_that_was_altered_is_none(gone):
    """Nothing is marked: the old store stays in use."""
    gone.sql("DELETE FROM moved")
    there(gone).sql("UPDATE spaces SET active_users = 3 WHERE id = 'acme'")
    assert gone("move", "--to", str(there(gone).store), "--yes", "--json").refusal == (
        8,
        "store_failed",
        "The copy isn't what was copied: spaces has 2 rows, of 2, or other ones.",
        "Nothing was changed. Look for what is wrong with subctl check.",
    )
    assert gone(*UPGRADE).code == 0


def another_store(cli):
    """Put another book in the way."""
    assert there(cli)("init", "--demo").code == 0


def one_that_went_on(cli):
    """Put a copy in the way that was written to since."""
    cli.sql("DELETE FROM moved")
    assert there(cli)(*UPGRADE).code == 0


def one_that_stood_still(cli):
    """Put a copy in the way from before the last change."""
    cli.sql("DELETE FROM moved")
    assert cli(*UPGRADE).code == 0


def one_that_went_another_way(cli):
    """Put in the way what was moved here, and was written to in spite of that."""
    place = there(cli)
    assert place("move", "--to", str(cli.store), "--yes").code == 0
    place.sql("DELETE FROM moved")
    assert place(*UPGRADE).code == 0
    place.sql("INSERT INTO moved VALUES (?)", str(cli.store))


@pytest.mark.parametrize("put", [another_store, one_that_went_on, one_that_stood_still, one_that_went_another_way])
def test_another_store_is_never_touched(gone, put):
    """safety.md: `store_exists`."""
    if put is another_store:
        gone.sql("DELETE FROM moved")
        there(gone).store.unlink()
    put(gone)
    before = there(gone).bytes
    assert gone("move", "--to", str(there(gone).store), "--yes", "--json").refusal == (
        5,
        "store_exists",
        f"There is a store at {there(gone).store} already.",
        "It stays as it is: name another place with --to.",
    )
    assert there(gone).bytes == before
    assert gone("upgrade", "--users", "24", "--yes").code == 0


def test_what_is_no_store_is_in_the_way_too(demo):
    """Nobody's file is replaced."""
    there(demo).store.write_text("This is a text, and long enough to be as long as the head of a database is. " * 3)
    assert demo("move", "--to", str(there(demo).store), "--yes", "--json").refusal[:2] == (8, "store_foreign")
    assert demo(*UPGRADE).code == 0


@pytest.mark.parametrize("name", ["contracts.db", "./contracts.db", "hard.db"])
def test_a_store_is_not_moved_to_itself(demo, monkeypatch, name):
    """By whichever name."""
    monkeypatch.chdir(demo.home)
    os.link(demo.store, "hard.db")
    place = demo.home / name
    assert demo("move", "--to", name, "--yes", "--json").refusal == (
        2,
        "bad_input",
        f"--to names the store itself: {place}.",
        "Name another place.",
    )


def test_who_moves_it_must_be_an_administrator_there(demo):
    """safety.md: on a file by uid or name, on a server by the name of the role."""
    with reading(caller(demo, "move")) as session:
        require_mover(session, there(demo).store, os.getuid(), ACCOUNT)
        require_mover(session, there(demo).store, None, ACCOUNT)
        for uid, account in ((os.getuid() + 1, ACCOUNT), (None, "mary")):
            with pytest.raises(SubctlError) as refused:
                require_mover(session, there(demo).store, uid, account)
            assert (refused.value.code, refused.value.message, refused.value.hint) == (
                "not_administrator",
                f"At {there(demo).store} you are {account}, who is not an administrator of this store.",
                f"Let {account} be one first: subctl admin add {account}.",
            )
    assert caller(demo, "move").right == STORE


def test_a_row_that_can_not_be_read_is_not_copied(demo):
    """`store_damaged`, said of the store it stands in: no half copy appears."""
    demo.tamper("UPDATE history SET detail = CAST(x'ff' AS TEXT) WHERE id = 2")
    refused = demo("move", "--to", str(there(demo).store), "--yes", "--json").refusal
    assert refused[:2] == (8, "store_damaged")
    assert refused[2].startswith(f"The store {demo.store} is damaged: Could not decode to UTF-8")
    assert not there(demo).store.exists()


def test_a_target_without_a_folder_that_may_be_made(demo):
    """Nothing is marked where nothing was made."""
    done = demo("move", "--to", "/proc/none/moved.db", "--yes", "--json")
    assert done.refusal[:2] == (7, "store_denied")
    assert demo(*UPGRADE).code == 0


def test_a_terminal_sees_no_mark_twice(gone):
    """The line is said once, whatever a command looks at."""
    terminal = Terminal(gone, "show")
    assert terminal.end()[1].count("was moved to") == 1
