"""By hand: `python -m bench.payments [CONTRACTS] [PER CENT]` measures what is done over a whole book of payments.

So many in a hundred spaces have something open, all others have paid all; every fourth pays by direct debit. Each
command is held against a program that does the least: reads or inserts the same rows. All is CPU time;
what a start costs is taken off.
"""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from bench.run import SUBCTL, Figure, book, compiled, environment, subctl, table
from subctl.domain.numbers import INVOICE, number
from subctl.store.sqlite.connection import connect
from subctl.store.tables import BUYERS, INVOICES, PAYMENTS

_MONTHS = range(2, 8)
_LATER = "2026-08-20"
_MEMORY = 200.0
"""MiB that a command may take, however large the book."""

GROUPED = """
SELECT space FROM (SELECT space, total AS amount FROM invoices UNION ALL SELECT space, -amount FROM payments)
GROUP BY space HAVING sum(amount) <> 0
"""
"""The floor of all that asks who owes: which spaces aren't even, and no more."""

_FOURTH = "buyer % 4 = 0"


def debited(store: Path) -> None:
    """Give every fourth space a mandate; all of this is written past all seals: nothing here checks them."""
    own = {"id": "spaces.buyer + ?", "payment": "'direct-debit'", "iban": "?", "mandate": "'M-' || spaces.id"}
    values = ", ".join(own.get(column, f'buyers."{column}"') for column in BUYERS.columns)
    with closing(connect(store)) as connection:
        above = connection.execute("SELECT max(id) FROM buyers").fetchone()[0]
        above += -above % 4
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            f"INSERT INTO buyers ({', '.join(BUYERS.columns)}) SELECT {values} FROM spaces"
            f" JOIN buyers ON buyers.id = spaces.buyer WHERE {_FOURTH}",
            (above, "NL91ABNA0417164300"),
        )
        connection.execute(f"UPDATE spaces SET buyer = buyer + ? WHERE {_FOURTH}", (above,))
        connection.execute(
            "INSERT INTO mandates SELECT row_number() OVER (ORDER BY id), 'M-' || id, id, '2026-01-15', '2026-01-10',"
            f" 'CORE', 'NL91ABNA0417164300' FROM spaces WHERE {_FOURTH}"
        )
        connection.execute("COMMIT")


def paid(store: Path, per_cent: int) -> int:
    """Enter a receipt for each invoice but the newest of some spaces, and return how many there are."""
    open_ = (
        "SELECT newest FROM (SELECT max(id) AS newest, row_number() OVER (ORDER BY space) AS place FROM invoices"
        " GROUP BY space) WHERE place % 100 < ?"
    )
    parts = """'{"v":1,"parts":[{"invoice":' || id || ',"amount":' || total || '}]}'"""
    receipts = f"SELECT id, space, date, total, 'receipt', NULL, date, 'bank', NULL, id, {parts} FROM invoices"
    with closing(connect(store)) as connection:
        return connection.execute(
            f"INSERT INTO payments {receipts} WHERE id NOT IN ({open_}) ORDER BY id", (per_cent,)
        ).rowcount


def statement(store: Path, file: Path) -> int:
    """Write a bank statement that pays every open invoice of who pays by transfer; return its bookings."""
    query = (
        "SELECT invoices.id, total FROM invoices JOIN buyers ON buyers.id = invoices.buyer"
        " WHERE payment <> 'direct-debit' AND invoices.id NOT IN (SELECT id FROM payments) ORDER BY invoices.id"
    )
    with closing(sqlite3.connect(store)) as connection, file.open("w") as opened:
        writer = csv.writer(opened)
        writer.writerow(("date", "amount", "reference", "text", "name", "iban", "id"))
        bookings = 0
        for bookings, (invoice, total) in enumerate(connection.execute(query), 1):  # noqa: B007  # the last one counts
            writer.writerow((_LATER, f"{total / 100:.2f}", "", number(INVOICE, invoice), "", "", f"B{invoice}"))
    return bookings


