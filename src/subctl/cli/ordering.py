"""What upgrade and downgrade do alike: preview, ask, order."""

import typer

from subctl.cli import licences, options
from subctl.cli.settings import Settings
from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.service import change
from subctl.service.session import Caller


def asked_for(caller: Caller, asked: str | None, wish: Wish) -> Wish:
    """Return what a change names; with no option at all a terminal is asked."""
    if wish != Wish():
        return wish
    from subctl.cli import prompts

    if not prompts.has_terminal():
        return wish
    return prompts.wizard(*change.choices(caller, asked))


def run(
    ctx: typer.Context,
    plan: options.Plan = None,
    users: options.Users = None,
    zoom: options.Zoom = None,
    licence: options.Licence = None,
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
    wish = options.wish(plan, users, licences.named(zoom, licence), billing)
    if not yes:
        wish = asked_for(caller, asked, wish)
    if yes or dry_run:
        settings.show(change.order_change(caller, asked, wish, expect=expect), explain=explain)
        return
    preview = change.preview(caller, asked, wish, expect=expect)
    if not preview.changed:
        settings.show(preview, explain=explain)
        return
    from subctl.cli import prompts

    prompts.need_terminal(f"subctl {settings.command} with --yes, or save it with subctl quote")
    prompts.show_preview(preview, settings, explain=explain)
    answer = prompts.order_quote_or_leave()
    if answer == "quote":
        quoting = caller._replace(command="quote")  # what is done now, and so recorded
        settings.show(change.quote(quoting, asked, wish, shown=preview), explain=explain, brief=True)
    elif answer == "order":
        settings.show(
            change.order_change(caller, asked, wish, expect=expect, shown=preview), explain=explain, brief=True
        )
    else:
        raise SubctlError("declined", "Nothing was ordered.")
