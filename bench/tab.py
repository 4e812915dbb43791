"""How long a TAB takes that asks the store, against a bare Typer program that reads one row: `python -m bench.tab`.

CPU time, as the median of many that take turns. Exit 1 over budget.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.floors import READ
from bench.run import Figure, compiled, floor, subctl, table, together
from subctl.service.candidates import KINDS

BUDGET = 0.7

DEMO = (
    ("init", "--demo"),
    ("upgrade", "--users", "12", "--yes"),
    ("quote", "--plan", "pro", "--users", "20"),
    ("quote", "--users", "30", "--space", "atelier"),
)


def main() -> int:
    """Measure, print a line for each kind of candidates, and tell whether all are within the budget."""
    compiled()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "demo.db")
        for command in DEMO:
            subctl(store, *command)
        read = partial(floor, READ, "show", str(store), "--json")
        bare, *taken = together(read, *(partial(subctl, store, "__complete", kind) for kind in KINDS))
    figures = [Figure(f"TAB, {kind}", each, bare, "ms", BUDGET) for kind, each in zip(KINDS, taken, strict=True)]
    table(figures)
    return int(any(figure.ratio > BUDGET for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
