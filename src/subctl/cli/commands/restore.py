"""restore: a backup brought back."""

import typer

from subctl.cli import options
from subctl.cli.declaration import KEEP, Declaration
from subctl.cli.settings import Settings
from subctl.domain.text import safe
from subctl.service.access import STORE
from subctl.view.language import _

DECLARED = Declaration(
    right=STORE,
    purpose=KEEP,
    documents=("backup",),
    examples=(
        "subctl restore contracts-2026-03-15.db --dry-run",
        "subctl restore contracts-2026-03-15.db",
    ),
)


def run(ctx: typer.Context, file: options.File, yes: options.Yes = False, dry_run: options.DryRun = False) -> None:
    """Bring a backup back; the store it replaces stays beside."""
    from subctl.service import backup

    settings: Settings = ctx.obj
    caller, source = settings.caller(dry_run=dry_run), options.path(file)
    if not yes and not dry_run:
        backup.check_restore(caller, source)
        from subctl.cli import prompts

        question = _("Put {file} in the place of {store}?")
        prompts.confirm(question.format(file=safe(file), store=safe(str(settings.store))), settings)
    settings.show(backup.restore(caller, source))
