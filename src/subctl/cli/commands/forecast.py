"""forecast: the invoices to come."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import LOOK, Declaration
from subctl.cli.settings import Settings
from subctl.domain.text import parse_count
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    purpose=LOOK,
    examples=(
        "subctl forecast",
        "subctl forecast --months 24 --space acme",
        "subctl forecast --format csv > invoices.csv",
    ),
)

_MOST_MONTHS = 120


def run(
    ctx: typer.Context,
    months: Annotated[str, typer.Option(metavar="N", help="How many months.")] = "12",
    space: options.Space = None,
) -> None:
    """Show the invoices to come, as a table and a bar chart."""
    from subctl.service import forecast

    settings: Settings = ctx.obj
    number = parse_count(months, "--months", 1, _MOST_MONTHS)
    settings.show(forecast.forecast(settings.caller(), settings.space_or(space), number))
