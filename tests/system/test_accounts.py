"""Another account of this machine: kept out by the file, or by the roles; let in by an administrator (safety.md).

The accounts and the group are made for the test and removed after it, so this needs root.
"""

import grp
import json
import os
import pwd
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.accounts import RUN

COMMANDS = [
    ("show",), ("show", "INV-2026-0001"), ("list", "invoices"), ("quote", "--users", "20"),
    ("upgrade", "--users", "20", "--yes"), ("downgrade", "--users", "8", "--yes"), ("order", "Q-2026-0001"),
    ("cancel", "--yes"), ("withdraw", "O-2026-0001", "--yes"), ("bill",), ("apply", "FILE", "--yes"), ("export",),
    ("compare", "--users", "20"), ("forecast",), ("catalog", "export"), ("space", "set", "acme", "--name", "X"),
    ("space", "add", "b", "--name", "B", "--plan", "pro", "--users", "1"), ("admin", "list"), ("admin", "add", "root"),
    ("history",), ("check",), ("backup", "/tmp/none/copy"),
]  # fmt: skip
NAME, GROUP = f"subctl-o{os.getpid()}", f"subctl-g{os.getpid()}"


@pytest.fixture(scope="module")
def other():
    """An account of nobody's, in a group that shares stores."""
    assert os.getuid() == 0, "These tests make an account: run them as root."
    subprocess.run(["groupadd", "-f", GROUP], check=True)
    subprocess.run(["useradd", "-M", "-G", GROUP, NAME], check=True)
    yield pwd.getpwnam(NAME)
    subprocess.run(["userdel", NAME], check=True)
    subprocess.run(["groupdel", GROUP], check=True)


@pytest.fixture
def place():
    """A folder that every account can reach."""
    folder = Path(
        subprocess.run(
            ["mktemp", "-d", "/var/tmp/subctl.XXXX"], capture_output=True, text=True, check=True
        ).stdout.strip()
    )
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def run_as(account, store, *words):
    """Run a command as another account; return its exit code and the code of its error."""
    group = grp.getgrnam(GROUP).gr_gid
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(account.pw_uid), str(account.pw_gid), str(group), *words, "--json"],
        env={"SUBCTL_STORE": str(store), "XDG_CONFIG_HOME": "/nonexistent", "PATH": "/usr/bin:/bin"},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stderr)["error"]["code"] if done.stderr else None


def subctl(store, *words):
    """Run a command as root."""
    environment = {**os.environ, "SUBCTL_STORE": str(store), "XDG_CONFIG_HOME": str(store.parent)}
    subprocess.run([sys.executable, "-m", "subctl", *words], env=environment, capture_output=True, check=True)


@pytest.mark.parametrize("kind", ["private", "group"])
def test_another_account_is_refused_everything(other, place, kind):
    """safety.md: exit 7; in a private store by the file, in a shared one by the roles; nothing is changed."""
    store = place / "shared" / "contracts.db"
    if kind == "private":
        store.parent.mkdir(mode=0o755)
        store.parent.chmod(0o755)
    subctl(store, "init", "--demo", *(("--group", GROUP) if kind == "group" else ()))
    if kind == "group":
        store.parent.parent.chmod(0o755)
    subctl(store, "quote", "--users", "30")
    subctl(store, "upgrade", "--users", "12", "--yes")
    before = [row for row in _rows(store) if row]
    code = "store_denied" if kind == "private" else "not_administrator"
    file = place / "states.csv"
    file.write_text("space,users\nacme,12\n")
    done = {
        words: run_as(other, store, *(str(file) if word == "FILE" else word for word in words)) for words in COMMANDS
    }
    assert done == dict.fromkeys(COMMANDS, (7, code))
    assert [row for row in _rows(store) if row] == before


def _rows(store):

    with closing(sqlite3.connect(store)) as connection:
        return [
            connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("orders", "quotes", "steps", "spaces")
        ]


def test_an_administrator_of_a_space_may_what_concerns_it(other, place):
    """safety.md: once added, in the shared store; the rest of the store stays out of sight."""
    store = place / "shared" / "contracts.db"
    subctl(store, "init", "--demo", "--group", GROUP)
    subctl(store, "admin", "add", NAME, "--space", "acme")
    assert run_as(other, store, "upgrade", "--users", "20", "--yes") == (0, None)
    assert run_as(other, store, "show", "--space", "atelier") == (7, "not_administrator")
    assert run_as(other, store, "check") == (7, "not_administrator")
    assert store.stat().st_mode & 0o777 == 0o660


@pytest.mark.parametrize("kind", ["link", "foreign", "open to all"])
def test_a_store_that_could_be_somebody_elses_is_refused(other, place, kind):
    """safety.md: each with its reason, exit 7."""
    store = place / "contracts.db"
    subctl(store, "init", "--demo")
    asked = store
    if kind == "link":
        os.chown(store, other.pw_uid, -1)
        asked = place / "link.db"
        asked.symlink_to(store)
    elif kind == "foreign":
        store.chmod(0o644)
    else:
        os.chown(store, other.pw_uid, -1)
        store.chmod(0o666)
    assert run_as(other, asked, "show") == (7, "store_denied")
