"""quote: a change previewed, and saved as an offer."""

import typer

from subctl.cli import options
from subctl.cli.declaration import CHANGE, Declaration
from subctl.cli.ordering import asked_for, wished
from subctl.cli.settings import Settings
from subctl.service.access import SPACE
from subctl.service.quote import save_quote

DECLARED = Declaration(
    right=SPACE,
    purpose=CHANGE,
    documents=("change",),
    examples=(
        "subctl quote --plan pro --users 20",
        "subctl quote --users 30 --space atelier --dry-run --explain",
    ),
)


def run(
    ctx: typer.Context,
    plan: options.Plan = None,
    users: options.Users = None,
    zoom: options.Zoom = None,
    licence: options.Licence = None,
    billing: options.Billing = None,
    space: options.Space = None,
    dry_run: options.DryRun = False,
    explain: options.Explain = False,
    as_support: options.AsSupport = False,
) -> None:
    """Preview a change and save it as a quote."""
    settings: Settings = ctx.obj
    caller, asked = settings.caller(dry_run=dry_run, as_support=as_support), settings.space_or(space)
    asked, wish = asked_for(caller, asked, wished(caller, asked, plan, users, zoom, licence, billing))
    settings.show(save_quote(caller, asked, wish), explain=explain)
