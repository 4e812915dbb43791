"""export: the state of all contracts, as the file that apply reads."""

import typer

from subctl.cli.declaration import MANY, Declaration
from subctl.cli.settings import Settings
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    purpose=MANY,
    examples=(
        "subctl export > wanted.csv",
        "subctl export --json",
    ),
)


def run(ctx: typer.Context) -> None:
    """Write the current state of all contracts as the CSV file that apply reads."""
    from subctl.service import export

    settings: Settings = ctx.obj
    settings.show(export.export(settings.caller()), table_as="csv")
