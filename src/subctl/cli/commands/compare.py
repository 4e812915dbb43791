"""compare: every combination of what could be wanted, side by side."""

from typing import Annotated

import typer

from subctl.cli import licences, options
from subctl.cli.declaration import LOOK, Declaration
from subctl.cli.relative import Numbers, absolute
from subctl.cli.settings import Settings
from subctl.domain.text import parse_count
from subctl.service.access import SPACE

DECLARED = Declaration(
    right=SPACE,
    purpose=LOOK,
    examples=(
        "subctl compare --plan starter --plan pro --users 20",
        "subctl compare --users 10 --users 20 --billing monthly --billing annual",
    ),
)


def run(
    ctx: typer.Context,
    plan: Annotated[list[str] | None, typer.Option(metavar="PLAN", help="A plan; may be repeated.")] = None,
    users: Annotated[list[str] | None, typer.Option(metavar="N", help="A number of users; may be repeated.")] = None,
    zoom: Annotated[list[str] | None, typer.Option(metavar="N", help="Zoom licences; may be repeated.")] = None,
    licence: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=N", help="A number of a kind of licence; several of one kind are alternatives."),
    ] = None,
    billing: Annotated[list[str] | None, typer.Option(metavar="monthly|annual", help="May be repeated.")] = None,
    space: options.Space = None,
    explain: options.Explain = False,
    as_support: options.AsSupport = False,
) -> None:
    """Show every combination of plans, users and licences side by side; save nothing."""
    from subctl.service import compare

    settings: Settings = ctx.obj
    caller, asked = settings.caller(as_support=as_support), settings.space_or(space)
    numbers = absolute(caller, asked, Numbers.given(users, zoom, licence))
    choices = compare.Choices(
        plans=tuple(plan or ()),
        users=tuple(parse_count(number, "--users", 1) for number in numbers.users),
        licences=licences.alternatives(numbers.zoom, numbers.licences),
        billings=tuple(options.one_billing(each) for each in billing or ()),
    )
    settings.show(compare.compare(caller, asked, choices), explain=explain)
