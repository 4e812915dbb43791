"""show, list, compare, forecast and whoami."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.settings import Settings
from subctl.domain.dates import parse_date
from subctl.domain.errors import bad_input
from subctl.domain.text import parse_count, safe

app = typer.Typer()

_MOST = 1_000_000
_MOST_MONTHS = 120


@app.command("show")
def show(
    ctx: typer.Context,
    number: Annotated[str | None, typer.Argument(metavar="[NUMBER]", help="A quote, an order or an invoice.")] = None,
    space: options.Space = None,
    explain: options.Explain = False,
) -> None:
    """Show the contract; with a number, that quote, order or invoice."""
    from subctl.service import look

    settings: Settings = ctx.obj
    if number is None:
        settings.show(look.show_contract(settings.caller(), settings.space_or(space)), explain=explain)
    else:
        options.given(space)
        settings.show(look.show_document(settings.caller(), number), explain=explain)


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
        raise bad_input(f"There is no list of '{safe(kind)}'.", f"There are {', '.join(lists.LISTS)}.")
    day = None if since is None else parse_date(since, "--since")
    most = parse_count(limit, "--limit", 1, _MOST)
    settings.show_first(lists.list_documents(settings.caller(), kind, options.given(space), day, most + 1), most)


@app.command("whoami")
def whoami(ctx: typer.Context) -> None:
    """Show which account this is and what it may do."""
    from subctl.service import look

    settings: Settings = ctx.obj
    settings.show(look.whoami(settings.caller()))


@app.command("compare")
def compare(
    ctx: typer.Context,
    plan: Annotated[list[str] | None, typer.Option(metavar="PLAN", help="A plan; may be repeated.")] = None,
    users: Annotated[list[str] | None, typer.Option(metavar="N", help="A number of users; may be repeated.")] = None,
    zoom: Annotated[list[str] | None, typer.Option(metavar="N", help="Zoom licences; may be repeated.")] = None,
    billing: Annotated[list[str] | None, typer.Option(metavar="monthly|annual", help="May be repeated.")] = None,
    space: options.Space = None,
    explain: options.Explain = False,
    as_support: options.AsSupport = False,
) -> None:
    """Show every combination of plans, users and licences side by side; save nothing."""
    from subctl.service import outlook

    settings: Settings = ctx.obj
    choices = outlook.Choices(
        plans=tuple(plan or ()),
        users=tuple(parse_count(number, "--users", 1) for number in users or ()),
        zoom=tuple(parse_count(number, "--zoom") for number in zoom or ()),
        billings=tuple(options.one_billing(each) for each in billing or ()),
    )
    settings.show(
        outlook.compare(settings.caller(as_support=as_support), settings.space_or(space), choices), explain=explain
    )


@app.command("forecast")
def forecast(
    ctx: typer.Context,
    months: Annotated[str, typer.Option(metavar="N", help="How many months.")] = "12",
    space: options.Space = None,
) -> None:
    """Show the invoices to come, as a table and a bar chart."""
    from subctl.service import outlook

    settings: Settings = ctx.obj
    number = parse_count(months, "--months", 1, _MOST_MONTHS)
    settings.show(outlook.forecast(settings.caller(), settings.space_or(space), number))
