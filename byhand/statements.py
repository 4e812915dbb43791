"""By hand: `python -m byhand.statements [BOOKINGS] [--seed N] [--books N]` measures how bookings are matched.

Noisy books of customers who write numbers wrongly, pay in part, twice or for others, from accounts known and unknown:
how many bookings are entered, how many of those are right, and whether one is only probable. The exit code is 1 then.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from random import Random

from tests.support.noisy import NoisyBook


def main() -> int:
    """Play, and print what became of each kind of booking."""
    options = argparse.ArgumentParser(prog="byhand.statements")
    options.add_argument("bookings", type=int, nargs="?", default=2500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--books", type=int, default=1)
    asked = options.parse_args()
    met, total = Counter[tuple[str, str]](), Counter[str]()
    for seed in range(asked.seed, asked.seed + asked.books):
        book = NoisyBook(Random(seed), max(asked.bookings // 5, 10))
        book.play(asked.bookings)
        met += book.met
        total += Counter(
            bookings=book.bookings,
            ours=book.ours,
            booked=book.booked,
            wrong=len(book.wrong),
            probable=len(book.only_probable),
        )
        for noisy, matched in book.only_probable[:5]:
            sys.stdout.write(f"only probable: {noisy} {matched}\n")
    for (kind, certainty), count in sorted(met.items()):
        sys.stdout.write(f"{count:>8}  {kind}: {certainty}\n")
    booked, wrong = total["booked"], total["wrong"]
    sys.stdout.write(
        f"{total['bookings']} bookings: {booked} booked ({booked / total['bookings']:.1%}),"
        f" {booked - wrong} of them right, {wrong} wrong, {total['probable']} only probable.\n"
    )
    return 1 if total["probable"] else 0


if __name__ == "__main__":
    sys.exit(main())
