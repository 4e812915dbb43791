"""mandate list: the mandates there are."""

import typer

from subctl.cli import options
from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    examples=(
        "subctl mandate list",
        "subctl mandate list --space acme --json",
    ),
)


def run(ctx: typer.Context, space: options.OnlySpace = None) -> None:
    """List mandates, newest first, those that were ended too; list mandates narrows them further."""
    from subctl.service import lists
    from subctl.service.paging import Wanted

    settings: Settings = ctx.obj
    settings.show(lists.list_documents(settings.caller(), "mandates", Wanted(space=options.given(space))))
