"""A large book in a coffee break, by hand: `python -m byhand.million [CONTRACTS]` (20,000).

So many contracts are imported, by a run that is killed while it enters them and then by one that isn't; billed, by a
run that is killed and by the one that goes on; a tenth of them is changed by a file, by a run that is killed while it
places the orders and by one that isn't; and all is checked. Meanwhile others save quotes and place orders, and wait
for their turns. Prints how long each run took, its largest memory, and how long others waited; exits with 1 where a
killed import or file left anything, a number is missing, a period is there twice, or the check finds something.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bench.run import SUBCTL, environment, subctl, write_book

BILLED_ON = "2026-02-01"
CHANGED_SHARE = 0.1
"""Such a part of the contracts is changed by a file."""

BILLED_SHARE = 0.4
"""A bill run is killed when so many of the contracts that are due have an invoice."""

PAUSE = 0.7
"""Seconds between a quote or an order of others and the next one."""

LOOKED, CLOSELY = 0.05, 0.001
"""Seconds between two looks whether a run is where it is to be killed."""

GROWN = 1 << 18
"""An import, or a file of changes, has begun to write when the store's own file has so many bytes more."""


class Run:
    """A command as a process of its own."""

    def __init__(self, store: Path, *words: str) -> None:
        quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
        self.words, self._started = words, time.perf_counter()
        self._pid = os.posix_spawn(SUBCTL, [SUBCTL, *words], environment(store), file_actions=quiet)

    def end(self) -> str:
        """Wait until it ends well; return what it took."""
        return self._took(0)

    def kill_when(self, reached: Callable[[], bool], look: float = LOOKED) -> str:
        """Kill it when it is where it is wanted; return what it took until then."""
        while not reached():
            time.sleep(look)
        os.kill(self._pid, signal.SIGKILL)
        return self._took(signal.SIGKILL)

    def _took(self, wanted: int) -> str:
        _, status, usage = os.wait4(self._pid, 0)
        if status != wanted:
            raise SystemExit(f"subctl {' '.join(self.words)} ended with {status}")
        return f"{time.perf_counter() - self._started:7.1f} s {usage.ru_maxrss / 1024:5.0f} MiB"


class Others:
    """Somebody who saves quotes and places orders for a space of his own, in turn."""

    def __init__(self, store: Path) -> None:
        self._store, self._stop = store, threading.Event()
        self.waits: dict[str, list[float]] = {"quote": [], "upgrade": []}
        self._users = 6
        self._phase: dict[str, list[float]] = {}

    def once(self) -> None:
        """Save a quote and place an order, and note how long each took."""
        for command, extra in (("quote", ()), ("upgrade", ("--yes",))):
            self._users += 1
            started = time.perf_counter()
            subctl(self._store, command, "--space", "other", "--users", str(self._users), *extra)
            took = time.perf_counter() - started
            self.waits[command].append(took)
            self._phase.setdefault(command, []).append(took)
            self._stop.wait(PAUSE)

    def beside(self, what: str, run: Callable[[], str]) -> None:
        """Work beside a run, and say how both fared."""
        self._phase = {}
        self._stop.clear()
        thread = threading.Thread(target=self._work)
        thread.start()
        try:
            took = run()
        finally:
            self._stop.set()
            thread.join()
        say(what, took, self._fared())

    def _work(self) -> None:
        while not self._stop.is_set():
            self.once()

    def _fared(self) -> str:
        told = (
            f"{len(waits)} {command}s, {statistics.median(waits):.1f} s, at most {max(waits):.1f}"
            for command, waits in self._phase.items()
        )
        return "; ".join(told)


def asked(store: Path, query: str) -> int:
    """Return the one number that a query gives."""
    with closing(sqlite3.connect(store, timeout=60)) as connection:
        found: int = connection.execute(query).fetchone()[0] or 0
        return found


