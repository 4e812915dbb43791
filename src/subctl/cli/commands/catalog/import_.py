"""catalog import: plans and prices for days to come."""

import typer

from subctl.cli import options
from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings
from subctl.service.access import STORE

DECLARED = Declaration(
    right=STORE,
    documents=("catalog",),
    examples=(
        "subctl catalog import catalog.toml --dry-run",
        "subctl catalog import catalog.toml",
    ),
)


def run(ctx: typer.Context, file: options.File, dry_run: options.DryRun = False) -> None:
    """Add a catalog that is valid from tomorrow or later."""
    from subctl.service import catalogs

    settings: Settings = ctx.obj
    settings.show(catalogs.import_(settings.caller(dry_run=dry_run), options.path(file)))
