"""bill: the recurring invoices that are due, issued."""

import typer

from subctl.cli import options, saving
from subctl.cli.declaration import MANY, Declaration
from subctl.cli.progress import watched
from subctl.cli.settings import Settings
from subctl.service.access import SPACE
from subctl.view.language import _

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


def run(
    ctx: typer.Context, space: options.OnlySpace = None, dry_run: options.DryRun = False, save: options.Save = None
) -> None:
    """Issue the recurring invoices that are due today; run again, it issues nothing."""
    from subctl.results.billing import Billed
    from subctl.service.billing import bill
    from subctl.service.spool import Spool

    settings: Settings = ctx.obj
    where, caller = saving.folder(save, dry_run=dry_run), settings.caller(dry_run=dry_run)
    with Spool[Billed](saving.most_read(settings, where)) as issued:
        with watched(_("Contracts"), wanted=not settings.quiet) as progress:
            done = bill(caller, options.given(space), progress, issued)
        saving.show(settings, caller, done, where)
