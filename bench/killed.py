"""A bill run killed in the middle, and the run after it: `python -m bench.killed [CONTRACTS] [SECONDS]`.

Meanwhile other commands save quotes, and wait for their turns. Prints what both runs issued and how long a quote
took; exits with 1 where a number is missing or a period is there twice.
"""

from __future__ import annotations

import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from itertools import count, takewhile
from pathlib import Path

from bench.run import SUBCTL, book, environment, subctl

BILL = (SUBCTL, "bill", "--today", "2026-02-01")


def issued(store: Path) -> tuple[int, int, int]:
    """Return how many invoices there are, how many numbers they span, and how many periods are there twice."""
    with closing(sqlite3.connect(store)) as connection:
        number, span = connection.execute("SELECT count(*), max(id) - min(id) + 1 FROM invoices").fetchone()
        twice = connection.execute("SELECT count(*) - count(DISTINCT space || start) FROM invoices").fetchone()[0]
        return number, span or 0, twice


def quote(store: Path, users: int) -> float:
    """Save a quote of its own, and return the seconds it took."""
    started = time.perf_counter()
    subctl(store, "quote", "--space", "c0000000", "--users", str(100 + users), "--plan", "business")
    return time.perf_counter() - started


def main() -> int:
    """Bill, quote, kill, bill again, and compare."""
    contracts, seconds = int(sys.argv[1]) if sys.argv[1:] else 100_000, float(sys.argv[2]) if sys.argv[2:] else 2.0
    with tempfile.TemporaryDirectory() as folder:
        store = book(Path(folder), contracts)
        end = time.monotonic() + seconds
        run = subprocess.Popen(BILL, env=environment(store), stdout=subprocess.DEVNULL)
        waits = [quote(store, users) for users in takewhile(lambda _: time.monotonic() < end, count(1))]
        run.send_signal(signal.SIGKILL)
        status = run.wait()
        first, *_ = issued(store)
        subctl(store, "bill", "--today", "2026-02-01")
        number, span, twice = issued(store)
    sys.stdout.write(
        f"{contracts} contracts: killed ({status}) after {first} invoices, then {number - first} more, {number} in all;"
        f" {span - number} numbers missing, {twice} periods twice;"
        f" {len(waits)} quotes meanwhile took {statistics.median(waits):.1f} s, at most {max(waits):.1f} s\n"
    )
    return int(span != number or twice > 0 or not 0 < first < number)


if __name__ == "__main__":
    sys.exit(main())
