"""catalog export: the catalog in force, as a file."""

import typer

from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    documents=("catalog-file",),
    examples=(
        "subctl catalog export > catalog.toml",
        "subctl catalog export --json",
    ),
)


def run(ctx: typer.Context) -> None:
    """Print the catalog in force as a catalog file."""
    from subctl.service import catalogs
    from subctl.view.output import write_catalog

    settings: Settings = ctx.obj
    write_catalog(catalogs.export(settings.caller()), settings.format)
