"""apply: many contracts brought to the states that a file names."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from subctl.cli import licences, options, saving
from subctl.cli.declaration import MANY, Declaration
from subctl.cli.progress import watched
from subctl.cli.settings import Settings, not_empty
from subctl.domain.errors import bad_input
from subctl.domain.sentence import N_, Sentence
from subctl.domain.text import parse_text, safe
from subctl.service.access import SPACE
from subctl.view.language import _, ngettext

if TYPE_CHECKING:
    from subctl.results.apply import Applied
    from subctl.service.apply import Wanted
    from subctl.service.csv_file import Row

DECLARED = Declaration(
    right=SPACE,
    purpose=MANY,
    documents=("apply",),
    examples=(
        "subctl apply wanted.csv --dry-run",
        "subctl apply wanted.csv --yes",
        "subctl apply wanted.csv --keep-going --yes --json",
    ),
)


def run(
    ctx: typer.Context,
    file: options.TextFile,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Order what can be, list the rest.")] = False,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    as_support: options.AsSupport = False,
    save: options.Save = None,
) -> None:
    """Bring many contracts to the state that a CSV file names, in one transaction."""
    from subctl.service import apply, csv_file
    from subctl.service.text_file import text_file
    from subctl.service.worked_out import WorkedOut

    settings: Settings = ctx.obj
    where = saving.folder(save, dry_run=dry_run)
    caller = settings.caller(dry_run=dry_run, as_support=as_support)
    bad, reader = csv_file.BadRows(), partial(_wanted, {})
    read = text_file(not_empty(options.FILE, file))
    wanted = [*csv_file.read_rows(read, apply.APPLY_COLUMNS, ("space",), reader, bad)]
    if keep_going:
        bad.refuse()
    with WorkedOut() as looked, WorkedOut() as ordered:
        shown = None
        if not yes and not dry_run:
            shown = apply.preview_apply(caller, wanted, looked, keep_going=keep_going, bad=bad)
            if not shown.changed:
                saving.show(settings, caller, shown, where)
                return
            _confirm(settings, shown)
        with watched(_("Contracts"), wanted=not settings.quiet) as progress:
            done = apply.apply(caller, wanted, ordered, keep_going=keep_going, shown=shown, progress=progress, bad=bad)
        saving.show(settings, caller, done, where, brief=shown is not None)


def _confirm(settings: Settings, shown: "Applied") -> None:
    from subctl.cli import prompts
    from subctl.view.words import count

    question = ngettext("Order {number} change?", "Order {number} changes?", shown.changed)
    prompts.confirm(question.format(number=count(shown.changed)), settings, shown=shown, dry_run=True)


def _wanted(seen: dict[str, int], row: "Row") -> "Wanted":
    """Read one line of the file; an empty cell stays as it is. `seen` has the lines of the spaces before it."""
    from subctl.service.apply import APPLY_COLUMNS, Wanted

    cells = {column: text.strip() or None for column, text in row.cells.items()}
    space = cells["space"]
    if space is None:
        raise bad_input(N_("The space is missing."))
    if space in seen:
        raise bad_input(
            N_("{space} stands on line {line} already."), N_("Keep one of them."), space=safe(space), line=seen[space]
        )
    seen[space] = row.line
    numbers = licences.in_columns(cells, APPLY_COLUMNS)
    wish = options.wish(cells.get("plan"), cells.get("users"), numbers, cells.get("billing"))
    return Wanted(row.line, parse_text(space, Sentence(N_("The space"))), wish)
