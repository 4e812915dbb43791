"""history: who did what."""

import typer

from subctl.cli import options
from subctl.cli.declaration import KEEP, Declaration
from subctl.cli.settings import Settings
from subctl.domain.dates import parse_date
from subctl.domain.text import parse_count
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
    space: options.Space = None,
    since: options.Since = None,
    limit: options.Limit = "50",
) -> None:
    """Show who did what, newest first, refused writes too."""
    from subctl.service import history

    settings: Settings = ctx.obj
    day = None if since is None else parse_date(since, "--since")
    most = parse_count(limit, "--limit", 1)
    settings.show_first(history.show_history(settings.caller(), options.given(space), day, most))
