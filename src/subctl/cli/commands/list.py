"""list: spaces, plans, quotes, orders, invoices or deadlines."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import LOOK, Declaration
from subctl.cli.settings import Settings
from subctl.domain.errors import bad_input
from subctl.domain.text import safe
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    purpose=LOOK,
    examples=(
        "subctl list invoices --space acme --since 2026-01-01",
        "subctl list quotes --status open --json --fields number,status",
        "subctl list deadlines --until 2026-06-30",
    ),
)


def run(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="spaces|plans|quotes|orders|invoices|deadlines", help="What to list.")],
    space: options.OnlySpace = None,
    since: options.Since = None,
    until: options.Until = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only those of this kind, like upgrade or renewal.")
    ] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="Only spaces or quotes of this status, like active or open.")
    ] = None,
    limit: options.Limit = None,
) -> None:
    """List spaces, plans, quotes, orders or invoices, newest first; or deadlines, soonest first.

    Deadlines are renewals, last days to reduce and to cancel, ends, quotes that run out and due dates; without
    --since those from today on.
    """
    from subctl.service import lists
    from subctl.service.paging import Wanted

    settings: Settings = ctx.obj
    wanted = Wanted(
        space=options.given(space),
        since=options.day(since, "--since"),
        until=options.day(until, "--until"),
        kind=kind,
        status=status,
        limit=options.limit(limit, settings),
    )
    settings.show_first(lists.list_documents(settings.caller(), _named(what), wanted))


def _named(what: str) -> str:
    """Return the name of a list, which may be said of one thing too: `list invoice` (`bad_input`)."""
    from subctl.service.lists import LISTS

    for name in LISTS:
        if what in (name, name.removesuffix("s")):
            return name
    raise bad_input(f"There is no list of '{safe(what)}'.", f"There are {', '.join(LISTS)}.")
