"""show, list and whoami."""

from __future__ import annotations

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.settings import Settings
from subctl.domain.dates import parse_date
from subctl.domain.errors import bad_input
from subctl.domain.text import parse_count, safe

app = typer.Typer()

_MOST = 1_000_000


@app.command("show")
def show(
    ctx: typer.Context,
    number: Annotated[str | None, typer.Argument(metavar="[NUMBER]", help="A quote, an order or an invoice.")] = None,
    space: options.Space = None,
) -> None:
    """Show the contract; with a number, that quote, order or invoice."""
    from subctl.service import look

    settings: Settings = ctx.obj
    if number is None:
        settings.show(look.show_contract(settings.caller(), settings.space_or(space)))
    else:
        settings.show(look.show_document(settings.caller(), number))


@app.command("list")
def list_(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="spaces|plans|quotes|orders|invoices", help="What to list.")],
    space: options.Space = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only from this day on.")] = None,
    limit: Annotated[str, typer.Option(metavar="N", help="At most so many.")] = "50",
) -> None:
    """List spaces, plans, quotes, orders or invoices, newest first."""
    from subctl.service import lists

    settings: Settings = ctx.obj
    if kind not in lists.LISTS:
        raise bad_input(f"There is no list of {safe(kind)!r}.", f"There are {', '.join(lists.LISTS)}.")
    day = parse_date(since, "--since") if since else None
    document = lists.list_documents(settings.caller(), kind, space, day, parse_count(limit, "--limit", 1, _MOST))
    settings.show(document)


@app.command("whoami")
def whoami(ctx: typer.Context) -> None:
    """Show which account this is and what it may do."""
    from subctl.service import look

    settings: Settings = ctx.obj
    settings.show(look.whoami(settings.caller()))
