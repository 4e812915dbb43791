"""A program for the tests: run one command, and keep what is left of it where it is killed at any of its statements.

Called as `victim.py TEMPLATE FOLDER WORD...`; TEMPLATE is a store, or `-` for none. A process that is killed leaves
what it has written so far, as the system has it, and no lock: so a copy of its folder at the moment when statement N
begins is what a kill at that moment leaves. It is FOLDER/N, with contracts.db, and what was said so far in out and err;
what is there in the end is the last. Where SUBCTL_BESIDE names a store, it is there as moved.db, too. Prints how many
statements there were, and the exit code. The cache is kept at a few pages, so that a killed command has written to the
file itself and leaves a journal to be rolled back. `tests/system/test_faults.py` kills truly.
With `few` as first word even one row of a file is laid out before it is entered, as many are.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import subctl.store.sqlite.backup as backup_module
import subctl.store.sqlite.connection as connection_module
import subctl.store.sqlite.create as create_module
import subctl.store.sqlite.files as files_module
import subctl.store.sqlite.migrate as migrate_module
import subctl.store.sqlite.visit as visit_module
from subctl.cli.app import main
from subctl.service import space_import

_FEW_PAGES = 2


def look_at_each(folder: Path, top: Path) -> Callable[[], int]:
    """Keep what a kill at each statement would leave in a folder, from now on; return how many there were so far.

    A process of its own copies: where this one closed a file, it would lose its locks on it.
    """
    connect, seen = connection_module.connect, 0

    def keep(_: str) -> None:
        nonlocal seen
        seen += 1
        child = os.fork()
        if child == 0:
            shutil.copytree(folder, top / str(seen))
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0

    def watched(path: Path, patience: float | None = None) -> sqlite3.Connection:
        connection = connect(path, patience)
        connection.execute(f"PRAGMA cache_size={_FEW_PAGES}").close()
        connection.set_trace_callback(keep)
        return connection

    for module in (backup_module, create_module, files_module, migrate_module, visit_module):
        setattr(module, "connect", watched)  # noqa: B010  # the type checker knows only what they export
    return lambda: seen


def run(folder: Path, top: Path, words: list[str]) -> tuple[int, int]:
    """Be the command, in a folder; return how many statements it had, and its exit code."""
    said = os.dup(1)
    for stream, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / name, os.O_CREAT | os.O_WRONLY, 0o600), stream)
    os.environ["SUBCTL_STORE"] = str(folder / "contracts.db")
    os.chdir(folder)
    statements = look_at_each(folder, top)
    code = main(words)
    sys.stdout.flush()
    os.dup2(said, 1)
    return statements(), code


def all_places(template: str, top: Path, words: list[str]) -> tuple[int, int]:
    """Keep what a command leaves at each of its statements, and at last; return how many, and its exit code."""
    folder = top / "run"
    folder.mkdir(parents=True)
    if template != "-":
        shutil.copy(template, folder / "contracts.db")
    if "SUBCTL_BESIDE" in os.environ:
        shutil.copy(os.environ["SUBCTL_BESIDE"], folder / "moved.db")
    places, code = run(folder, top, words)
    folder.rename(top / str(places + 1))
    return places, code


if __name__ == "__main__":
    words = sys.argv[3:]
    if words[0] == "few":
        space_import.FEW = 0
        del words[0]
    killed, code = all_places(sys.argv[1], Path(sys.argv[2]), words)
    sys.stdout.write(f"{killed} {code}\n")
