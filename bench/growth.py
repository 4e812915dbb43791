"""What growth costs, by hand: `python -m bench.growth [--server] [CONTRACTS ...]`; a row for each size of store.

Wall time of each command as a process of its own, the largest memory of them all, and bytes a contract once all are
entered; on a file, or on a PostgreSQL that is begun for it. `remind` reminds of every invoice that the run issued.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from bench.run import SUBCTL, compiled, write_book
from tests.support.cluster import ORDINARY, Cluster, cluster

SIZES = (1, 1_000, 100_000)
COMMANDS = {
    "import": ("space", "import"),
    "show": ("show", "--space", "c0000000"),
    "list": ("list", "spaces", "--limit", "5"),
    "quote": ("quote", "--space", "c0000000", "--users", "49", "--as-support"),
    "order": ("upgrade", "--space", "c0000000", "--users", "50", "--yes"),
    "bill": ("bill", "--today", "2026-02-01"),
    "pay": ("pay", "--space", "c0000000", "--amount", "1.00", "--yes"),
    "owed": ("owed",),
    "remind": ("remind", "--today", "2026-04-01", "--yes"),
    "journal": ("journal",),
    "check": ("check",),
}


def run(store: str, *words: str) -> tuple[float, float]:
    """Run a command; return its seconds and its memory in MiB."""
    started = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    seen = {**os.environ, "SUBCTL_STORE": store, "XDG_CONFIG_HOME": "/nonexistent"}
    process = os.posix_spawn(SUBCTL, [SUBCTL, *words, "-q"], seen, file_actions=quiet)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"subctl {' '.join(words)} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


@contextmanager
def places(*, on_server: bool) -> Iterator[Iterator[tuple[str, Path]]]:
    """Lend new stores, one after the other: what each is called, and the file or the folder that it grows in."""
    if on_server:
        with cluster(settings=ORDINARY) as server:
            yield _databases(server)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield ((str(file), file) for file in (Path(folder) / f"{place}.db" for place in count()))


def _databases(server: Cluster) -> Iterator[tuple[str, Path]]:
    for place in count():
        server.create(f"book{place}")
        yield server.url(f"book{place}"), server.folder


def size(place: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    files = place.rglob("*") if place.is_dir() else (place,)
    return sum(file.stat().st_size for file in files if file.is_file())


def main() -> None:
    """Print the table, row by row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", action="store_true")
    parser.add_argument("contracts", nargs="*", type=int, default=SIZES)
    asked = parser.parse_args()
    compiled()
    sys.stdout.write("contracts " + "".join(f"{name:>8}" for name in COMMANDS) + "  MiB  bytes a contract\n")
    with places(on_server=asked.server) as stores, tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.csv"
        for contracts, (store, place) in zip(asked.contracts, stores, strict=False):
            write_book(book, contracts)
            run(store, "init", "--sandbox", "--today", "2026-01-15")
            before, seconds, memory, grown = size(place), [], 0.0, 0
            for name, words in COMMANDS.items():
                took, used = run(store, *words, *([str(book)] if name == "import" else []))
                seconds.append(took)
                memory, grown = max(memory, used), grown or size(place) - before
            sys.stdout.write(f"{contracts:9} " + "".join(f"{each:8.2f}" for each in seconds))
            sys.stdout.write(f"{memory:5.0f} {grown / contracts:9.0f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
