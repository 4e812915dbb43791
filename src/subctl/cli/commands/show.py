"""show: the contract page, or a document by its number."""

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
        "subctl show",
        "subctl show --space atelier --explain",
        "subctl show INV-2026-0001",
    ),
)


def run(
    ctx: typer.Context,
    number: Annotated[str | None, typer.Argument(metavar="[NUMBER]", help="A quote, an order or an invoice.")] = None,
    space: options.Space = None,
    explain: options.Explain = False,
) -> None:
    """Show the contract; with a number, that quote, order or invoice."""
    from subctl.service import contract_page, document_page

    settings: Settings = ctx.obj
    if number is None:
        settings.show(contract_page.show_contract(settings.caller(), settings.space_or(space)), explain=explain)
    else:
        options.given(space)
        settings.show(document_page.show_document(settings.caller(), number), explain=explain)
