"""config: the settings that a person keeps for all commands."""

from subctl.cli.declaration import TOOL, Group

GROUP = Group(
    help="Show and change the config file.",
    purpose=TOOL,
    examples=(
        "subctl config show",
        "subctl config set space acme",
        "subctl config unset space",
    ),
)
