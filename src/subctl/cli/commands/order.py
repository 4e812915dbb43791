"""order: a quote, accepted."""

import typer

from subctl.cli import options
from subctl.cli.declaration import CHANGE, Declaration
from subctl.cli.settings import Settings
from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.domain.refusals import change_command
from subctl.service import change
from subctl.service.access import SPACE
from subctl.service.session import Caller

_TOO_OLD = ("quote_expired", "quote_stale")

DECLARED = Declaration(
    right=SPACE,
    purpose=CHANGE,
    documents=("change",),
    examples=(
        "subctl order Q-2026-0001",
        "subctl order Q-2026-0001 --dry-run",
        "subctl order Q-2026-0001 --expect 786.50 --json",
    ),
)


def run(
    ctx: typer.Context,
    quote: str = typer.Argument(metavar="QUOTE", help="The number of the quote."),
    dry_run: options.DryRun = False,
    expect: options.Expect = None,
    explain: options.Explain = False,
    as_support: options.AsSupport = False,
) -> None:
    """Accept a quote: what was shown is ordered, or refused as stale."""
    settings: Settings = ctx.obj
    caller = settings.caller(dry_run=dry_run, as_support=as_support)
    try:
        done = change.order_quote(caller, quote, expect=expect)
    except SubctlError as error:
        if error.code not in _TOO_OLD:
            raise
        raise SubctlError(error.code, error.message, f"Ask for a new one: {_again(caller, quote)}") from None
    settings.show(done, explain=explain)


def _again(caller: Caller, quote: str) -> str:
    """Return the command that asks for what a quote offered."""
    from subctl.service.document_page import show_quote

    shown = show_quote(caller, quote)
    before, after = shown.change.before, shown.change.after
    had = dict(before.licences)
    licences = {**dict.fromkeys(had, 0), **dict(after.licences)}
    wish = Wish(
        plan=after.plan if after.plan != before.plan else None,
        users=after.users if after.users != before.users else None,
        licences=tuple((kind, number) for kind, number in licences.items() if number != had.get(kind, 0)),
        billing=after.billing if after.billing != before.billing else None,
    )
    return change_command("quote", shown.space, wish)
