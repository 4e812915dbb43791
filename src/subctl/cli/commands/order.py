"""order: a quote, accepted."""

import typer

from subctl.cli import options, saving
from subctl.cli.declaration import CHANGE, Declaration
from subctl.cli.settings import Settings
from subctl.service.access import SPACE
from subctl.service.quote import order_quote

DECLARED = Declaration(
    right=SPACE,
    purpose=CHANGE,
    documents=("change",),
    examples=(
        "subctl order Q-2026-0001",
        "subctl order Q-2026-0001 --dry-run",
        "subctl order Q-2026-0001 --expect 786.50 --json",
    ),
)


def run(
    ctx: typer.Context,
    quote: str = typer.Argument(metavar="QUOTE", help="The number of the quote."),
    dry_run: options.DryRun = False,
    expect: options.Expect = None,
    explain: options.Explain = False,
    as_support: options.AsSupport = False,
    save: options.Save = None,
) -> None:
    """Accept a quote: what was shown is ordered, or refused as stale."""
    settings: Settings = ctx.obj
    where = saving.folder(save, dry_run=dry_run)
    caller = settings.caller(dry_run=dry_run, as_support=as_support)
    saving.show(settings, caller, order_quote(caller, quote, expect=expect), where, explain=explain)
