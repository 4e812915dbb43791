"""init: a new store."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.declaration import SET_UP, Declaration
from subctl.cli.settings import Settings, not_empty
from subctl.domain.text import safe
from subctl.service.access import ANYONE
from subctl.view.language import _

DECLARED = Declaration(
    right=ANYONE,  # it makes a new file; whoever makes it is its first store administrator
    purpose=SET_UP,
    documents=("store",),
    examples=(
        "subctl init --demo",
        "subctl init --sandbox --today 2026-01-01 --store try.db",
        "subctl init --catalog catalog.toml",
    ),
)


def run(
    ctx: typer.Context,
    catalog: Annotated[
        str | None, typer.Option(metavar="FILE", help="The catalog, which a live store needs; - is stdin.")
    ] = None,
    sandbox: Annotated[bool, typer.Option("--sandbox", help="A store with a clock of its own, to try things.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="A sandbox on 2026-03-15 with two contracts.")] = False,
    group: Annotated[str | None, typer.Option(metavar="NAME", help="Share the store with an OS group.")] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    """Make a store; whoever makes it is its first administrator.

    A live store needs a catalog of its own: --catalog, or at a terminal a few questions write one. A sandbox without
    one has an example's.
    """
    from subctl.service import init
    from subctl.service.text_file import text_file

    settings: Settings = ctx.obj
    caller = settings.caller(dry_run=dry_run)
    replacing = init.existing_sandbox(caller)
    if replacing and not yes and not dry_run:
        from subctl.cli import prompts

        question = _("There is a sandbox at {store}. Keep it beside and make a new store?")
        prompts.confirm(question.format(store=safe(str(settings.store))), settings)
    file = None if catalog is None else text_file(not_empty("--catalog", catalog))
    if file is None and not (sandbox or demo or yes or dry_run):
        from subctl.cli import first_catalog, prompts

        if prompts.has_terminal():
            file = text_file(str(first_catalog.asked(caller.now.date())))
    if group is not None:
        not_empty("--group", group)
    settings.show(init.init(caller, file, sandbox=sandbox, demo=demo, replace_old=replacing, group=group))
