"""quote, upgrade, downgrade, order, cancel and withdraw."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.settings import Settings
from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.service import change
from subctl.service.session import Caller

app = typer.Typer()


@app.command("quote")
def quote(
    ctx: typer.Context,
    plan: options.Plan = None,
    users: options.Users = None,
    zoom: options.Zoom = None,
    billing: options.Billing = None,
    space: options.Space = None,
    dry_run: options.DryRun = False,
    explain: options.Explain = False,
    as_support: options.AsSupport = False,
) -> None:
    """Preview a change and save it as a quote."""
    settings: Settings = ctx.obj
    caller, asked = settings.caller(dry_run=dry_run, as_support=as_support), settings.space_or(space)
    wish = _asked_for(caller, "quote", asked, options.wish(plan, users, zoom, billing))
    settings.show(change.quote(caller, asked, wish), explain=explain)


def _asked_for(caller: Caller, command: str, asked: str | None, wish: Wish) -> Wish:
    """Return what a change names; with no option at all a terminal is asked."""
    if wish != Wish():
        return wish
    from subctl.cli import prompts

    if not prompts.has_terminal():
        return wish
    return prompts.wizard(*change.choices(caller, command, asked))


@app.command("upgrade", help="Preview a change that costs more, ask, and order it.")
@app.command("downgrade", help="Preview a change that costs less, ask, and order it.")
def order_now(
    ctx: typer.Context,
    plan: options.Plan = None,
    users: options.Users = None,
    zoom: options.Zoom = None,
    billing: options.Billing = None,
    space: options.Space = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    expect: options.Expect = None,
    explain: options.Explain = False,
    as_support: options.AsSupport = False,
) -> None:
    """Preview and order: asked only when there is something to do, and never inside a transaction."""
    settings: Settings = ctx.obj
    caller, asked = settings.caller(dry_run=dry_run, as_support=as_support), settings.space_or(space)
    command, wish = str(ctx.info_name), options.wish(plan, users, zoom, billing)
    if not yes:
        wish = _asked_for(caller, command, asked, wish)
    if yes or dry_run:
        settings.show(change.order_change(caller, command, asked, wish, expect=expect), explain=explain)
        return
    preview = change.preview(caller, command, asked, wish, expect=expect)
    if not preview["changed"]:
        settings.show(preview, explain=explain)
        return
    from subctl.cli import prompts

    prompts.need_terminal(f"subctl {command} with --yes, or save it with subctl quote")
    prompts.show_preview(preview, settings, explain=explain)
    answer = prompts.order_quote_or_leave()
    if answer == "quote":
        settings.show(change.quote(caller, asked, wish, shown=preview), explain=explain, brief=True)
    elif answer == "order":
        document = change.order_change(caller, command, asked, wish, expect=expect, shown=preview)
        settings.show(document, explain=explain, brief=True)
    else:
        raise SubctlError("declined", "Nothing was ordered.")


@app.command("order")
def order(
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
    settings.show(change.order_quote(caller, quote, expect=expect), explain=explain)


@app.command("cancel")
def cancel(
    ctx: typer.Context,
    space: options.Space = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    as_support: options.AsSupport = False,
) -> None:
    """End the contract at the first date that the notice reaches."""
    from subctl.service import ending

    settings: Settings = ctx.obj
    caller, asked = settings.caller(dry_run=dry_run, as_support=as_support), settings.space_or(space)
    preview = None
    if not yes and not dry_run:
        preview = ending.preview_cancel(caller, asked)
        if not preview["changed"]:
            settings.show(preview)
            return
        from subctl.cli import prompts

        prompts.need_terminal("subctl cancel with --yes")
        prompts.show_preview(preview, settings)
        prompts.confirm("Cancel this contract?")
    settings.show(ending.cancel(caller, asked, preview), brief=preview is not None)


@app.command("withdraw")
def withdraw(
    ctx: typer.Context,
    order: Annotated[str | None, typer.Argument(metavar="ORDER", help="The number of the order.")] = None,
    space: options.Space = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    as_support: options.AsSupport = False,
) -> None:
    """Take the latest change, or a cancellation, back."""
    from subctl.cli import prompts
    from subctl.service import ending

    settings: Settings = ctx.obj
    caller = settings.caller(dry_run=dry_run, as_support=as_support)
    options.given(space)
    if order is None:
        order = prompts.latest_order(ending.latest_withdrawable(caller, settings.space_or(space)))
    preview = None
    if not yes and not dry_run:
        preview = ending.preview_withdraw(caller, order)
        if not preview["changed"]:
            settings.show(preview)
            return
        prompts.need_terminal("subctl withdraw with --yes")
        prompts.show_preview(preview, settings)
        prompts.confirm(f"Withdraw {order}?")
    settings.show(ending.withdraw(caller, order), brief=preview is not None)
