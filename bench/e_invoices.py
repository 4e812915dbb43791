"""How long an e-invoice takes, against the same invoice as JSON: `python -m bench.e_invoices`.

CPU time, as the median of many that take turns. Exit 1 over budget.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.run import Figure, compiled, subctl, table, together

BUDGET = 1.15
FORMATS = ("ubl", "cii")


def main() -> int:
    """Measure, print a line for each syntax, and tell whether both are within the budget."""
    compiled()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "demo.db")
        subctl(store, "init", "--demo")
        subctl(store, "upgrade", "--plan", "pro", "--users", "20", "--yes")
        show = partial(subctl, store, "show", "INV-2026-0001")
        as_json, *taken = together(partial(show, "--json"), *(partial(show, "--format", name) for name in FORMATS))
    figures = [
        Figure(f"show INV-… --format {name}", each, as_json, "ms", BUDGET)
        for name, each in zip(FORMATS, taken, strict=True)
    ]
    table(figures)
    return int(any(figure.ratio > BUDGET for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
