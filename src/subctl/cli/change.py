"""quote, upgrade, downgrade, order, cancel and withdraw."""

from __future__ import annotations

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.settings import Settings
from subctl.domain.errors import SubctlError
from subctl.service import change

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
    as_support: options.AsSupport = False,
) -> None:
    """Preview a change and save it as a quote."""
    settings: Settings = ctx.obj
    caller = settings.caller(dry_run=dry_run, as_support=as_support)
    settings.show(change.quote(caller, settings.space_or(space), options.wish(plan, users, zoom, billing)))


@app.command("upgrade")
def upgrade(
    ctx: typer.Context,
    plan: options.Plan = None,
    users: options.Users = None,
    zoom: options.Zoom = None,
    billing: options.Billing = None,
    space: options.Space = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    expect: options.Expect = None,
    as_support: options.AsSupport = False,
) -> None:
    """Preview a change that costs more, ask, and order it."""
    wish = options.wish(plan, users, zoom, billing)
    _change(ctx.obj, "upgrade", space, wish, yes=yes, dry_run=dry_run, expect=expect, as_support=as_support)


@app.command("downgrade")
def downgrade(
    ctx: typer.Context,
    plan: options.Plan = None,
    users: options.Users = None,
    zoom: options.Zoom = None,
    billing: options.Billing = None,
    space: options.Space = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    expect: options.Expect = None,
    as_support: options.AsSupport = False,
) -> None:
    """Preview a change that costs less, ask, and order it."""
    wish = options.wish(plan, users, zoom, billing)
    _change(ctx.obj, "downgrade", space, wish, yes=yes, dry_run=dry_run, expect=expect, as_support=as_support)


def _change(
    settings: Settings,
    command: str,
    space: str | None,
    wish: change.Wish,
    *,
    yes: bool,
    dry_run: bool,
    expect: str | None,
    as_support: bool,
) -> None:
    """Preview and order: asked only when there is something to do, and never inside a transaction."""
    caller, asked = settings.caller(dry_run=dry_run, as_support=as_support), settings.space_or(space)
    if yes or dry_run:
        settings.show(change.order_change(caller, command, asked, wish, expect=expect))
        return
    preview = change.preview(caller, command, asked, wish, expect=expect)
    if not preview["changed"]:
        settings.show(preview)
        return
    from subctl.cli import prompts

    prompts.need_terminal(f"subctl {command} with --yes, or save it with subctl quote")
    prompts.show_preview(preview, settings)
    answer = prompts.order_quote_or_leave()
    if answer == "quote":
        settings.show(change.quote(caller, asked, wish))
    elif answer == "order":
        settings.show(change.order_change(caller, command, asked, wish, expect=expect, shown=preview))
    else:
        raise SubctlError("declined", "Nothing was ordered.")


@app.command("order")
def order(
    ctx: typer.Context,
    quote: str = typer.Argument(metavar="QUOTE", help="The number of the quote."),
    dry_run: options.DryRun = False,
    expect: options.Expect = None,
    as_support: options.AsSupport = False,
) -> None:
    """Accept a quote: what was shown is ordered, or refused as stale."""
    settings: Settings = ctx.obj
    caller = settings.caller(dry_run=dry_run, as_support=as_support)
    settings.show(change.order_quote(caller, quote, expect=expect))


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
    settings.show(ending.cancel(caller, asked, preview))


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
    if order is None:
        order = prompts.latest_order(ending.latest_withdrawable(caller, settings.space_or(space)))
    if not yes and not dry_run:
        preview = ending.preview_withdraw(caller, order)
        if not preview["changed"]:
            settings.show(preview)
            return
        prompts.need_terminal("subctl withdraw with --yes")
        prompts.show_preview(preview, settings)
        prompts.confirm(f"Withdraw {order}?")
    settings.show(ending.withdraw(caller, order))
