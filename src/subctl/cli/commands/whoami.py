"""whoami: the account, and what it may do."""

import typer

from subctl.cli.declaration import SET_UP, Declaration
from subctl.cli.settings import Settings
from subctl.service.access import ANYONE

DECLARED = Declaration(
    right=ANYONE,
    purpose=SET_UP,
    examples=(
        "subctl whoami",
        "subctl whoami --json",
    ),
)


def run(ctx: typer.Context) -> None:
    """Show which account this is and what it may do."""
    from subctl.service import whoami

    settings: Settings = ctx.obj
    settings.show(whoami.whoami(settings.caller()))
