"""By hand: `python -m byhand.books [BOOKS] [--seed N]` settles so many random books beside the slow reading.

Documents, credit notes, withdrawals, corrections, receipts with and without parts, refunds, returns and undos, in any
order of entry, on each of their days. Those that differ are made shorter and the first are printed: the exit code is 1.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from multiprocessing import Pool
from random import Random

from tests.support.paid_book import PaidBook, paid_book
from tests.support.settled import hold

_PROCESSES = 2
_LONGEST = 30
_SHOWN = 5


def main() -> int:
    """Run, print what differs as it is found, and at the end what was met."""
    options = argparse.ArgumentParser(prog="byhand.books")
    options.add_argument("books", type=int, nargs="?", default=10_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    begun, met, bad = time.monotonic(), Counter[str](), 0
    with Pool(_PROCESSES) as pool:
        for found, why in pool.imap_unordered(_one, range(asked.seed, asked.seed + asked.books), chunksize=20):
            met += found
            bad += bool(why)
            sys.stdout.write(why if bad <= _SHOWN else "")
    for what, times in sorted(met.items()):
        sys.stdout.write(f"{times:>10}  {what}\n")
    minutes = (time.monotonic() - begun) / 60
    sys.stdout.write(f"{asked.books} books from {asked.seed} on in {minutes:.1f} minutes: {bad} differ.\n")
    return 1 if bad else 0


def _one(number: int) -> tuple[Counter[str], str]:
    """Hold one book; of one that differs return the shortest with this number that still does, and how."""
    book = paid_book(Random(number), _LONGEST)
    if not _why(book, number):
        return book.met, ""
    book = next(
        one for one in (paid_book(Random(number), length) for length in range(1, _LONGEST + 1)) if _why(one, number)
    )
    return Counter(), f"Book {number} differs.\n{book.documents}\n{book.payments}\n{_why(book, number)}\n"


def _why(book: PaidBook, number: int) -> str:
    try:
        hold(book, Random(number))
    except Exception:  # whatever it is, it is what is looked for
        return traceback.format_exc(limit=-3)
    return ""


if __name__ == "__main__":
    sys.exit(main())
