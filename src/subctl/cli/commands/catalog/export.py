"""catalog export: the catalog in force, as a file."""

from typing import Annotated

import typer

from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings
from subctl.domain.dates import parse_date
from subctl.domain.sentence import N_
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    documents=("catalog-file",),
    examples=(
        "subctl catalog export > catalog.toml",
        "subctl catalog export --date 2027-01-01",
        "subctl catalog export --json",
    ),
)


def run(
    ctx: typer.Context,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The catalog in force on this day; without it today.")
    ] = None,
) -> None:
    """Print the catalog in force as a catalog file."""
    from subctl.service import catalogs
    from subctl.view.output import write_catalog

    settings: Settings = ctx.obj
    settings.refuse_fields_of_text(N_("A catalog file has no fields to choose."))
    day = None if date is None else parse_date(date, "--date")
    write_catalog(catalogs.export(settings.caller(), day), settings.format, settings.fields)