def killed(what: str, store: Path, file: Path, *words: str) -> str:
    """Run a command on a file, and kill it once it writes to the store's own; return what is wrong afterwards."""
    size, counted = store.stat().st_size, "SELECT (SELECT count(*) FROM spaces) + (SELECT count(*) FROM history)"
    before = asked(store, counted)
    took = Run(store, *words, str(file)).kill_when(lambda: store.stat().st_size > size + GROWN, CLOSELY)
    left = sorted(path.name for path in store.parent.iterdir() if path.suffix != file.suffix and path != store)
    say(f"{what}, killed while it writes", took, f"left beside the store until somebody comes: {', '.join(left)}")
    after = asked(store, counted)
    left = [path.name for path in store.parent.iterdir() if path.suffix != file.suffix and path != store]
    return "" if (before, left) == (after, []) else f"a killed {what} left {after - before} rows and {left}"


def apply(store: Path, others: Others, contracts: int) -> str:
    """Change a part of the contracts by a file, be killed, and do it again; return what is wrong."""
    file, number = store.parent / "wanted.csv", round(contracts * CHANGED_SHARE)
    file.write_text("space,zoom\n" + "".join(f"c{place:07d},9\n" for place in range(number)))
    wrong = killed("apply", store, file, "apply", "--yes")
    orders = "SELECT count(*) FROM orders WHERE space <> 'other'"
    before = asked(store, orders)
    run = Run(store, "apply", str(file), "--yes")
    others.beside(f"apply of {number}", run.end)
    placed = asked(store, orders) - before
    missing = asked(store, "SELECT max(id) - min(id) + 1 - count(*) FROM orders")
    say("", "", f"{placed} orders by the file, {missing} numbers missing")
    return wrong or ("" if (placed, missing) == (number, 0) else f"{placed} orders of {number}, {missing} missing")


def say(what: str, took: str, more: str = "") -> None:
    """Print a line."""
    sys.stdout.write(f"{what:32}{took:20}  {more}\n")
    sys.stdout.flush()


def bill(store: Path, others: Others) -> str:
    """Bill, be killed, and bill on; return what is wrong with the numbers and the periods."""
    due = asked(store, f"SELECT count(*) FROM contracts WHERE billed_until <= '{BILLED_ON}'")
    recurring = "SELECT count(*) FROM invoices WHERE kind = 'recurring'"

    def far() -> bool:
        return asked(store, recurring) >= BILLED_SHARE * due

    run = Run(store, "bill", "--today", BILLED_ON)
    others.beside("bill, killed", lambda: run.kill_when(far))
    first = asked(store, recurring)
    again = Run(store, "bill", "--today", BILLED_ON)
    others.beside("bill, to the end", again.end)
    number = asked(store, recurring)
    missing = asked(store, "SELECT max(id) - min(id) + 1 - count(*) FROM invoices")
    twice = asked(store, "SELECT count(*) - count(DISTINCT space || start) FROM invoices WHERE kind = 'recurring'")
    left = asked(store, f"SELECT count(*) FROM contracts WHERE billed_until <= '{BILLED_ON}'")
    say("", "", f"{first} recurring invoices before the kill, {number - first} after it")
    faults = {"numbers missing": missing, "periods there twice": twice, "contracts still due": left}
    say("", "", ", ".join(f"{count} {what}" for what, count in faults.items()))
    if first == number:
        return "the kill of the bill run came too late: take more contracts"
    return ", ".join(f"{count} {what}" for what, count in faults.items() if count)


def million(folder: Path, contracts: int) -> list[str]:
    """Import, bill and check a book of so many contracts; return what is wrong."""
    store, file = folder / "book.db", folder / "book.csv"
    write_book(file, contracts)
    subctl(store, "init", "--sandbox", "--today", "2026-01-15")
    subctl(store, "space", "add", "other", "--name", "Other", "--plan", "pro", "--users", "5")
    wrong = [killed("import", store, file, "space", "import")]
    others = Others(store)
    entering = Run(store, "space", "import", str(file))
    others.beside(f"import of {contracts}", entering.end)
    wrong += [bill(store, others), apply(store, others, contracts)]
    say("check", Run(store, "check").end())
    quotes, orders = (len(waits) for waits in others.waits.values())
    longest = max(map(max, others.waits.values()))
    say("others", "", f"{quotes} quotes and {orders} orders in all, the longest took {longest:.1f} s")
    return list(filter(None, wrong))


def main(contracts: int = 20_000) -> int:
    """Print what happened, and what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = million(Path(folder), contracts)
    sys.stdout.write("".join(f"WRONG: {each}\n" for each in wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
