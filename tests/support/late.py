"""A book of many spaces that are all late."""

from __future__ import annotations

from tests.support.cli import Cli

DAY = "2026-05-10"
"""The day on which each space gets its first reminder."""


def late_book(cli: Cli, spaces: int) -> Cli:
    """Put in place a book of so many spaces, `s00000` and so on, with an invoice each that is late on 10 May."""
    cli.prepare(("init", "--sandbox", "--today", "2026-03-15"))
    rows = "".join(f"s{place:05},Space {place},pro,1,monthly\n" for place in range(spaces))
    (cli.home / "spaces.csv").write_text(f"id,name,plan,users,billing\n{rows}")
    for words in (("space", "import", str(cli.home / "spaces.csv")), ("bill", "--today", "2026-04-01")):
        assert cli(*words).code == 0
    return cli
