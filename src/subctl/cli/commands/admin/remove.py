"""admin remove: a right, taken away."""

import typer

from subctl.cli import options
from subctl.cli.commands.admin import FIELDS
from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings
from subctl.service.access import STORE

DECLARED = Declaration(
    right=STORE,
    fields=FIELDS,
    examples=(
        "subctl admin remove maria --space acme",
        "subctl admin remove maria --space acme --dry-run",
    ),
)


def run(
    ctx: typer.Context, account: options.Account, space: options.OrStore = None, dry_run: options.DryRun = False
) -> None:
    """Take an account's right to a space, or without --space to the store, away."""
    from subctl.service import administrators

    settings: Settings = ctx.obj
    settings.show(administrators.remove(settings.caller(dry_run=dry_run), account, options.given(space)))
