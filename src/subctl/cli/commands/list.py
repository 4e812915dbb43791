"""list: spaces, plans, quotes, orders or invoices, newest first."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import LOOK, Declaration
from subctl.cli.settings import Settings
from subctl.domain.dates import parse_date
from subctl.domain.errors import bad_input
from subctl.domain.text import parse_count, safe
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    purpose=LOOK,
    examples=(
        "subctl list spaces",
        "subctl list invoices --space acme --since 2026-01-01",
        "subctl list quotes --json --fields number,status",
    ),
)

_MOST = 1_000_000


def run(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="spaces|plans|quotes|orders|invoices", help="What to list.")],
    space: options.Space = None,
    since: options.Since = None,
    limit: options.Limit = "50",
) -> None:
    """List spaces, plans, quotes, orders or invoices, newest first."""
    from subctl.service import lists

    settings: Settings = ctx.obj
    if kind not in lists.LISTS:
        raise bad_input(f"There is no list of '{safe(kind)}'.", f"There are {', '.join(lists.LISTS)}.")
    day = None if since is None else parse_date(since, "--since")
    most = parse_count(limit, "--limit", 1, _MOST)
    settings.show_first(lists.list_documents(settings.caller(), kind, options.given(space), day, most))
