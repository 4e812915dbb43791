"""What a store on a server costs, by hand: `python -m bench.server [--contracts N] [--json]`.

Its own PostgreSQL is begun for it, with Debian's settings. Showing a contract is held against a bare program that asks
the same server for a row, the long runs against the same ones on a file, in turn; all is measured by the clock, for a
server works beside its client.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.floors import ASK
from bench.run import ROUNDS, SUBCTL, Figure, compiled, floor, seconds, table, write_book
from tests.support.cluster import ACCOUNT, ORDINARY, Cluster, cluster

_MONTHS = ("2026-02-01", "2026-03-01", "2026-04-01")


def on(store: str, *words: str) -> None:
    """Run a command on a store, wherever it is."""
    environment = {**os.environ, "SUBCTL_STORE": store, "XDG_CONFIG_HOME": "/nonexistent"}
    subprocess.run([SUBCTL, *words], check=True, stdout=subprocess.DEVNULL, env=environment)


def alternating(*runs: Callable[[], None]) -> list[float]:
    """Return the medians of several runs that take turns, in milliseconds by the clock."""
    times = [[1000 * seconds(run) for run in runs] for _ in range(ROUNDS)]
    return [statistics.median(each) for each in zip(*times, strict=True)]


def show(server: Cluster) -> Figure:
    """Measure what a person or a script waits for."""
    server.create("demo")
    store = server.url("demo")
    on(store, "init", "--demo")
    asked = (ASK, "show", str(server.folder), "demo", ACCOUNT)
    bare, ours = alternating(lambda: floor(*asked), lambda: on(store, "show", "--json"))
    return Figure("show --json", ours, bare, "ms", 1.25)


def long_runs(server: Cluster, folder: Path, contracts: int) -> list[Figure]:
    """Measure bill runs of many contracts and checks of them, on a file and on a server."""
    server.create("book")
    file = folder / "book.csv"
    write_book(file, contracts)
    stores = (server.url("book"), str(folder / "book.db"))
    for store in stores:
        on(store, "init", "--sandbox", "--today", "2026-01-15")
        on(store, "space", "import", str(file))
    bills = zip(*(_both(stores, "bill", "--today", day) for day in _MONTHS), strict=True)
    billed, billed_here = map(sum, bills)
    checks = zip(*(_both(stores, "check") for _ in _MONTHS), strict=True)
    checked, checked_here = map(statistics.median, checks)
    return [
        Figure(f"bill, {contracts} contracts, {len(_MONTHS)} months", billed, billed_here, "s", 2.0),
        Figure("check of them", checked, checked_here, "s", 2.0),
    ]


def _both(stores: tuple[str, str], *words: str) -> list[float]:
    """Return the seconds that a command takes on a server and on a file, one after the other."""
    return [seconds(lambda: on(store, *words)) for store in stores]  # noqa: B023


def main() -> None:
    """Measure all of it, and print the figures as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    compiled()
    with cluster(settings=ORDINARY) as server, tempfile.TemporaryDirectory() as folder:
        figures = [show(server), *long_runs(server, Path(folder), asked.contracts)]
    if asked.json:
        rows = [{**figure._asdict(), "ratio": round(figure.ratio, 3)} for figure in figures]
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
    else:
        table(figures)


if __name__ == "__main__":
    main()
