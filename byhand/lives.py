"""By hand: `python -m byhand.lives [LIVES] [--seed N]` lives so many random lives of a store beside the second reading.

Catalogs come, rise, go, and drop plans and licences; VAT changes, buyers move, bills are late, quotes are ordered on
later days; invoices are corrected and reminded of; forecasts and comparisons are lived. Everything is compared after
every step, and checked at the end. Life N of a run is the one that `--seed N` begins with. One that differs is made
smaller and printed: the exit code is 1.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from multiprocessing import Pool

from tests.support.book.acts import Story
from tests.support.book.drawn import story
from tests.support.book.lived import live
from tests.support.book.smaller import smallest

_PROCESSES = 2


def main() -> int:
    """Run, print what differs as it is found, and at the end what was met."""
    options = argparse.ArgumentParser(prog="byhand.lives")
    options.add_argument("lives", type=int, nargs="?", default=5000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    begun, met, bad = time.monotonic(), Counter[str](), 0
    with Pool(_PROCESSES) as pool:
        numbers = range(asked.seed, asked.seed + asked.lives)
        for done, (number, found, why) in enumerate(pool.imap_unordered(_one, numbers, chunksize=4), 1):
            met += found
            if why:
                bad += 1
                sys.stdout.write(f"Life {number} differs.\n{why}\n")
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{done} of {asked.lives}, {bad} differ ")
    for what, times in sorted(met.items()):
        sys.stdout.write(f"{times:>10}  {what}\n")
    minutes = (time.monotonic() - begun) / 60
    sys.stdout.write(f"{asked.lives} lives from {asked.seed} on in {minutes:.0f} minutes: {bad} differ.\n")
    return 1 if bad else 0


def _one(number: int) -> tuple[int, Counter[str], str | None]:
    """Live one story; of one that differs return the smallest that still does, and how."""
    told = story(number)
    try:
        return number, live(told), None
    except Exception:  # whatever it is, it is what is looked for
        least = smallest(told, _fails)
        return number, Counter(), f"{least}\n{_why(least)}"


def _fails(told: Story) -> bool:
    return bool(_why(told))


def _why(told: Story) -> str:
    try:
        live(told)
    except Exception:
        return traceback.format_exc(limit=-3)
    return ""


if __name__ == "__main__":
    sys.exit(main())
