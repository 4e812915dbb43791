"""bill: the recurring invoices that are due, issued."""

import typer

from subctl.cli import options
from subctl.cli.declaration import MANY, Declaration
from subctl.cli.progress import watched
from subctl.cli.settings import Settings
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    purpose=MANY,
    documents=("bill",),
    examples=(
        "subctl bill --dry-run",
        "subctl bill",
        "subctl bill --space atelier --today 2026-04-01",
    ),
)


def run(ctx: typer.Context, space: options.OnlySpace = None, dry_run: options.DryRun = False) -> None:
    """Issue the recurring invoices that are due today; run again, it issues nothing."""
    from subctl.cli.long_list import LongList
    from subctl.service.billing import bill
    from subctl.view.screens.billing import MOST_SHOWN

    settings: Settings = ctx.obj
    with LongList(MOST_SHOWN if settings.format == "table" else None) as issued:
        with watched("Contracts", wanted=not settings.quiet) as progress:
            done = bill(settings.caller(dry_run=dry_run), options.given(space), progress, issued)
        settings.show(done)
    options.refuse_rest(done)
