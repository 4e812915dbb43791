"""config unset: a setting, taken out."""

import typer

from subctl.cli import options
from subctl.cli.config_file import Key, known, saved
from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings, read_config
from subctl.service.access import ANYONE

DECLARED = Declaration(
    right=ANYONE,  # it is the caller's own file
    documents=("config",),
    examples=(
        "subctl config unset space",
        "subctl config unset store --dry-run",
    ),
)


def run(ctx: typer.Context, key: Key, dry_run: options.DryRun = False) -> None:
    """Take a setting out of the config file; what isn't there may be taken out again."""
    settings: Settings = ctx.obj
    known(key)
    config = read_config()
    after = {name: value for name, value in config.items() if name != key}
    settings.show(saved(settings, config, after, dry_run=dry_run))
