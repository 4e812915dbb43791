"""catalog drop: a catalog taken away before its first day."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings
from subctl.domain.dates import parse_date
from subctl.domain.sentence import N_, Sentence
from subctl.service.access import STORE

DECLARED = Declaration(
    right=STORE,
    documents=("catalog",),
    examples=(
        "subctl catalog drop 2027-01-01 --dry-run",
        "subctl catalog drop 2027-01-01",
    ),
)


def run(
    ctx: typer.Context,
    date: Annotated[str, typer.Argument(metavar="DATE", help="The first day of the catalog: subctl catalog list.")],
    dry_run: options.DryRun = False,
) -> None:
    """Take a catalog away that is not in force yet; the one before it goes on."""
    from subctl.service import catalog_import

    settings: Settings = ctx.obj
    settings.show(catalog_import.drop(settings.caller(dry_run=dry_run), parse_date(date, Sentence(N_("DATE")))))
