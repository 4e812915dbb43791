"""remind: reminders of what is late, a document for each space."""

from typing import TYPE_CHECKING, Annotated

import typer

from subctl.cli import options, saving
from subctl.cli.declaration import MANY, Declaration
from subctl.cli.settings import Settings
from subctl.domain.text import parse_count
from subctl.service.access import STORE
from subctl.view.language import ngettext

if TYPE_CHECKING:
    from subctl.results.reminders import RemindRun

DECLARED = Declaration(
    right=STORE,
    purpose=MANY,
    documents=("remind",),
    examples=(
        "subctl remind --dry-run",
        "subctl remind --level 1",
        "subctl remind --yes --json",
    ),
)

_MOST = 9


def run(
    ctx: typer.Context,
    space: options.OnlySpace = None,
    level: Annotated[
        str | None, typer.Option("--level", metavar="N", help="Only what gets this level: 1 is the first reminder.")
    ] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    save: options.Save = None,
) -> None:
    """Remind of invoices that are late: one document for each space.

    The catalog says on which days after the due date an invoice gets its first reminder, its second, and so on. What
    is being collected gets none.
    """
    from subctl.results.reminders import ShownReminder
    from subctl.service import reminding
    from subctl.service.spool import Spool

    settings: Settings = ctx.obj
    where = saving.folder(save, dry_run=dry_run)
    wanted = None if level is None else parse_count(level, "--level", 1, _MOST)
    caller, only, preview = settings.caller(dry_run=dry_run), options.given(space), None
    with Spool[ShownReminder]() as looked, Spool[ShownReminder](saving.most_read(settings, where)) as issued:
        if not yes and not dry_run:
            preview = reminding.preview_remind(caller, only, wanted, looked)
            if not preview.changed:
                saving.show(settings, caller, preview, where)
                return
            from subctl.cli import prompts

            prompts.confirm(_question(preview), settings, shown=preview, dry_run=True)
        done = reminding.remind(caller, only, wanted, issued, preview)
        saving.show(settings, caller, done, where, brief=preview is not None)


def _question(preview: "RemindRun") -> str:
    number = len(preview.items)
    return ngettext("Issue {number} reminder?", "Issue {number} reminders?", number).format(number=number)
