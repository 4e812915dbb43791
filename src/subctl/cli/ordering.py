"""What upgrade and downgrade do alike: preview, ask, order."""

import typer

from subctl.cli import licences, options, saving
from subctl.cli.relative import Numbers, absolute
from subctl.cli.settings import Settings
from subctl.domain.contract import Wish
from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_, Sentence
from subctl.service import change
from subctl.service.caller import Caller


def wished(
    caller: Caller,
    asked: str | None,
    plan: str | None,
    users: str | None,
    zoom: str | None,
    licence: list[str] | None,
    billing: str | None,
    *,
    ordering: bool = False,
) -> Wish:
    """Return what the options name, with absolute numbers; `ordering` where nobody is asked (`bad_input`)."""
    given = Numbers.given([users] if users else (), [zoom] if zoom else (), licence)
    numbers = absolute(caller, asked, given, ordering=ordering)
    return options.wish(
        plan,
        numbers.users[0] if users else users,
        licences.named(numbers.zoom[0] if zoom else zoom, numbers.licences),
        billing,
    )


def asked_for(caller: Caller, asked: str | None, wish: Wish) -> tuple[str | None, Wish]:
    """Return the space and what a change names; with no option at all a terminal is asked."""
    if wish != Wish() or not _somebody():
        return asked, wish
    from subctl.cli import wizard

    return wizard.asked_for(caller, asked)


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
    save: options.Save = None,
) -> None:
    """Preview and order: asked only when there is something to do, and never inside a transaction."""
    settings: Settings = ctx.obj
    where = saving.folder(save, dry_run=dry_run)
    caller, asked = settings.caller(dry_run=dry_run, as_support=as_support), settings.space_or(space)
    unasked = not dry_run and (yes or not _somebody())
    wish = wished(caller, asked, plan, users, zoom, licence, billing, ordering=unasked)
    if not yes:
        asked, wish = asked_for(caller, asked, wish)
    if yes or dry_run:
        saving.show(settings, caller, change.order_change(caller, asked, wish, expect=expect), where, explain=explain)
        return
    preview = change.preview(caller, asked, wish, expect=expect)
    if not preview.changed:
        saving.show(settings, caller, preview, where, explain=explain)
        return
    from subctl.cli import prompts
    from subctl.view.texts import order_question

    instead = N_("Run {command} with --yes, or save it with subctl quote.")
    prompts.need_terminal(Sentence(instead, {"command": f"subctl {settings.command}"}))
    prompts.show_preview(preview, settings, explain=explain)
    answer = prompts.order_quote_or_leave(order_question(preview))
    if answer == "quote":
        quoting = caller._replace(command="quote")  # what is done now, and so recorded
        from subctl.service.quote import save_quote

        done = save_quote(quoting, asked, wish, shown=preview)
    elif answer == "order":
        done = change.order_change(caller, asked, wish, expect=expect, shown=preview)
    else:
        raise SubctlError("declined", N_("Nothing was ordered."))
    saving.show(settings, caller, done, where, explain=explain, brief=True)


def _somebody() -> bool:
    from subctl.cli import prompts

    return prompts.has_terminal()
