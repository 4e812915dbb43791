"""A program that orders, again and again, as one of many that do: `python -m tests.support.orderer STORE SPACE COUNT`.

It asks for one user more each time. What is refused as busy is asked for again, until it is ordered. A line is written
for each order that was acknowledged, with its number; at the first answer that is neither it ends, and says so.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.support.cli import Cli
from tests.support.files import Files
from tests.support.waiting import pause

FIRST = 5
BUSY = 5
"""The exit code of a store that another try may find better."""


def order(cli: Cli, space: str, users: int) -> str:
    """Ask until it is done, and return the order's number."""
    while True:
        done = cli("upgrade", "--space", space, "--users", str(users), "--yes", "--json")
        if done.code == 0:
            number = json.loads(done.out)["order"]
            if number is None:
                raise SystemExit("It was told that nothing was changed, and it was.")
            return str(number)
        if done.refusal[:2] != (BUSY, "store_busy"):
            raise SystemExit(done.err)
        pause(0.02)


def main(store: str, space: str, count: int) -> None:
    """Order so many times."""
    with tempfile.TemporaryDirectory() as home:
        cli = Cli(Path(home), Files(Path(home)))
        cli.store = store
        for place in range(1, count + 1):
            sys.stdout.write(f"{order(cli, space, FIRST + place)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
