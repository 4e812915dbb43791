"""show: the contract page, or a document by its number."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import LOOK, Declaration
from subctl.cli.settings import Settings
from subctl.domain.numbers import is_number
from subctl.domain.text import is_id
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    purpose=LOOK,
    examples=(
        "subctl show",
        "subctl show atelier --explain",
        "subctl show INV-2026-0001",
    ),
)


def run(
    ctx: typer.Context,
    what: Annotated[
        str | None, typer.Argument(metavar="[NUMBER|SPACE]", help="A quote, an order, an invoice, or a space.")
    ] = None,
    space: options.Space = None,
    explain: options.Explain = False,
) -> None:
    """Show the contract; with a number, that quote, order or invoice."""
    from subctl.service import contract_page, document_page

    settings: Settings = ctx.obj
    if what is not None:
        options.refuse_beside(space, what)
    if what is None or (is_id(what) and not is_number(what)):
        asked = settings.space_or(space if what is None else what)
        settings.show(contract_page.show_contract(settings.caller(), asked), explain=explain)
    else:
        settings.show(document_page.show_document(settings.caller(), what), explain=explain)
