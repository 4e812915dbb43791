"""By hand: `python -m bench.owed [CONTRACTS] [PER CENT]` measures `owed` over a book against the plain grouped query.

So many in a hundred spaces have something open, all others have paid all. What a start costs is taken off.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.run import Figure, book, compiled, seconds, subctl, table

_ROUNDS = 5
_MONTHS = range(2, 8)

GROUPED = """
SELECT space FROM (SELECT space, total AS amount FROM invoices UNION ALL SELECT space, -amount FROM payments)
GROUP BY space HAVING sum(amount) <> 0
"""
"""The floor: which spaces aren't even, and no more."""


def paid(store: Path, per_cent: int) -> int:
    """Enter a receipt for each invoice but the newest of some spaces, and return how many there are.

    They are written past all seals: nothing here checks them.
    """
    with closing(sqlite3.connect(store)) as connection:
        newest = dict(connection.execute("SELECT space, max(id) FROM invoices GROUP BY space").fetchall())
        open_ = {invoice for place, invoice in enumerate(newest.values()) if place % 100 < per_cent}
        rows = list(_receipts(connection, open_))
        connection.executemany(f"INSERT INTO payments VALUES ({', '.join('?' * 11)})", rows)
        connection.commit()
    return len(rows)


def _receipts(connection: sqlite3.Connection, open_: set[int]) -> Iterator[tuple[object, ...]]:
    invoices = connection.execute("SELECT id, space, date, total FROM invoices ORDER BY id").fetchall()
    for place, (invoice, space, day, total) in enumerate(invoices):
        if invoice not in open_:
            parts = json.dumps({"v": 1, "parts": [{"invoice": invoice, "amount": total}]}, separators=(",", ":"))
            yield invoice, space, day, total, "receipt", None, day, "bank", None, str(place), parts


def owed(folder: Path, contracts: int, per_cent: int) -> list[Figure]:
    """Measure what a vendor waits for who asks what is open."""
    store = book(folder, contracts)
    for month in _MONTHS:
        subctl(store, "bill", "--today", f"2026-{month:02d}-01")
    receipts = paid(store, per_cent)

    def grouped() -> None:
        with closing(sqlite3.connect(store)) as connection:
            connection.execute(GROUPED).fetchall()

    one = _median(store, "owed", "--space", "c0000000", "--json")
    whole = _median(store, "owed", "--json") - one
    floor = statistics.median(seconds(grouped) for _ in range(_ROUNDS))
    return [Figure(f"owed, {receipts} payments, {per_cent} % open", whole, floor, "s", 3.0)]


def _median(store: Path, *words: str) -> float:
    return statistics.median(seconds(lambda: subctl(store, *words)) for _ in range(_ROUNDS))


def main(contracts: int = 100_000, per_cent: int = 10) -> None:
    """Print the figure."""
    compiled()
    with tempfile.TemporaryDirectory() as folder:
        table(owed(Path(folder), contracts, per_cent))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
