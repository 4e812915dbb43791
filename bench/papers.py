"""Many papers at once, by hand: `python -m bench.papers [INVOICES]`, wall time, the median of rounds that take turns.

The floor is typst alone: one process with shared fonts that draws the same papers, from data that are there already.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import sqlite3
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.run import Figure, book, compiled, floor, seconds, subctl, table
from subctl.domain.numbers import INVOICE, number
from subctl.service.access import STORE
from subctl.service.caller import Caller
from subctl.service.document_page import show_document
from subctl.view.papers import pdf
from subctl.view.texts import wording

INVOICES, ROUNDS, BUDGET = 1_000, 3, 2.0

DRAW = """
import json, sys
import typst
layout, given = json.load(open(sys.argv[1]))
fonts = typst.Fonts(include_system_fonts=False)
compiler = typst.Compiler(layout, font_paths=fonts, ignore_system_fonts=True)
for each in given:
    compiler.compile(sys_inputs=each, format="pdf", pdf_standards=["a-3b", "ua-1"], timestamp=0)
"""


def data_of(store: Path, invoices: int) -> list[dict[str, str]]:
    """Return what the layout is given for the newest invoices of a store."""
    account = pwd.getpwuid(os.getuid()).pw_name
    caller = Caller(store, os.getuid(), account, datetime.now(UTC), "show", STORE, wording)
    with sqlite3.connect(store) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM invoices ORDER BY id DESC LIMIT ?", (invoices,))]
    return [pdf.inputs(pdf.sheet_of(show_document(caller, number(INVOICE, each)))) for each in ids]


def measure(folder: Path, invoices: int) -> Figure:
    """Measure `list invoices --save` against typst alone."""
    store, given, shelf = book(folder, 2 * invoices), folder / "given.json", folder / "shelf"
    subctl(store, "bill", "--today", "2026-02-01")
    data = data_of(store, invoices)
    given.write_text(json.dumps((str(pdf.LAYOUT), data)))

    def save() -> None:
        shutil.rmtree(shelf, ignore_errors=True)
        shelf.mkdir()
        subctl(store, "list", "invoices", "-q", "--limit", str(invoices), "--save", str(shelf), "--json")

    times = [(seconds(save), seconds(lambda: floor(DRAW, str(given)))) for _ in range(ROUNDS)]
    saved, drawn = (statistics.median(each) for each in zip(*times, strict=True))
    made = sum(1 for _ in shelf.iterdir())
    return Figure(f"{made} invoices of {len(data)} saved as PDF", saved, drawn, "s", BUDGET)


def main() -> None:
    """Print the figure."""
    invoices = int(sys.argv[1]) if len(sys.argv) > 1 else INVOICES
    compiled()
    with tempfile.TemporaryDirectory() as folder:
        table([measure(Path(folder), invoices)])


if __name__ == "__main__":
    main()
