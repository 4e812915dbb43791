"""mandate add: a mandate that a customer has signed."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import Declaration
from subctl.cli.details import parse_iban
from subctl.cli.settings import Settings, not_empty
from subctl.domain.dates import parse_date
from subctl.domain.mandate import parse_mandate
from subctl.service.access import STORE

DECLARED = Declaration(
    right=STORE,
    documents=("mandate",),
    examples=(
        "subctl mandate add M-1 --space acme --signed 2026-03-01",
        "subctl mandate add M-1 --space acme --signed 2026-03-01 --b2b",
    ),
)


def run(
    ctx: typer.Context,
    mandate: Annotated[str, typer.Argument(metavar="ID", help="Its id, at most 35 signs; it stands on invoices.")],
    space: Annotated[str, typer.Option("--space", metavar="ID", help="The space that has signed it.")],
    signed: Annotated[str, typer.Option(metavar="DATE", help="The day of signature.")],
    iban: Annotated[str | None, typer.Option(metavar="IBAN", help="The account; without it the space's.")] = None,
    b2b: Annotated[bool, typer.Option("--b2b", help="Between companies (B2B); without it CORE.")] = False,
    dry_run: options.DryRun = False,
) -> None:
    """Add the mandate of a space that pays by direct debit.

    Its next invoices say by which mandate they are debited. A space has one mandate at a time.
    """
    from subctl.service import mandates

    settings: Settings = ctx.obj
    day, account = parse_date(signed, "--signed"), parse_iban(iban)
    space_id, name = not_empty("--space", space), parse_mandate(mandate)
    settings.show(mandates.add(settings.caller(dry_run=dry_run), name, space_id, day, account, b2b=b2b))
