"""By hand: `python -m byhand.damage [FLIPS] [SEED]` turns single bits of a store over and runs commands on it.

Whatever fell over, it is never a bug, and a refusal for damage changes nothing.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from tests.support.cli import DEMO, Cli
from tests.support.files import Files
from tests.support.stores import LIFE

COMMANDS = (
    ("show",),
    ("show", "Q-2026-0001"),
    ("show", "O-2026-0001"),
    ("show", "INV-2026-0001"),
    ("list", "spaces"),
    ("list", "quotes"),
    ("list", "orders"),
    ("list", "invoices"),
    ("quote", "--users", "14", "--space", "atelier"),
    ("upgrade", "--users", "15", "--space", "atelier", "--yes"),
    ("withdraw", "O-2026-0004", "--yes"),
    ("cancel", "--space", "atelier", "--yes"),
    ("bill", "--today", "2026-07-02"),
    ("compare", "--users", "15", "--space", "atelier"),
    ("forecast", "--space", "atelier"),
    ("history",),
    ("export",),
    ("catalog", "export"),
    ("admin", "list"),
    ("check",),
)


def main(flips: int = 1000, seed: int = 1) -> int:
    """Run, and count what each command said."""
    random, counts, bad = Random(seed), Counter[str](), 0
    with tempfile.TemporaryDirectory() as place:
        cli = Cli(Path(place) / "home", Files(Path(place))).prepare(DEMO, *LIFE)
        content = cli.bytes
        used = [at for at in range(100, len(content)) if content[at]]
        for _ in range(flips):
            at, bit = random.choice(used), 1 << random.randrange(8)
            spoilt = content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]
            for words in COMMANDS:
                outcome = _outcome(cli, spoilt, words)
                counts[outcome] += 1
                if outcome.startswith("FAILED"):
                    bad += 1
                    sys.stdout.write(f"{outcome}: byte {at}, bit {bit}: {' '.join(words)}\n")
    for outcome, number in counts.most_common():
        sys.stdout.write(f"{number:>8}  {outcome}\n")
    return 1 if bad else 0


def _outcome(cli: Cli, spoilt: bytes, words: tuple[str, ...]) -> str:
    gc.collect()  # a command that failed may leave a cursor, and with it a lock, until it is collected
    cli.store.write_bytes(spoilt)
    try:
        done = cli(*words, "--json")
    except Exception as error:  # whatever it is, it is what is looked for
        return f"FAILED {error!r}"
    code = json.loads(done.err)["error"]["code"] if done.err else "problems" if done.code else "ok"
    changed = done.code in (1, 2, 3, 8) and (cli.bytes != spoilt or list(cli.home.iterdir()) != [cli.store])
    return f"FAILED {code}" if changed or code == "internal" else code


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
