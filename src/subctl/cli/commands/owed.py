"""owed: what is open, and who has credit."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import LOOK, Declaration
from subctl.cli.settings import Settings
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    purpose=LOOK,
    examples=(
        "subctl owed",
        "subctl owed --late --space acme",
        "subctl owed --format csv > open.csv",
    ),
)


def run(
    ctx: typer.Context,
    space: options.OnlySpace = None,
    late: Annotated[bool, typer.Option("--late", help="Only what is overdue.")] = False,
    limit: options.Limit = None,
) -> None:
    """Show what is open, oldest due date first: how much of each invoice, how late it is, and who has credit.

    What is paid is worked out anew each time: parts that a payment names settle their invoices, the rest of all money
    is credit and settles what is due first.
    """
    from subctl.service import owed

    settings: Settings = ctx.obj
    most = options.limit(limit, settings)
    found = owed.owed(settings.caller(), options.given(space), late=late, limit=most)
    settings.show_first(found, shown=max(len(found.items), len(found.credits)))
