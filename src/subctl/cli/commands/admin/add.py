"""admin add: a right, given."""

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
        "subctl admin add maria --space acme",
        "subctl admin add maria",
    ),
)


def run(
    ctx: typer.Context, account: options.Account, space: options.OrStore = None, dry_run: options.DryRun = False
) -> None:
    """Make an account an administrator of a space, or without --space of THE WHOLE STORE.

    A store administrator may do everything: every space, the prices, and the other administrators.
    """
    from subctl.service import administrators

    settings: Settings = ctx.obj
    settings.show(administrators.add(settings.caller(dry_run=dry_run), account, options.given(space)))
