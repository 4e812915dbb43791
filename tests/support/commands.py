"""The commands that there are."""

from subctl.cli.commands import COMMANDS
from subctl.cli.declaration import Declaration
from subctl.cli.tree import module_of

DECLARED: dict[str, Declaration] = {name: module_of(name).DECLARED for name in COMMANDS}
"""What each command says of itself, by its words after `subctl`."""
