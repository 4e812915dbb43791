"""withdraw: an order, taken back."""

from typing import Annotated

import typer

from subctl.cli import options, saving
from subctl.cli.declaration import CHANGE, Declaration
from subctl.cli.settings import Settings
from subctl.service.access import SPACE
from subctl.view.language import _

DECLARED = Declaration(
    right=SPACE,
    purpose=CHANGE,
    documents=("order",),
    examples=(
        "subctl withdraw",
        "subctl withdraw O-2026-0001 --dry-run",
        "subctl withdraw O-2026-0001 --yes",
    ),
)


def run(
    ctx: typer.Context,
    order: Annotated[str | None, typer.Argument(metavar="ORDER", help="The number of the order.")] = None,
    space: options.Space = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    as_support: options.AsSupport = False,
    save: options.Save = None,
) -> None:
    """Take the latest change, or a cancellation, back."""
    from subctl.cli import prompts
    from subctl.service import withdrawal

    settings: Settings = ctx.obj
    where = saving.folder(save, dry_run=dry_run)
    caller = settings.caller(dry_run=dry_run, as_support=as_support)
    if order is not None:
        options.refuse_beside(order, {"--space": space is not None})
    else:
        order = prompts.latest_order(withdrawal.latest_withdrawable(caller, settings.space_or(space)))
    preview = None
    if not yes and not dry_run:
        preview = withdrawal.preview_withdraw(caller, order)
        if not preview.changed:
            saving.show(settings, caller, preview, where)
            return
        prompts.confirm(_("Withdraw {order}?").format(order=order), settings, shown=preview)
    saving.show(settings, caller, withdrawal.withdraw(caller, order), where, brief=preview is not None)
