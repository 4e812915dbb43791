"""config set: a setting, kept."""

from typing import Annotated

import typer

from subctl.cli import options
from subctl.cli.config_file import Key, known, saved, valid
from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings, read_config
from subctl.service.access import ANYONE

DECLARED = Declaration(
    right=ANYONE,  # it is the caller's own file
    documents=("config",),
    examples=(
        "subctl config set store ~/books/contracts.db",
        "subctl config set space acme",
        "subctl config set color never",
    ),
)


def run(
    ctx: typer.Context,
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The value.")],
    dry_run: options.DryRun = False,
) -> None:
    """Write a setting to the config file; setting it again changes nothing."""
    settings: Settings = ctx.obj
    wanted = valid(known(key), value)
    config = read_config()
    settings.show(saved(settings, config, {**config, key: wanted}, dry_run=dry_run))
