"""By hand: `python -m byhand.e_invoices [INVOICES] [SEED]` lives random lives and writes all they issue as e-invoices.

Each document, in both syntaxes, is read back by factur-x and held to the invoice field by field; one in twenty goes
before the judge. What differs is printed; then the exit code is 1.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from itertools import count
from multiprocessing import Pool

from tests.support.book.book import Book
from tests.support.book.drawn import story
from tests.support.book.lived import live
from tests.support.issued import WRITTEN, fault, faults, met

_PROCESSES = 2


def main(invoices: int = 20_000, seed: int = 1) -> int:
    """Run until so many invoices were written, and print what was met."""
    begun, found, bad = time.monotonic(), Counter[str](), []
    with Pool(_PROCESSES) as pool:
        for number, seen, wrong in pool.imap_unordered(_one, count(seed)):
            found += seen
            bad += [f"life {number}: {each}" for each in wrong]
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{found[WRITTEN]} of {invoices}, {len(bad)} differ ")
            if found[WRITTEN] >= invoices:
                pool.terminate()
                break
    sys.stdout.write("".join(f"{times:>9}  {what}\n" for what, times in sorted(found.items())))
    sys.stdout.write("".join(f"{line}\n" for line in bad) or "Nothing differs.\n")
    sys.stdout.write(f"{(time.monotonic() - begun) / 60:.0f} minutes\n")
    return 1 if bad else 0


def _one(number: int) -> tuple[int, Counter[str], list[str]]:
    """Live one story, and return what was written of it and what is wrong in that."""
    seen = Counter[str]()
    wrong: list[str] = []

    def write(book: Book) -> None:
        for place, invoice in enumerate(book.seen):
            seen.update(met(invoice))
            wrong.extend(faults(invoice, judged=place % 20 == 0))

    try:
        live(story(number), then=write)
    except Exception as error:  # whatever it is, it is what is looked for
        wrong.append(fault(error))
    return number, seen, wrong


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
