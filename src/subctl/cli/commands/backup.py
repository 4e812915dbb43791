"""backup: a checked copy of the store."""

import typer

from subctl.cli import options
from subctl.cli.declaration import KEEP, Declaration
from subctl.cli.settings import Settings
from subctl.service.access import STORE

DECLARED = Declaration(
    right=STORE,
    purpose=KEEP,
    documents=("backup",),
    examples=(
        "subctl backup contracts-2026-03-15.db",
        "subctl backup contracts-2026-03-15.db --json",
    ),
)


def run(ctx: typer.Context, file: options.File, dry_run: options.DryRun = False) -> None:
    """Copy the store to a new file and check the copy."""
    from subctl.service import backup

    settings: Settings = ctx.obj
    settings.show(backup.backup(settings.caller(dry_run=dry_run), options.path(file)))
