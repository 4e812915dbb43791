"""history: who did what."""

import typer

from subctl.cli import options
from subctl.cli.declaration import KEEP, Declaration
from subctl.cli.settings import Settings
from subctl.service.access import STORE

DECLARED = Declaration(
    right=STORE,
    purpose=KEEP,
    examples=(
        "subctl history --limit 10",
        "subctl history --space acme --since 2026-01-01",
    ),
)


def run(
    ctx: typer.Context,
    space: options.OnlySpace = None,
    since: options.Since = None,
    until: options.Until = None,
    limit: options.Limit = None,
) -> None:
    """Show who did what, newest first, refused writes too."""
    from subctl.service import history
    from subctl.service.paging import Wanted

    settings: Settings = ctx.obj
    wanted = Wanted(
        space=options.given(space),
        since=options.day(since, "--since"),
        until=options.day(until, "--until"),
        limit=options.limit(limit, settings),
    )
    settings.show_first(history.show_history(settings.caller(), wanted))
