"""space import: many spaces from a file, all or nothing."""

from typing import TYPE_CHECKING

import typer

from subctl.cli import licences, options
from subctl.cli.declaration import Declaration
from subctl.cli.details import COLUMNS, new_space
from subctl.cli.progress import watched
from subctl.cli.settings import Settings, not_empty
from subctl.service.access import STORE
from subctl.view.language import _

if TYPE_CHECKING:
    from subctl.service.csv_file import Row
    from subctl.service.spaces import NewSpace

DECLARED = Declaration(
    right=STORE,
    documents=("import",),
    examples=(
        "subctl space import spaces.csv --dry-run",
        "subctl space import spaces.csv",
    ),
)


def run(
    ctx: typer.Context, file: options.TextFile, dry_run: options.DryRun = False, as_support: options.AsSupport = False
) -> None:
    """Add many spaces from a CSV file whose columns are named like the options of space add."""
    from subctl.service import csv_file, space_import, space_proof
    from subctl.service.text_file import text_file

    settings: Settings = ctx.obj
    caller = settings.caller(dry_run=dry_run, as_support=as_support)
    read, bad = text_file(not_empty(options.FILE, file)), csv_file.BadRows()
    new = csv_file.read_rows(read, COLUMNS, ("id", "name", "plan", "users"), _from_row, bad)
    with watched(_("Rows"), wanted=not settings.quiet) as progress:
        proven = space_proof.prove_spaces(caller, new, csv_file.count_lines(read), progress, bad)
    with watched(_("Spaces"), wanted=not settings.quiet) as progress:
        document = space_import.import_spaces(caller, proven, progress)
    settings.show(document)


def _from_row(row: "Row") -> "tuple[int, NewSpace]":
    cells = {column: text.strip() or None for column, text in row.cells.items()}
    return row.line, new_space(cells, licences.in_columns(cells, COLUMNS))
