"""catalog import: plans and prices for days to come."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings, not_empty
from subctl.service.access import STORE
from subctl.view.language import _

DECLARED = Declaration(
    right=STORE,
    documents=("catalog",),
    examples=(
        "subctl catalog import catalog.toml --dry-run",
        "subctl catalog import catalog.toml",
        "subctl catalog import catalog.toml --yes",
    ),
)


def run(
    ctx: typer.Context,
    file: options.TextFile,
    first: Annotated[
        bool, typer.Option("--first", help="In the place of all there are, whatever its date; without a space only.")
    ] = False,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    """Add a catalog that is valid from tomorrow or later; asks where a rate rises or the notice grows."""
    from subctl.service import catalog_import, catalogs
    from subctl.service.text_file import text_file

    settings: Settings = ctx.obj
    caller, read = (
        settings.caller(dry_run=dry_run),
        catalogs.read_catalog_file(text_file(not_empty(options.FILE, file))),
    )
    shown = catalog_import.preview_import(caller, read, first=first)
    if dry_run or not shown.changed:
        settings.show(shown)
        return
    asked = shown.asks and not yes
    if asked:
        from subctl.cli import prompts

        prompts.confirm(_("Import this catalog?"), settings, shown=shown, dry_run=True)
    settings.show(catalog_import.import_(caller, read, shown), brief=asked)
