"""The benchmarks, by hand: `python -m bench.run [startup] [bill] [scale] [--json] [--contracts N]`.

Every figure is a ratio against its floor, measured in one run, alternating, as the median of many: CPU time of
the process for commands, wall time for long runs. Nothing here decides whether tests pass.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import subctl as subctl_package
from bench.floors import READ, WRITE
from subctl.store.sqlite.connection import connect
from subctl.store.tables import INVOICES

SUBCTL = str(Path(sys.executable).with_name("subctl"))
ROUNDS, TURNS = 21, 5
"""How often commands are measured, and long runs."""


class Figure(NamedTuple):
    """One measured figure, its floor and the budget for their ratio."""

    what: str
    value: float
    floor: float
    unit: str
    budget: float

    @property
    def ratio(self) -> float:
        """How many times the floor it is."""
        return self.value / self.floor


def environment(store: Path) -> dict[str, str]:
    """Return the environment of a command on a store."""
    return {**os.environ, "SUBCTL_STORE": str(store), "XDG_CONFIG_HOME": str(store.parent)}


def subctl(store: Path, *words: str, language: str = "en") -> None:
    """Run a command on a store; its output is thrown away."""
    seen = {**environment(store), "SUBCTL_LANG": language}
    subprocess.run([SUBCTL, *words], check=True, stdout=subprocess.DEVNULL, env=seen)


def floor(program: str, *words: str) -> None:
    """Run a floor's program."""
    subprocess.run([sys.executable, "-c", program, *words], check=True, stdout=subprocess.DEVNULL)


def cpu(run: Callable[[], None]) -> float:
    """Return the milliseconds of CPU that a child process took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def seconds(run: Callable[[], None]) -> float:
    """Return how long something takes by the clock."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def together(*runs: Callable[[], None]) -> list[float]:
    """Return the medians of several runs that take turns."""
    times = [[cpu(run) for run in runs] for _ in range(ROUNDS)]
    return [statistics.median(each) for each in zip(*times, strict=True)]


def startup(folder: Path) -> list[Figure]:
    """Measure what a person or a script waits for."""
    store, pristine = folder / "demo.db", folder / "pristine.db"
    subctl(store, "init", "--demo")
    connection = sqlite3.connect(folder / "floor.db")
    connection.execute("CREATE TABLE floor (number INTEGER, total INTEGER)")
    connection.commit()
    connection.close()
    shutil.copyfile(store, pristine)

    def order() -> None:
        subctl(store, "upgrade", "--plan", "pro", "--users", "20", "--yes", "--json")

    def fresh_order() -> float:
        shutil.copyfile(pristine, store)
        return cpu(order)

    table, as_json = (READ, "show", str(store)), (READ, "show", str(store), "--json")
    bare, show, quote, french = together(
        lambda: floor(*table),
        lambda: subctl(store, "show"),
        lambda: subctl(store, "quote", "--users", "20", "--dry-run"),
        lambda: subctl(store, "show", language="fr"),
    )
    bare_json, show_json, quote_json = together(
        lambda: floor(*as_json),
        lambda: subctl(store, "show", "--json"),
        lambda: subctl(store, "quote", "--users", "20", "--dry-run", "--json"),
    )
    writes = [(cpu(lambda: floor(WRITE, "add", str(folder / "floor.db"))), fresh_order()) for _ in range(ROUNDS)]
    bare_write, ordered = (statistics.median(each) for each in zip(*writes, strict=True))
    return [
        Figure("show", show, bare, "ms", 1.1),
        Figure("quote --dry-run", quote, bare, "ms", 1.1),
        Figure("show in French, against English", french, show, "ms", 1.1),
        Figure("show --json", show_json, bare_json, "ms", 1.1),
        Figure("quote --dry-run --json", quote_json, bare_json, "ms", 1.1),
        Figure("upgrade --yes --json", ordered, bare_write, "ms", 1.1),
    ]


def write_book(path: Path, contracts: int) -> None:
    """Write a file of new spaces: three plans, 5 to 50 users, two in three of them monthly."""
    chance = random.Random(1)
    with path.open("w") as file:
        file.write("id,name,plan,users,zoom,billing,start,active-users\n")
        for place in range(contracts):
            plan = chance.choice(("starter", "pro", "business"))
            users, zoom, month = chance.randint(5, 50), chance.randint(0, 5), chance.randint(1, 12)
            billing = chance.choice(("monthly", "monthly", "annual"))
            file.write(f"c{place:07d},Customer {place},{plan},{users},{zoom},{billing},2025-{month:02d}-01,5\n")


