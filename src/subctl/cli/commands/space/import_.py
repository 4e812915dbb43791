"""space import: many spaces from a file, all or nothing."""

from typing import TYPE_CHECKING

import typer

from subctl.cli import licences, options
from subctl.cli.declaration import Declaration
from subctl.cli.details import COLUMNS, new_space
from subctl.cli.progress import watched
from subctl.cli.settings import Settings
from subctl.service.access import STORE

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
    ctx: typer.Context, file: options.File, dry_run: options.DryRun = False, as_support: options.AsSupport = False
) -> None:
    """Add many spaces from a CSV file whose columns are named like the options of space add."""
    from subctl.service import csv_file, space_import

    settings: Settings = ctx.obj
    rows = csv_file.read_rows(options.path(file), COLUMNS, ("id", "name", "plan", "users"))
    new = ((row.line, options.at_line(row.line, _from_row, row)) for row in rows)
    with watched("Spaces", wanted=not settings.quiet) as progress:
        document = space_import.import_spaces(
            settings.caller(dry_run=dry_run, as_support=as_support),
            new,
            csv_file.count_lines(options.path(file)),
            progress,
        )
    settings.show(document)


def _from_row(row: "Row") -> "NewSpace":
    cells = {column: text.strip() or None for column, text in row.cells.items()}
    return new_space(cells, licences.in_columns(cells, COLUMNS))
