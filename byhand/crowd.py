"""A crowd at one store: processes that quote, order and bill at once, each answer held against what is there.

`python -m byhand.crowd [PROCESSES [EACH]]` (8 and 50) says how many quotes, orders and invoices were
acknowledged, how often a process was told to come again, and what is wrong; it exits 1 where anything is. One of
them also lets the months pass, so that quotes expire and invoices fall due while the others work. `store_busy` and a
quote that expired are answers like any other (safety.md): a process that gets one tries again.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from itertools import chain
from pathlib import Path
from typing import Any

from subctl.cli.app import main as subctl
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number
from tests.support.cli import Cli
from tests.support.files import Files

TRIES = 20
AGAIN = {"store_busy", "quote_expired", "quote_stale"}
SERIES = {"quotes": QUOTE, "orders": ORDER, "invoices": INVOICE}


class Worker:
    """One process of the crowd, at a space of its own; the leader moves the day on."""

    def __init__(self, space: str, *, leads: bool) -> None:
        self.space, self.leads = space, leads
        self.told: dict[str, list[str]] = {series: [] for series in SERIES}
        self.again: Counter[str] = Counter()

    def run(self, *words: str) -> dict[str, Any] | None:
        """Run a command; return its document, or nothing where it is worth another try."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = subctl([*words, "--json"])
        if code == 0:
            document: dict[str, Any] = json.loads(out.getvalue())
            return document
        error = json.loads(err.getvalue())["error"]["code"]
        assert error in AGAIN, err.getvalue()
        self.again[error] += 1
        return None

    def turn(self, place: int) -> None:
        """Quote and order a user more, then bill."""
        users = str(6 + place)
        self._until(lambda: self._ordered(users, by_quote=place % 2 == 0))
        day = (f"{2026 + (place + 3) // 12}-{(place + 3) % 12 + 1:02}-01",) if self.leads else ()
        self._until(lambda: self._billed(*(("--today", *day) if day else ())))

    def _until(self, done: Callable[[], bool]) -> None:
        assert any(done() for _ in range(TRIES)), dict(self.again)

    def _ordered(self, users: str, *, by_quote: bool) -> bool:
        quote = self.run("quote", "--space", self.space, "--users", users)
        if quote is None:
            return False
        self.told["quotes"].append(quote["quote"])
        words = ("order", quote["quote"]) if by_quote else ("upgrade", "--space", self.space, "--users", users, "--yes")
        order = self.run(*words)
        if order is None:
            return False
        self.told["orders"].append(order["order"])
        self.told["invoices"] += order["issued"]
        return True

    def _billed(self, *words: str) -> bool:
        bill = self.run("bill", *words)
        if bill is None:
            return False
        self.told["invoices"] += [item["number"] for item in bill["issued"]]
        return True


def work(space: str, each: int, *, leads: bool) -> None:
    """Be a process of the crowd; say on stdout what was acknowledged."""
    worker = Worker(space, leads=leads)
    for place in range(each):
        worker.turn(place)
    sys.stdout.write(json.dumps({**worker.told, "again": worker.again}))


def crowd(cli: Cli, processes: int, each: int) -> dict[str, Any]:
    """Let a crowd loose on the store of `cli`; return what was acknowledged, and what is wrong."""
    spaces = [f"s{place}" for place in range(processes)]
    assert cli("init", "--sandbox", "--today", "2026-03-15").code == 0
    for space in spaces:
        assert cli("space", "add", space, "--name", "S", "--plan", "pro", "--users", "5").code == 0
    started = time.monotonic()
    workers = [_start(cli, space, each, leads=space == spaces[0]) for space in spaces]
    told = [json.loads(worker.communicate()[0] or "null") for worker in workers]
    seconds = time.monotonic() - started
    assert [worker.returncode for worker in workers] == [0] * processes
    again: Counter[str] = Counter()
    for each_told in told:
        again.update(each_told["again"])
    numbers = {series: list(chain.from_iterable(one[series] for one in told)) for series in SERIES}
    wrong = [fault for series in SERIES for fault in _wrong(cli, series, numbers[series])]
    check = cli("check", "--json")
    counts = {series: len(set(found)) for series, found in numbers.items()}
    wrong += [] if check.code == 0 else [check.out + check.err]
    return {"seconds": round(seconds, 1), **counts, "again": dict(again), "wrong": wrong}


def _start(cli: Cli, space: str, each: int, *, leads: bool) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "byhand.crowd", "--work", space, "--each", str(each)]
    root = Path(__file__).parents[1]
    return subprocess.Popen(
        command + ["--leads"] * leads, cwd=root, env=cli.environment(), stdout=subprocess.PIPE, text=True
    )


def _wrong(cli: Cli, series: str, told: list[str]) -> list[str]:
    """Hold what was acknowledged against what is there: the same, each once, numbered without a gap."""
    ids = [row[0] for row in cli.sql(f"SELECT id FROM {series} ORDER BY id")]
    there = [number(SERIES[series], each) for each in ids]
    faults = []
    if series != "quotes" and (doubled := [each for each, times in Counter(told).items() if times > 1]):
        faults.append(f"acknowledged twice: {doubled}")
    if set(told) != set(there):
        faults.append(f"lost: {sorted(set(told) - set(there))}; unasked for: {sorted(set(there) - set(told))}")
    places: Counter[str] = Counter()
    for name in there:
        year = name.split("-")[1]
        places[year] += 1
        if int(name.split("-")[2]) != places[year]:
            faults.append(f"a gap before {name}")
    return faults


def main(arguments: list[str] | None = None) -> int:
    """Let a crowd loose on a new store, and say how it went."""
    parser = argparse.ArgumentParser(prog="python -m byhand.crowd")
    parser.add_argument("processes", nargs="?", type=int, default=8)
    parser.add_argument("orders", nargs="?", type=int, default=50)
    parser.add_argument("--work", metavar="SPACE", help=argparse.SUPPRESS)
    parser.add_argument("--each", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--leads", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.work:
        work(given.work, given.each, leads=given.leads)
        return 0
    with tempfile.TemporaryDirectory() as top:
        found = crowd(Cli(Path(top), Files(Path(top))), given.processes, given.orders)
    sys.stdout.write(json.dumps(found) + "\n")
    return 1 if found["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
