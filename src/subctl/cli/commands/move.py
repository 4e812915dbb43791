"""move: the whole store in another place."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import KEEP, Declaration
from subctl.cli.place import read_place
from subctl.cli.progress import watched
from subctl.cli.settings import Settings, not_empty
from subctl.domain.text import safe
from subctl.service.access import STORE
from subctl.view.language import _

DECLARED = Declaration(
    right=STORE,
    purpose=KEEP,
    documents=("move",),
    examples=(
        "subctl move --to moved.db --dry-run",
        "subctl move --to moved.db --yes",
    ),
)


def run(
    ctx: typer.Context,
    to: Annotated[str, typer.Option(metavar="STORE", help="Where to: a file's path, or a server.")],
    group: Annotated[str | None, typer.Option(metavar="NAME", help="Share a new file with an OS group.")] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    """Move the store to another place, file or server; the old one stays, and is only read from then on.

    Everything is copied and compared while nobody writes. Whoever moves it must be a store administrator here and
    there.
    """
    from subctl.service.move import move

    settings: Settings = ctx.obj
    target, caller = read_place(not_empty("--to", to), "--to"), settings.caller(dry_run=dry_run)
    if group is not None:
        not_empty("--group", group)
    if not yes and not dry_run:
        move(caller._replace(dry_run=True), target, group=group)
        from subctl.cli import prompts

        question = _("Move {store} to {place}? Nothing can be written here any more.")
        told = question.format(store=safe(str(settings.store)), place=safe(str(target)))
        prompts.confirm(told, settings, dry_run=True)
    with watched(_("Rows"), wanted=not settings.quiet) as progress:
        done = move(caller, target, group=group, progress=progress)
    settings.show(done)
