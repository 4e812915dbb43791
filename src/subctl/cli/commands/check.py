"""check: every document recomputed and compared."""

import re
from typing import Annotated

import typer

from subctl.cli.declaration import KEEP, Declaration
from subctl.cli.progress import watched
from subctl.cli.settings import Settings, not_empty
from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.sentence import N_, plural
from subctl.domain.text import safe
from subctl.service.access import STORE
from subctl.view.language import _

DECLARED = Declaration(
    right=STORE,
    purpose=KEEP,
    examples=(
        "subctl check",
        "subctl check --json --fields ok,head",
    ),
)


def run(
    ctx: typer.Context,
    head: Annotated[
        str | None, typer.Option(metavar="HASH", help="A head of the history that was kept elsewhere.")
    ] = None,
) -> None:
    """Recompute every document and compare; exit 8 where one differs."""
    from subctl.service.check.whole import check

    settings: Settings = ctx.obj
    with watched(_("Spaces"), wanted=not settings.quiet) as progress:
        document = check(settings.caller(), None if head is None else _head(head), progress)
    settings.show(document)
    if not document.ok:
        raise SubctlError(
            "check_failed",
            plural("The check found {number} problem.", "The check found {number} problems.", len(document.problems)),
            N_("subctl check names them; subctl restore FILE brings a backup back."),
        )


def _head(text: str) -> str:
    """Return a hash as `check` prints it (`bad_input`)."""
    if not re.fullmatch("[0-9a-f]{64}", not_empty("--head", text)):
        raise bad_input(
            N_("{what} can't be '{value}'."),
            N_("Give a head as subctl check prints it."),
            what="--head",
            value=safe(text),
        )
    return text
