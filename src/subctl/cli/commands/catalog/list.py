"""catalog list: the catalogs that are known."""

import typer

from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    examples=(
        "subctl catalog list",
        "subctl catalog list --json --fields valid_from,status",
    ),
)


def run(ctx: typer.Context) -> None:
    """List the catalogs that are known: the one in force, those to come, and those that were."""
    from subctl.service import catalogs

    settings: Settings = ctx.obj
    settings.show(catalogs.list_catalogs(settings.caller()))
