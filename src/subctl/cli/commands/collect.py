"""collect: what is open and due, as a file of direct debits for the bank."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from subctl.cli import options, paper
from subctl.cli.declaration import MANY, Declaration
from subctl.cli.settings import Settings, not_empty
from subctl.domain.errors import SubctlError
from subctl.domain.numbers import parse_number
from subctl.domain.sentence import N_
from subctl.service.access import STORE
from subctl.view.language import _

if TYPE_CHECKING:
    from subctl.results.collections import ShownCollection

DECLARED = Declaration(
    right=STORE,
    purpose=MANY,
    documents=("collection",),
    examples=(
        "subctl collect debits.xml --on 2026-04-14 --dry-run",
        "subctl collect debits.xml --on 2026-04-14",
        "subctl collect --drop DD-2026-0001",
    ),
)


def run(
    ctx: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="The file for the bank, pain.008.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day of the debit; without it the first possible.")
    ] = None,
    drop: Annotated[
        str | None, typer.Option("--drop", metavar="COLLECTION", help="Note that the file of this one was never sent.")
    ] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    """Collect by direct debit what is open and due, from spaces with a mandate.

    What stands in a file is under way until its money or its return is booked, 14 days at most: until then no other
    file has it. With nothing new for a day its last file is written again.
    """
    settings: Settings = ctx.obj
    if drop is not None:
        options.refuse_beside("--drop", {"FILE": file is not None, "--on": on is not None})
        _drop(settings, not_empty("--drop", drop), yes=yes, dry_run=dry_run)
        return
    if file is None:
        raise SubctlError(
            "usage",
            N_("Which file? None was named."),
            N_("Name the file for the bank: {command}"),
            command="subctl collect debits.xml",
        )
    _collect(settings, options.path(file), on, yes=yes, dry_run=dry_run)


def _collect(settings: Settings, file: Path, on: str | None, *, yes: bool, dry_run: bool) -> None:
    from subctl.service import collecting

    caller, wanted = settings.caller(dry_run=dry_run), options.day(on, "--on")
    mode = paper.ready(file)
    preview = None
    if not yes and not dry_run:
        preview = collecting.preview_collect(caller, wanted)
        if preview.changed:
            from subctl.cli import prompts

            prompts.confirm(_("Collect this?"), settings, shown=preview, dry_run=True)
    unchanged = preview is not None and not preview.changed  # nobody was asked: what comes meanwhile waits
    done = preview if preview and unchanged else collecting.collect(caller, wanted, preview)
    if not dry_run:
        _write(done, file, mode)
    settings.show(done, brief=preview is not None and preview.changed)


def _write(collection: "ShownCollection", file: Path, mode: int) -> None:
    """Write the file of a collection that is kept; where that fails, the same command does so later."""
    from subctl.view.papers.pain008 import make

    try:
        paper.write(make(collection), file, mode)
    except SubctlError as error:
        raise SubctlError(
            "output_failed",
            error.what,
            N_("{collection} is kept. Its file is written by the same command: {command}"),
            collection=collection.number,
            command=f"subctl collect FILE --on {collection.on.isoformat()}",
        ) from None


def _drop(settings: Settings, number: str, *, yes: bool, dry_run: bool) -> None:
    from subctl.service import collecting

    parse_number(number)
    preview = None
    if not yes and not dry_run:
        preview = collecting.drop(settings.caller(dry_run=True), number)
        if not preview.changed:
            settings.show(preview)
            return
        from subctl.cli import prompts

        question = _("Was the file of {collection} never sent?").format(collection=preview.number)
        prompts.confirm(question, settings, shown=preview._replace(dropped=None), dry_run=True)
    settings.show(collecting.drop(settings.caller(dry_run=dry_run), number), brief=preview is not None)