def book(folder: Path, contracts: int) -> Path:
    """Return a store with so many contracts, entered on 15 January 2026."""
    store, file = folder / f"{contracts}.db", folder / f"{contracts}.csv"
    write_book(file, contracts)
    subctl(store, "init", "--sandbox", "--today", "2026-01-15")
    subctl(store, "space", "import", str(file))
    return store


def insert_again(source: Path, target: Path, first: int) -> float:
    """Return the seconds that inserting the run's invoices by executemany takes, in batches of 1,000.

    `target` is the store as it was before the run: the same definitions, indexes and pragmas, without the triggers.
    """
    with closing(sqlite3.connect(source)) as connection:
        rows = connection.execute(f"SELECT {INVOICES.selected} FROM invoices WHERE id >= ?", (first,)).fetchall()
    with closing(connect(target)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        started = time.perf_counter()
        for place in range(0, len(rows), 1000):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(INVOICES.inserting, rows[place : place + 1000])
            connection.execute("COMMIT")
        return time.perf_counter() - started


def bill(folder: Path, contracts: int) -> list[Figure]:
    """Measure bill runs against inserting the same rows, their memory, and a check against the runs that it checks.

    All take turns, for a machine that others use is busier at one time than at another. What a start costs, that of a
    run with nothing due, is taken off.
    """
    entered = book(folder, contracts)
    turns = [_billed_and_checked(entered, folder) for _ in range(TURNS)]
    before, run, _, base, checked = (statistics.median(each) for each in zip(*turns, strict=True))
    _, _, memory, _, _ = turns[0]  # later ones start with the memory of this process, which has held the rows by then
    return [
        Figure(f"bill, {contracts} contracts", run, base, "s", 3.0),
        Figure("its memory, of 200 MiB", memory, 200.0, "MiB", 1.0),
        Figure("check of it and of a run before", checked, before + run, "s", 1.5),
    ]


def _billed_and_checked(entered: Path, folder: Path) -> tuple[float, float, float, float, float]:
    """Return the seconds of two bill runs, their MiB, the seconds of inserting the second's rows, and of a check."""
    store = Path(shutil.copyfile(entered, folder / "billed.db"))
    before = seconds(lambda: subctl(store, "bill", "--today", "2026-02-01"))
    with closing(sqlite3.connect(store)) as connection:
        first = 1 + connection.execute("SELECT max(id) FROM invoices").fetchone()[0]
    again = Path(shutil.copyfile(store, folder / "again.db"))
    run, nothing_due = (seconds(lambda: subctl(store, "bill", "--today", "2026-03-01")) for _ in range(2))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    base = insert_again(store, again, first)
    checked = seconds(lambda: subctl(store, "check"))
    return before - nothing_due, run - nothing_due, memory, base, checked - nothing_due


def scale(folder: Path, contracts: int) -> list[Figure]:
    """Measure reading one contract in a large store against a store of one."""
    small, large = book(folder, 1), book(folder, contracts)
    figures = []
    for words in (("show",), ("quote", "--users", "40", "--dry-run"), ("list", "spaces", "--limit", "5")):
        space = () if words[0] == "list" else ("--space", "c0000000")
        one, many = together(lambda: subctl(small, *words, *space), lambda: subctl(large, *words, *space))  # noqa: B023
        figures.append(Figure(f"{' '.join(words[:2])}, 1 of {contracts}", many, one, "ms", 1.1))
    return figures


SUITES: dict[str, Callable[[Path, int], list[Figure]]] = {
    "startup": lambda folder, _: startup(folder),
    "bill": bill,
    "scale": scale,
}


def compiled() -> None:
    """Compile the package, as an installation does, even where it's editable."""
    compileall.compile_dir(Path(subctl_package.__file__).parent, quiet=1)


def table(figures: list[Figure]) -> None:
    """Print figures as a table."""
    for figure in figures:
        verdict = "" if figure.ratio <= figure.budget else "  over budget"
        sys.stdout.write(
            f"{figure.what:34} {figure.value:9.1f} {figure.unit:3}  floor {figure.floor:9.1f}"
            f"  ratio {figure.ratio:5.2f} of {figure.budget:.2f}{verdict}\n"
        )


def main() -> None:
    """Run the chosen suites and print their figures as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="*", default=list(SUITES))
    parser.add_argument("--contracts", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    compiled()
    with tempfile.TemporaryDirectory() as folder:
        figures = [figure for name in asked.suites for figure in SUITES[name](Path(folder), asked.contracts)]
    if asked.json:
        rows = [{**figure._asdict(), "ratio": round(figure.ratio, 3)} for figure in figures]
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
    else:
        table(figures)


if __name__ == "__main__":
    main()
