"""Disks that refuse: full, without room for one more file, read-only, limited; real ones, in memory (safety.md)."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.accounts import RUN
from tests.support.cli import LIVE
from tests.support.stores import rows

PAGE = 4096
SIZE = 120 * PAGE
UPGRADE = ("upgrade", "--plan", "pro", "--users", "20", "--yes", "--json")
BILL = ("bill", "--today", "2026-04-01", "--json")
SPACE = ("space", "add", "new", "--name", "New", "--plan", "pro", "--users", "5", "--json")
ANOTHER = 65534


@pytest.fixture
def disk():
    """A small file system of its own, that other accounts can reach."""
    assert os.getuid() == 0, "These tests mount file systems: run them as root."
    place = Path(tempfile.mkdtemp(dir="/var/tmp"))
    place.chmod(0o755)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},nr_inodes=10,mode=755", "none", place], check=True)
    yield place
    subprocess.run(["umount", place], check=True)
    place.rmdir()


@pytest.fixture
def small(demo, disk):
    """The demo's commands on a store on the small disk."""
    store = disk / "contracts.db"
    shutil.copy(demo.store, store)
    demo.store = store
    return demo


def fill(disk, left):
    """Fill the disk but for some pages."""
    (disk / "filler").unlink(missing_ok=True)
    free = os.statvfs(disk)
    with (disk / "filler").open("wb") as file:
        file.write(b"\0" * (free.f_bavail * free.f_bsize - left * PAGE))


def undisturbed(small, words):
    """Return the store's rows as the command leaves them where there is room; the store stays as it was."""
    before = small.bytes
    assert small(*words).code == 0
    after = rows(small.store)
    small.store.write_bytes(before)
    return after


@pytest.mark.parametrize("words", [UPGRADE, BILL, SPACE], ids=lambda words: words[0])
def test_a_full_disk_changes_nothing_however_much_is_left(small, disk, words):
    """safety.md: exit 8 and the same bytes, or done; check is clean; with room again the command converges."""
    after = undisturbed(small, words)
    before, content = rows(small.store), small.bytes
    codes: Counter[int] = Counter()
    for left in range(18):
        fill(disk, left)
        done = small(*words)
        codes[done.code] += 1
        if done.code:
            assert done.refusal[:2] == (8, "store_failed")
            assert done.refusal[3] == "Nothing was changed. See whether the disk is full."
            assert (rows(small.store), small.bytes) == (before, content)
            assert small("check", "--json").json["ok"] is True
            (disk / "filler").unlink()
            assert small(*words).code == 0
        assert rows(small.store) == after
        assert small("check", "--json").json["ok"] is True
        small.store.write_bytes(content)
    assert set(codes) == {0, 8}
    assert {path.name for path in disk.iterdir()} <= {"contracts.db", "filler"}


def test_a_disk_without_room_for_one_more_file(small, disk):
    """safety.md: nor can a journal be made there; that is the disk's failure, not a missing right."""
    after = undisturbed(small, UPGRADE)
    before = rows(small.store)
    names = [disk / f"file{place}" for place in range(10)]
    with suppress(OSError):
        for name in names:
            name.touch()
    assert os.statvfs(disk).f_ffree == 0
    assert small(*UPGRADE).refusal[:2] == (8, "store_failed")
    assert small("backup", str(disk / "copy"), "--json").refusal[:2] == (8, "store_failed")
    assert rows(small.store) == before
    for name in names:
        name.unlink(missing_ok=True)
    assert small(*UPGRADE).code == 0
    assert rows(small.store) == after


