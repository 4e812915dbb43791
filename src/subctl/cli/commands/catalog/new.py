"""catalog new: a catalog file to start from."""

import typer

from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings
from subctl.domain.sentence import N_
from subctl.service.access import ANYONE

DECLARED = Declaration(
    right=ANYONE,  # it reads nothing but the program's own file
    documents=("catalog-file",),
    examples=(
        "subctl catalog new",
        "subctl catalog new > catalog.toml",
    ),
)


def run(ctx: typer.Context) -> None:
    """Print a catalog file to start from, with a comment on every key."""
    from subctl.service import catalogs
    from subctl.view.output import put, write_catalog

    settings: Settings = ctx.obj
    settings.refuse_fields_of_text(N_("A catalog file has no fields to choose."))
    if settings.format == "json":
        write_catalog(catalogs.new_data(), settings.format, settings.fields)
    else:
        put(catalogs.new_file())
