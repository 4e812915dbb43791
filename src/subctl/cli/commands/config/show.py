"""config show: the settings in force."""

import typer

from subctl.cli.config_file import in_force
from subctl.cli.declaration import Declaration
from subctl.cli.settings import Settings, read_config
from subctl.service.access import ANYONE

DECLARED = Declaration(
    right=ANYONE,
    documents=("config",),
    examples=(
        "subctl config show",
        "subctl config show --json",
    ),
)


def run(ctx: typer.Context) -> None:
    """Show the settings in force, and where each comes from."""
    settings: Settings = ctx.obj
    settings.show(in_force(settings, read_config(), changed=False))
