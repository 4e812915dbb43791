"""By hand: `python -m byhand.fuzz [FILES] [SEED]` gives so many spoilt files to subctl and counts what came of them.

A file that is too much is kept with what was seen; then the exit code is 1.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from tests.support.cli import Cli
from tests.support.files import Files
from tests.support.mutations import mutated
from tests.support.trial import READERS, Trial, kept

_MEMORY = "/dev/shm"  # every file that is taken is a commit; on a disk most of the time is waiting for it


def main(files: int = 100_000, seed: int = 1) -> int:
    """Run, print the table, and name the files that were kept."""
    random, counts, bad = Random(seed), Counter[tuple[str, str]](), []
    keep = Path(tempfile.mkdtemp(prefix="subctl-fuzz-"))
    with tempfile.TemporaryDirectory(dir=_MEMORY if Path(_MEMORY).is_dir() else None) as place:
        (home := Path(place) / "home").mkdir()
        trial = Trial(Cli(home, Files(Path(place))))
        for number in range(files):
            reader = READERS[number % len(READERS)]
            content = mutated(random, reader)
            try:
                counts[reader, trial.run(reader, content)] += 1
            except Exception as error:  # whatever it is, it is what is looked for
                counts[reader, "FAILED"] += 1
                bad.append(kept(keep, reader, number, content, repr(error)))
            if sys.stderr.isatty() and number % 100 == 0:
                sys.stderr.write(f"\r{number} of {files}, {len(bad)} failed ")
    _print(counts)
    sys.stdout.write("".join(f"{file}\n" for file in bad) or "No file was too much.\n")
    return 1 if bad else 0


def _print(counts: Counter[tuple[str, str]]) -> None:
    codes = sorted({code for _, code in counts}, key=lambda code: (code != "ok", code))
    width = max(map(len, [*READERS, "all"]))
    sys.stdout.write(" " * width + "".join(f"  {code:>{max(7, len(code))}}" for code in codes) + "\n")
    for reader in (*READERS, "all"):
        found = [sum(counts[one, code] for one in READERS if reader in (one, "all")) for code in codes]
        cells = (f"  {number:>{max(7, len(code))}}" for number, code in zip(found, codes, strict=True))
        sys.stdout.write(f"{reader:<{width}}" + "".join(cells) + "\n")


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
