"""admin list: all administrators."""

import typer

from subctl.cli.commands.admin import FIELDS
from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings
from subctl.service.access import STORE

DECLARED = Declaration(
    right=STORE,
    fields=FIELDS,
    examples=(
        "subctl admin list",
        "subctl admin list --json",
    ),
)


def run(ctx: typer.Context) -> None:
    """List who may do what."""
    from subctl.service import administrators

    settings: Settings = ctx.obj
    settings.show(administrators.list_administrators(settings.caller()))
