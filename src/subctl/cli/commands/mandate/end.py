"""mandate end: a mandate that serves no more."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings
from subctl.domain.mandate import parse_mandate
from subctl.service.access import STORE

DECLARED = Declaration(
    right=STORE,
    documents=("mandate",),
    examples=(
        "subctl mandate end M-1",
        "subctl mandate end M-1 --dry-run",
    ),
)


def run(
    ctx: typer.Context,
    mandate: Annotated[str, typer.Argument(metavar="MANDATE", help="Its id.")],
    dry_run: options.DryRun = False,
) -> None:
    """End a mandate: the next invoices of its space are paid by transfer, and old ones keep it."""
    from subctl.service import mandates

    settings: Settings = ctx.obj
    settings.show(mandates.end(settings.caller(dry_run=dry_run), parse_mandate(mandate)))
