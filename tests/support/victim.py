"""A program for the tests: run one command again and again, killed at its first SQL statement, its second, and so on.

Called as `victim.py TEMPLATE FOLDER WORD...`; TEMPLATE is a store, or `-` for none. The run that is killed at
statement N works in FOLDER/N, on contracts.db there, and writes what it had to say to out and err there; the first run
that lives through is the last. Where SUBCTL_BESIDE names a store, each run finds it as moved.db, too. Prints how many
were killed, and the exit code of the last. The cache is kept at a few pages, so that a killed command has written to
the file itself and leaves a journal to be rolled back.
With `few` as first word even one row of a file is laid out before it is entered, as many are.
All modules are imported beforehand: hundreds of runs need not do it again.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
import signal
import sqlite3
import sys
from pathlib import Path

import subctl
import subctl.store.sqlite.backup as backup_module
import subctl.store.sqlite.connection as connection_module
import subctl.store.sqlite.create as create_module
import subctl.store.sqlite.files as files_module
import subctl.store.sqlite.migrate as migrate_module
import subctl.store.sqlite.visit as visit_module
from subctl.cli.app import main
from subctl.service import identifiers, space_import

_FEW_PAGES = 2


def import_all() -> None:
    """Import what commands import when they need it; stdnum imports each country when it is asked about it."""
    for module in pkgutil.walk_packages(subctl.__path__, "subctl."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    identifiers.check_vat_id("NL123456782B90", "NL")
    identifiers.check_iban("NL91ABNA0417164300")


def kill_at(place: int) -> None:
    """Kill this process when it begins its statement number `place`."""
    connect, seen = connection_module.connect, 0

    def count(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == place:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(path: Path, patience: float | None = None) -> sqlite3.Connection:
        connection = connect(path, patience)
        connection.execute(f"PRAGMA cache_size={_FEW_PAGES}").close()
        connection.set_trace_callback(count)
        return connection

    for module in (backup_module, create_module, files_module, migrate_module, visit_module):
        setattr(module, "connect", watched)  # noqa: B010  # the type checker knows only what they export


def run(folder: Path, words: list[str], place: int) -> None:
    """Be the command: never returns."""
    for stream, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / name, os.O_CREAT | os.O_WRONLY, 0o600), stream)
    os.environ["SUBCTL_STORE"] = str(folder / "contracts.db")
    os.chdir(folder)
    kill_at(place)
    code = main(words)
    sys.stdout.flush()
    os._exit(code)


def all_places(template: str, top: Path, words: list[str]) -> tuple[int, int]:
    """Kill the command at each of its statements in turn; return how many there were, and its exit code."""
    place = 1
    while True:
        folder = top / str(place)
        folder.mkdir(parents=True)
        if template != "-":
            shutil.copy(template, folder / "contracts.db")
        if "SUBCTL_BESIDE" in os.environ:
            shutil.copy(os.environ["SUBCTL_BESIDE"], folder / "moved.db")
        child = os.fork()
        if child == 0:
            run(folder, words, place)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            return place - 1, os.waitstatus_to_exitcode(status)
        place += 1


if __name__ == "__main__":
    import_all()
    words = sys.argv[3:]
    if words[0] == "few":
        space_import.FEW = 0
        del words[0]
    killed, code = all_places(sys.argv[1], Path(sys.argv[2]), words)
    sys.stdout.write(f"{killed} {code}\n")
