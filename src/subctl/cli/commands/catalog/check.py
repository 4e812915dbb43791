"""catalog check: the faults of a catalog file."""

import typer

from subctl.cli import options
from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings, not_empty
from subctl.service.access import ANYONE

DECLARED = Declaration(
    right=ANYONE,  # it reads the named file only
    documents=("catalog",),
    examples=(
        "subctl catalog check catalog.toml",
        "subctl catalog check catalog.toml --json",
    ),
)


def run(ctx: typer.Context, file: options.TextFile) -> None:
    """Check a catalog file; every fault is named by its key."""
    from subctl.service import catalogs
    from subctl.service.text_file import text_file

    settings: Settings = ctx.obj
    settings.show(catalogs.check(text_file(not_empty(options.FILE, file))))