def test_temporary_files_on_a_full_disk_are_no_fault_of_the_output(demo, disk):
    """scripting.md: 9 would say that all is done; nothing is, and with room elsewhere the same command does it."""
    names = [f"s{place}" for place in range(1500)]
    (demo.home / "many.csv").write_text("id,name,plan,users\n" + "".join(f"{name},S,pro,1\n" for name in names))
    (demo.home / "wanted.csv").write_text("space,users\n" + "".join(f"{name},9\n" for name in names))
    assert demo("space", "import", str(demo.home / "many.csv")).code == 0
    before, words = demo.bytes, ("apply", str(demo.home / "wanted.csv"), "--yes", "--json")
    assert demo.process(*words, TMPDIR=str(disk)).refusal == (
        8,
        "store_failed",
        f"No temporary file can be written in {disk}: No space left on device.",
        "Let TMPDIR name a folder with room. The same command again changes nothing twice.",
    )
    assert demo.bytes == before
    assert demo.process(*words).json["changed"] == 1500


def test_init_backup_and_restore_on_a_full_disk_leave_what_there_was(small, disk):
    """safety.md: a store, a backup or a restored store is there whole or not at all."""
    source = small.home / "copy.db"
    assert small("backup", str(source)).code == 0
    content = small.bytes
    fill(disk, 8)
    for words in (("backup", str(disk / "copy.db")), ("restore", str(source), "--yes"), ("init", "--demo", "--yes")):
        assert small(*words, "--json").refusal[:2] == (8, "store_failed")
        assert small.bytes == content
    small.store = disk / "folder" / "other.db"
    assert small(*LIVE, "--json").refusal[:2] == (8, "store_failed")
    assert {path.name for path in disk.iterdir()} == {"contracts.db", "filler", "folder"}
    assert list((disk / "folder").iterdir()) == []
    (disk / "filler").unlink()
    assert small(*LIVE, "--json").code == 0


def test_a_disk_that_is_mounted_read_only_is_read(small, disk):
    """safety.md: looking works, writing is refused, and nothing is changed."""
    content = small.bytes
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert small("show", "--json").json["contract"]["users"] == 10
    assert small("check", "--json").json["ok"] is True
    for words in (UPGRADE, BILL, SPACE, ("backup", str(disk / "copy.db"), "--json"), (*LIVE, "--yes", "--json")):
        assert small(*words).refusal[:2] == (7, "store_denied")
    assert small.bytes == content
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert small(*UPGRADE).code == 0


def test_a_folder_in_which_an_account_may_not_write(small, disk):
    """safety.md: its journal could not be made, so a file of its own doesn't help: no right, nothing changed."""
    small.sql("UPDATE administrators SET uid = ?", ANOTHER)
    os.chown(small.store, ANOTHER, ANOTHER)
    content = small.bytes

    def as_other(*words):
        command = [sys.executable, "-c", RUN, *[str(ANOTHER)] * 3, *words, "--json"]
        environment = {"SUBCTL_STORE": str(small.store), "XDG_CONFIG_HOME": "/nonexistent"}
        return subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)

    assert as_other("show").returncode == 0
    refused = as_other("upgrade", "--users", "20", "--yes")
    assert (refused.returncode, json.loads(refused.stderr)["error"]["code"]) == (7, "store_denied")
    assert small.bytes == content
    os.chown(disk, ANOTHER, ANOTHER)
    assert as_other("upgrade", "--users", "20", "--yes").returncode == 0


@pytest.mark.parametrize("words", [UPGRADE, SPACE], ids=lambda words: words[0])
def test_a_limit_on_the_size_of_files_changes_nothing(demo, words):
    """safety.md: `ulimit -f` is a full disk too; the signal that comes with it kills nothing halfway."""
    after, before = undisturbed(demo, words), rows(demo.store)
    codes = set()
    for blocks in (0, 1, 20, 100, 200):
        content = demo.bytes
        command = ["bash", "-c", f'ulimit -f {blocks}; exec "$@"', "-", sys.executable, "-m", "subctl", *words]
        done = subprocess.run(command, env=demo.environment(), capture_output=True, text=True, check=False)
        codes.add(done.returncode)
        if done.returncode:
            assert json.loads(done.stderr)["error"]["code"] == "store_failed"
            assert rows(demo.store) == before
            assert demo("check", "--json").json["ok"] is True
            assert demo(*words).code == 0
        assert rows(demo.store) == after
        demo.store.write_bytes(content)
    assert codes == {0, 8}


