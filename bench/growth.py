"""What growth costs, by hand: `python -m bench.growth [CONTRACTS ...]`; a row for each size of store.

Wall time of each command as a process of its own, the largest memory of the long ones, and bytes a contract.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from bench.run import SUBCTL, environment, write_book

SIZES = (1, 1_000, 100_000)
COMMANDS = {
    "import": ("space", "import"),
    "show": ("show", "--space", "c0000000"),
    "list": ("list", "spaces", "--limit", "5"),
    "quote": ("quote", "--space", "c0000000", "--users", "49", "--as-support"),
    "order": ("upgrade", "--space", "c0000000", "--users", "50", "--yes"),
    "bill": ("bill", "--today", "2026-02-01"),
    "check": ("check",),
}


def run(store: Path, *words: str) -> tuple[float, float]:
    """Run a command; return its seconds and its memory in MiB."""
    started = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawn(SUBCTL, [SUBCTL, *words], environment(store), file_actions=quiet)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"subctl {' '.join(words)} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main() -> None:
    """Print the table, row by row."""
    sys.stdout.write("contracts " + "".join(f"{name:>9}" for name in COMMANDS) + "   MiB  bytes a contract\n")
    for contracts in map(int, sys.argv[1:] or SIZES):
        with tempfile.TemporaryDirectory() as folder:
            store, file = Path(folder) / "book.db", Path(folder) / "book.csv"
            write_book(file, contracts)
            run(store, "init", "--sandbox", "--today", "2026-01-15")
            seconds, memory, size = [], 0.0, 0
            for name, words in COMMANDS.items():
                took, used = run(store, *words, *([str(file)] if name == "import" else []))
                seconds.append(took)
                memory = max(memory, used)
                size = size or store.stat().st_size
            sys.stdout.write(f"{contracts:9} " + "".join(f"{each:9.2f}" for each in seconds))
            sys.stdout.write(f"{memory:6.0f} {size / contracts:9.0f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
