"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from subctl.cli.settings import Settings, not_empty
from subctl.domain.catalog import BILLINGS, Counts
from subctl.domain.contract import Wish
from subctl.domain.dates import parse_date
from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import one_of, parse_count, safe

_SCREENFUL = 50

FILE = Sentence(N_("FILE"))
"""What the argument of a file is called in help, and where it is refused."""

Space = Annotated[str | None, typer.Option("--space", metavar="ID", help="The space; without it the default one.")]
OnlySpace = Annotated[
    str | None, typer.Option("--space", metavar="ID", help="Only this space; without it all that you may see.")
]
OrStore = Annotated[
    str | None,
    typer.Option("--space", metavar="ID", help="The space; without it THE WHOLE STORE, with all its spaces."),
]
Plan = Annotated[str | None, typer.Option("--plan", metavar="PLAN", help="The wanted plan.")]
Users = Annotated[str | None, typer.Option("--users", metavar="N", help="The wanted number of users; +5 is five more.")]
Zoom = Annotated[
    str | None, typer.Option("--zoom", metavar="N", help="The wanted number of Zoom licences; -1 is one fewer.")
]
Licence = Annotated[
    list[str] | None,
    typer.Option("--licence", metavar="NAME=N", help="The wanted number of a kind of licence; may be repeated."),
]
Billing = Annotated[str | None, typer.Option("--billing", metavar="monthly|annual", help="How it is to be paid.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen and write nothing.")]
AsSupport = Annotated[
    bool, typer.Option("--as-support", help="Change what is managed by the vendor's staff; it is recorded.")
]
Expect = Annotated[
    str | None, typer.Option("--expect", metavar="AMOUNT", help="Refuse unless exactly this total is due now.")
]
Explain = Annotated[bool, typer.Option("--explain", help="Say under each amount how it comes about.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only from this day on.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Only up to this day.")]
Limit = Annotated[
    str | None,
    typer.Option("--limit", metavar="N", help="At most so many; without it 50 in a table, all in JSON and CSV."),
]
Save = Annotated[
    str | None,
    typer.Option("--save", metavar="DIR", help="Save what is issued there: a PDF, and the e-invoice its buyer takes."),
]
Output = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE|DIR/", help="Where such a format goes; without it to stdout."),
]
File = Annotated[str, typer.Argument(metavar="FILE", help="The file.")]
TextFile = Annotated[str, typer.Argument(metavar="FILE", help="The file; - is stdin.")]
Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="The login name or the uid of an OS account.")]


def wish(plan: str | None, users: str | None, licences: Counts, billing: str | None) -> Wish:
    """Return what a change names (`bad_input` for values that can't be)."""
    return Wish(
        plan=plan,
        users=None if users is None else parse_count(users, "--users", 1),
        licences=licences,
        billing=None if billing is None else one_billing(billing),
    )


def limit(text: str | None, settings: Settings) -> int | None:
    """Return how many items of a list are wanted (None: all); people get a screenful unless they say more."""
    if text is not None:
        return parse_count(text, "--limit", 1)
    return _SCREENFUL if settings.format == "table" else None


def day(text: str | None, option: str) -> date | None:
    """Return the day of an option (`bad_input`)."""
    return None if text is None else parse_date(text, option)


def given(space: str | None) -> str | None:
    """Return the space of the option alone, whatever the environment says."""
    return None if space is None else not_empty("--space", space)


def refuse_beside(other: str, given: Mapping[str, bool], way_out: str = N_("Leave it out.")) -> None:
    """Refuse an option that is `given` and says nothing beside another one, a number or a space (`usage`)."""
    for option, there in given.items():
        if there and option != other:
            raise SubctlError(
                "usage", N_("{option} does nothing beside {other}."), way_out, option=option, other=safe(other)
            )


def path(text: str) -> Path:
    """Return a file's path (`bad_input` for an empty one)."""
    return Path(not_empty(FILE, text))


def one_billing(text: str) -> str:
    """Return monthly or annual (`bad_input`)."""
    return one_of("--billing", text, BILLINGS)