def not_saved(cli, folder):
    """Save five invoices in a folder; return which were not saved, and why, by the exit code and the document."""
    done = cli("list", "invoices", "--save", str(folder), "--json")
    assert (done.code, json.loads(done.err)["error"]["code"]) == (9, "output_failed")
    return {each["number"]: each["error"] for each in json.loads(done.out)["failed"]}


def test_papers_that_the_disk_has_no_room_for(demo, disk):
    """Those that fit are whole, the others are named, nothing lies about, and the book is as it was."""
    for space in ("acme", "atelier"):
        assert demo("space", "set", space, "--e-invoice", "").code == 0
    assert demo("bill", "--today", "2026-07-01").code == 0
    before = demo.bytes
    fill(disk, 25)
    failed = not_saved(demo, disk)
    assert {error["message"].rpartition(": ")[2] for error in failed.values()} == {"No space left on device."}
    there = {f"INV-2026-000{place}" for place in range(1, 6)} - failed.keys()
    assert 1 <= len(there) <= 4
    assert {path.name for path in disk.iterdir()} == {"filler", *(f"{number}.pdf" for number in there)}
    assert all((disk / f"{number}.pdf").read_bytes().rstrip().endswith(b"%%EOF") for number in there)
    assert demo.bytes == before
    (disk / "filler").unlink()
    later = demo("list", "invoices", "--save", str(disk), "--json").json
    assert (later["saved"], later["kept"], later["failed"]) == (5 - len(there), len(there), [])


def test_papers_in_a_folder_that_is_read_only(demo, disk):
    """What a bill run issued stays issued."""
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    done = demo("bill", "--today", "2026-07-01", "--save", str(disk), "--json")
    document = json.loads(done.out)
    assert (done.code, len(document["issued"]), document["saved"]) == (9, 5, 0)
    assert {each["error"]["message"] for each in document["failed"]} == {
        f"{disk}/INV-2026-000{place}.pdf can't be written: Read-only file system." for place in range(1, 6)
    }
    assert demo("check", "--json").json["ok"] is True


SORT = """
import sys
from subctl.store.sorting import in_order
rows = ((place * 7919 % 100_003, "x" * 100) for place in range(100_003))
try:
    print(sum(1 for _ in in_order(rows, 2, 1)))
except OSError as error:
    print(error.strerror)
"""


def test_a_long_list_that_is_sorted_without_room(demo, disk):
    """What waits for its turn is in a temporary file; a disk that has no room for it is told as that."""
    assert demo.python("-c", SORT, SQLITE_TMPDIR=str(demo.home)).out == "100003\n"
    assert demo.python("-c", SORT, SQLITE_TMPDIR=str(disk)).out == "No space left on device\n"


def test_a_disk_that_takes_no_file_of_a_document(demo, disk):
    """`show -o` on a full disk and on one that is read-only: exit 9 by its cause, and nothing is left there."""
    assert demo("upgrade", "--plan", "pro", "--users", "20", "--yes").code == 0
    show = ("show", "INV-2026-0001", "--format", "ubl", "-o", f"{disk}/")
    fill(disk, 0)
    before = sorted(disk.iterdir())
    message = f"{disk}/INV-2026-0001.ubl.xml can't be written:"
    hint = "See whether the disk is full, and who may write there."
    full = demo(*show, SUBCTL_FORMAT="json").refusal
    assert full == (9, "output_failed", f"{message} No space left on device.", hint)
    assert sorted(disk.iterdir()) == before
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    denied = demo(*show, SUBCTL_FORMAT="json").refusal
    assert denied == (9, "output_failed", f"{message} Read-only file system.", hint)
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    (disk / "filler").unlink()
    assert demo(*show, "-q").text == ""
    assert [file.name for file in sorted(disk.iterdir())] == ["INV-2026-0001.ubl.xml"]
