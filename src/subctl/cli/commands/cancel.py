"""cancel: the end of a contract, ordered."""

import typer

from subctl.cli import options, saving
from subctl.cli.declaration import CHANGE, Declaration
from subctl.cli.settings import Settings
from subctl.service.access import SPACE
from subctl.view.language import _

DECLARED = Declaration(
    right=SPACE,
    purpose=CHANGE,
    documents=("order",),
    examples=(
        "subctl cancel --dry-run",
        "subctl cancel --space atelier",
    ),
)


def run(
    ctx: typer.Context,
    space: options.Space = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    as_support: options.AsSupport = False,
    save: options.Save = None,
) -> None:
    """End the contract at the first date that the notice reaches."""
    from subctl.service import cancellation

    settings: Settings = ctx.obj
    where = saving.folder(save, dry_run=dry_run)
    caller, asked = settings.caller(dry_run=dry_run, as_support=as_support), settings.space_or(space)
    preview = None
    if not yes and not dry_run:
        preview = cancellation.preview_cancel(caller, asked)
        if not preview.changed:
            saving.show(settings, caller, preview, where)
            return
        from subctl.cli import prompts

        prompts.confirm(_("Cancel this contract?"), settings, shown=preview)
    done = cancellation.cancel(caller, asked, preview)
    saving.show(settings, caller, done, where, brief=preview is not None)
