"""The power goes while orders are placed: what was acknowledged before is there when the file system comes back.

`python -m byhand.powercut [CUTS] [--synchronous FULL]` makes an ext4 image, places orders and issues invoices
on it, and shuts the file system down without letting it write anything more (EXT4_IOC_SHUTDOWN, NOLOGFLUSH): what
wasn't synced is gone. Mounted again, every acknowledged number must be there and `subctl check` be clean. Half of
the cuts come right after an acknowledgement, half a few milliseconds later. It needs root and a loop device. A weaker
`--synchronous` shows what subctl's own (EXTRA) is for; then it exits 1, because orders are lost.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import io
import json
import os
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, redirect_stdout
from itertools import count
from pathlib import Path
from typing import Any

import subctl.store.sqlite.connection as connection_module
import subctl.store.sqlite.visit as visit_module
from subctl.cli.app import main as subctl
from subctl.domain.numbers import INVOICE, ORDER, number
from tests.support.cli import Cli
from tests.support.files import Files

SHUTDOWN, WITHOUT_THE_LOG = 0x8004587D, 2
TURNS_A_MONTH = 5


def write(store: str, synchronous: str) -> None:
    """Place orders up and down and bill, without end; say on stdout which numbers each command acknowledged."""
    os.environ["SUBCTL_STORE"] = store
    connect = connection_module.connect

    def weaker(path: Path, patience: float | None = None) -> connection_module.Connection:
        connection = connect(path, patience)
        connection.execute(f"PRAGMA synchronous={synchronous}").close()
        return connection

    visit_module.connect = weaker  # type: ignore[attr-defined]  # the type checker knows only what it exports
    for words in _orders():
        said = io.StringIO()
        with redirect_stdout(said):
            code = subctl([*words, "--json"])
        if code:
            sys.exit(code)
        sys.stdout.write(json.dumps(_numbers(json.loads(said.getvalue()))) + "\n")
        sys.stdout.flush()


def _orders() -> Iterator[tuple[str, ...]]:
    for turn in count():
        month = turn // TURNS_A_MONTH + 3
        if turn % TURNS_A_MONTH == 0:
            yield "bill", "--today", f"{2026 + month // 12}-{month % 12 + 1:02}-01"
        elif turn % TURNS_A_MONTH % 2:
            yield "upgrade", "--space", "atelier", "--users", "20", "--yes"
        else:
            yield "downgrade", "--space", "atelier", "--users", "12", "--yes"


def _numbers(document: dict[str, Any]) -> list[str]:
    issued = [item["number"] if isinstance(item, dict) else item for item in document["issued"]]
    return [*issued, *([document["order"]] if document.get("order") else [])]


@contextlib.contextmanager
def mounted(image: Path, place: Path) -> Iterator[None]:
    """Mount an image."""
    subprocess.run(["mount", "-o", "loop", image, place], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", place], check=True)


def new_image(top: Path) -> tuple[Path, Path]:
    """Make a small file system in a file; return the file, and a place to mount it at."""
    image, place = top / "image", top / "disk"
    with image.open("wb") as file:
        file.truncate(32 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    place.mkdir()
    return image, place


def cut(place: Path) -> None:
    """Take the power away from a file system."""
    folder = os.open(place, os.O_RDONLY)
    fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", WITHOUT_THE_LOG))
    os.close(folder)


def orders_until_the_cut(cli: Cli, place: Path, acknowledgements: int, delay: float, synchronous: str) -> list[str]:
    """Place orders, cut the power after so many of them, and return every number that was acknowledged."""
    command = [sys.executable, "-m", "byhand.powercut", "--write", str(cli.store), "--synchronous", synchronous]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=cli.environment()) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(acknowledgements)]
        time.sleep(delay)
        cut(place)
        rest, err = writer.communicate()
    assert json.loads(err)["error"]["code"] in {"store_failed", "store_damaged"}, err.decode()
    return [each for line in [*lines, *rest.splitlines()] for each in json.loads(line)]


def one_cut(top: Path, acknowledgements: int, delay: float, synchronous: str) -> tuple[int, list[str]]:
    """Cut once; return how many numbers were acknowledged, and what is wrong afterwards."""
    image, place = new_image(top)
    cli = Cli(top / "home", Files(top))
    cli.home.mkdir()
    cli.store = place / "contracts.db"
    with mounted(image, place):
        assert cli("init", "--demo").code == 0
        numbers = orders_until_the_cut(cli, place, acknowledgements, delay, synchronous)
    with mounted(image, place):
        lost = sorted(set(numbers) - _kept(cli.store))
        found = cli("check", "--json")
    wrong = [f"lost: {', '.join(lost)}"] if lost else []
    return len(numbers), wrong + ([f"check: {found.out}{found.err}"] if found.code else [])


def _kept(store: Path) -> set[str]:
    """Return the numbers of all orders and invoices in a store."""
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute(f"SELECT '{ORDER}', id FROM orders UNION ALL SELECT '{INVOICE}', id FROM invoices")
        return {number(series, document) for series, document in rows}


def main(arguments: list[str] | None = None) -> int:
    """Cut the power again and again and say what was lost."""
    parser = argparse.ArgumentParser(prog="python -m byhand.powercut")
    parser.add_argument("cuts", nargs="?", type=int, default=10)
    parser.add_argument("--synchronous", default="EXTRA", choices=["EXTRA", "FULL", "NORMAL"])
    parser.add_argument("--write", metavar="STORE", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.write:
        write(given.write, given.synchronous)
    acknowledged, wrong = 0, []
    for turn in range(given.cuts):
        with tempfile.TemporaryDirectory() as top:
            seen, faults = one_cut(Path(top), 3 + 5 * turn, 0.003 * turn * (turn % 2), given.synchronous)
        acknowledged += seen
        wrong += [f"cut {turn + 1}: {fault}" for fault in faults]
    sys.stdout.write(json.dumps({"cuts": given.cuts, "acknowledged": acknowledged, "wrong": wrong}) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
