"""Sorting more rows than memory holds: they wait in a temporary file, which goes with the connection."""

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from subctl.store.tables import Row


def in_order(rows: Iterable[Row], columns: int, keys: int) -> Iterator[Row]:
    """Yield rows of so many columns by the first `keys` of them, which no two have in common.

    OSError where the disk has no room for what waits.
    """
    names = [f"c{place}" for place in range(columns)]
    key = ", ".join(names[:keys])
    marks = ", ".join("?" * columns)
    with closing(sqlite3.connect("", isolation_level=None)) as waiting:
        try:
            waiting.execute(f"CREATE TABLE rows ({', '.join(names)}, PRIMARY KEY ({key})) WITHOUT ROWID")
            waiting.execute("BEGIN")
            waiting.executemany(f"INSERT INTO rows VALUES ({marks})", rows)
        except sqlite3.OperationalError as error:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        yield from waiting.execute(f"SELECT * FROM rows ORDER BY {key}")