def read_all(store: Path) -> None:
    """Read the rows that a journal is made of, and write each as a line: its floor."""
    with closing(sqlite3.connect(store)) as connection, Path(os.devnull).open("w") as nowhere:
        writer = csv.writer(nowhere)
        for rows in (INVOICES, PAYMENTS):
            writer.writerows(connection.execute(f"SELECT {rows.selected} FROM {rows.name} ORDER BY id"))


def grouped(store: Path) -> None:
    """Find the spaces that aren't even."""
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(GROUPED).fetchall()


def spent(least: Callable[[], None]) -> float:
    """Return the CPU seconds that something takes in this process."""
    started = time.process_time()
    least()
    return time.process_time() - started


def run(store: Path, *words: str) -> tuple[float, float]:
    """Run a command; return its CPU seconds and its memory in MiB."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawn(SUBCTL, [SUBCTL, *words], environment(store), file_actions=quiet)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"subctl {' '.join(words)} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def inserted_again(before: Path, after: Path) -> float:
    """Return the CPU seconds that it takes to insert the payments that a command entered by executemany."""
    copied = Path(shutil.copyfile(before, before.with_name("floor.db")))
    new = f"SELECT {PAYMENTS.selected} FROM payments WHERE id > (SELECT max(id) FROM earlier.payments)"
    with closing(sqlite3.connect(after)) as reader, closing(connect(copied)) as connection:
        reader.execute("ATTACH ? AS earlier", (str(before),))
        rows = reader.execute(new).fetchall()
        connection.execute("BEGIN IMMEDIATE")
        took = spent(lambda: connection.insert(PAYMENTS, rows))
        connection.execute("ROLLBACK")
        return took


class Bench:
    """A book with payments, and what is measured on copies of it."""

    def __init__(self, folder: Path, contracts: int, per_cent: int) -> None:
        self.store, self.statement = book(folder, contracts), folder / "statement.csv"
        debited(self.store)
        for month in _MONTHS:
            subctl(self.store, "bill", "--today", f"2026-{month:02d}-01")
        receipts = paid(self.store, per_cent)
        bookings = statement(self.store, self.statement)
        sys.stdout.write(f"{contracts} contracts, {receipts} payments, {per_cent} % open, {bookings} bookings\n")
        self.copy = folder / "copied.db"
        self._start, _ = run(self.store, "owed", "--space", "c0000000", "--json", "--today", _LATER)

    def run(self, *words: str) -> tuple[float, float]:
        """Run a command on a copy of the store; return its CPU seconds but for a start's, and its memory."""
        shutil.copyfile(self.store, self.copy)
        self.copy.chmod(0o600)
        took, memory = run(self.copy, *words, "--today", _LATER)
        return took - self._start, memory

    def figures(self) -> Iterator[Figure]:
        """Measure what a vendor waits for at the end of a month, each time and each memory."""
        collection = str(self.store.with_name("collection.xml"))
        owed = self.run("owed", "--json")
        yield from _figures("owed", owed, spent(lambda: grouped(self.copy)), 3.0)
        yield from _figures("remind, of owed", self.run("remind", "--yes", "--json"), owed[0], 4.0)
        yield from _figures("collect, of owed", self.run("collect", collection, "--yes", "--json"), owed[0], 4.0)
        yield from _figures("journal", self.run("journal", "--as", "csv"), spent(lambda: read_all(self.copy)), 6.0)
        entered = self.run("pay", "--from", str(self.statement), "--yes", "--json")
        yield from _figures("pay --from", entered, inserted_again(self.store, self.copy), 50.0)


def _figures(name: str, measured: tuple[float, float], floor: float, budget: float) -> Iterator[Figure]:
    took, memory = measured
    yield Figure(name, took, floor, "s", budget)
    yield Figure("  its memory", memory, _MEMORY, "MiB", 1.0)


def main(contracts: int = 100_000, per_cent: int = 10) -> None:
    """Print the figures."""
    compiled()
    with tempfile.TemporaryDirectory() as folder:
        for figure in Bench(Path(folder), contracts, per_cent).figures():
            table([figure])
            sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
