"""Faults of a server while orders are placed: what was acknowledged is there, once, and no number is missing.

`python -m byhand.server_faults [TIMES]` lets 8 processes place 50 orders each, stops a server as a crash would 10 times
meanwhile, cuts 50 connections around the end of a transaction and kills 8 clients: all that so many times (5), each
time by other lots, and exits 1 at the first thing that is wrong. The tests do it once.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from tests.support.cli import Cli
from tests.support.cluster import Cluster, cluster
from tests.support.cutter import AFTER, AT_ONCE, BEFORE, Cutter
from tests.support.files import Files
from tests.support.orderer import FIRST
from tests.support.waiting import at_most, pause

WRITERS, ORDERS = 8, 50
STOPS, CUTS = 10, 50
CRASHING, UNDISTURBED = 3, 30
"""Writers to a server that crashes, and the orders of each."""

_SECONDS = 120
_AGAIN = "Nothing was changed. Try again in a moment."


class Book:
    """A sandbox in a database of its own, with a space for each writer; `run` runs commands on it."""

    def __init__(self, server: Cluster, run: Cli, database: str) -> None:
        self.server, self.run, self.database = server, run, database
        server.create(database)
        run.store = server.url(database)
        self.done("init", "--sandbox", "--today", "2026-03-15")
        for place in range(WRITERS):
            words = ("space", "add", f"s{place}", "--name", "S", "--plan", "pro", "--users", str(FIRST))
            self.done(*words, "--start", "2026-03-01")

    def done(self, *words: str) -> None:
        """Run a command that goes well."""
        done = self.run(*words)
        assert done.code == 0, done.err

    @property
    def shown(self) -> str:
        """How it is called where it is reached by a port."""
        return f"postgresql://127.0.0.1/{self.database}"

    @contextmanager
    def behind(self) -> Iterator[Cutter]:
        """Lend a proxy, through which commands go meanwhile."""
        direct = self.run.store
        assert self.server.port is not None
        with Cutter(self.server.port) as proxy:
            self.run.store = self.server.tcp_url(self.database, port=proxy.port)
            yield proxy
        self.run.store = direct

    def begin(self, writer: int, orders: int) -> subprocess.Popen[str]:
        """Begin a program that orders again and again."""
        words = [sys.executable, "-m", "tests.support.orderer", self.run.address, f"s{writer}", str(orders)]
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def check(self, acknowledged: list[str], unknown: int = 0) -> None:
        """Hold all orders there are to those that were acknowledged, and to `subctl check`.

        Of an `unknown` number nobody heard whether they were placed.
        """
        rows = self.server.superuser("SELECT id FROM subctl.orders ORDER BY id", self.database).split()
        there = [f"O-{each[:4]}-{int(each[4:]):04}" for each in rows]
        assert there == [f"O-2026-{place:04}" for place in range(1, len(there) + 1)], there
        assert len(set(acknowledged)) == len(acknowledged), acknowledged
        assert set(acknowledged) <= set(there), set(acknowledged) - set(there)
        assert len(there) - len(acknowledged) <= unknown, set(there) - set(acknowledged)
        assert self.run("check", "--json").json["ok"] is True


def _ended(writer: subprocess.Popen[str]) -> list[str]:
    """Return the orders that a program was acknowledged; it ended well."""
    with at_most(_SECONDS, writer):
        out, err = writer.communicate()
    assert err == "", err
    return out.split()


def many(book: Book) -> None:
    """Let many order at once: each order gets the next number, and nobody is told to come again."""
    writers = [book.begin(place, ORDERS) for place in range(WRITERS)]
    acknowledged = [order for writer in writers for order in _ended(writer)]
    assert len(acknowledged) == WRITERS * ORDERS
    book.check(acknowledged)


def crashes(book: Book, lots: random.Random) -> None:
    """Stop the server in the middle of orders as a crash would: who ordered learns the truth, or finds it himself."""
    writers = [book.begin(place, UNDISTURBED) for place in range(CRASHING)]
    for _ in range(STOPS):
        pause(lots.uniform(0.2, 0.6))
        book.server.stop_now()
        book.server.start()
    acknowledged = [order for writer in writers for order in _ended(writer)]
    assert len(acknowledged) == CRASHING * UNDISTURBED
    book.check(acknowledged)


def cuts(book: Book) -> None:
    """Cut connections: before the end nothing was changed, after it all is done, and the command finds out which."""
    acknowledged = []
    with book.behind() as proxy:
        for place, how in enumerate(islice(cycle((BEFORE, AT_ONCE, AFTER)), CUTS), 1):
            proxy.cut = how
            upgrade = ("upgrade", "--space", "s0", "--users", str(FIRST + place), "--yes", "--json")
            done = book.run(*upgrade)
            assert done.code in {BEFORE: {5}, AT_ONCE: {0, 5}, AFTER: {0}}[how], done.err
            if done.code:
                assert done.refusal == (5, "store_busy", f"The server doesn't answer: {book.shown}.", _AGAIN)
                done = book.run(*upgrade)
            acknowledged.append(done.json["order"])
        assert proxy.cuts == CUTS
    assert len(acknowledged) == CUTS
    book.check(acknowledged)


def kills(book: Book, lots: random.Random) -> None:
    """Kill clients in the middle of orders: what they held is free at once, what they had been told is there."""
    acknowledged: list[str] = []
    for place in range(WRITERS):
        writer = book.begin(place, ORDERS)
        assert writer.stdout is not None
        acknowledged.append(writer.stdout.readline().strip())
        pause(lots.uniform(0, 0.1))
        writer.kill()
        acknowledged += writer.communicate()[0].split()
        book.done("space", "set", f"s{place}", "--reference", "after")
    book.check(acknowledged, unknown=WRITERS)


def main() -> None:
    """Do all of it, so many times."""
    parser = argparse.ArgumentParser()
    parser.add_argument("times", type=int, nargs="?", default=5)
    given = parser.parse_args()
    with cluster(tcp=True) as server, tempfile.TemporaryDirectory() as home:
        for place in range(given.times):
            lots = random.Random(place)
            for scene in (many, lambda book: crashes(book, lots), cuts, lambda book: kills(book, lots)):  # noqa: B023
                run = Cli(Path(home), Files(Path(home)))
                server.drop("book")
                scene(Book(server, run, "book"))
            sys.stdout.write(f"{place + 1}: nothing was lost, doubled or left out\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
