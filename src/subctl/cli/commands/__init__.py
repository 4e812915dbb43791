"""The commands: a file each, named as the command, in which it declares itself; a group is a folder of them.

This list of names is all that is central. It has the order in which help lists them.
"""

from subctl.cli.declaration import Group

COMMANDS = (
    "show",
    "list",
    "compare",
    "forecast",
    "owed",
    "journal",
    "quote",
    "order",
    "upgrade",
    "downgrade",
    "cancel",
    "withdraw",
    "bill",
    "pay",
    "collect",
    "correct",
    "remind",
    "apply",
    "export",
    "init",
    "space add",
    "space import",
    "space set",
    "mandate add",
    "mandate end",
    "mandate list",
    "catalog new",
    "catalog list",
    "catalog export",
    "catalog check",
    "catalog import",
    "catalog drop",
    "admin list",
    "admin add",
    "admin remove",
    "whoami",
    "check",
    "history",
    "backup",
    "restore",
    "move",
    "config show",
    "config set",
    "config unset",
    "schema",
    "completion",
)

GROUP = Group(
    help="",  # the app's callback has it, with the global options
    examples=(
        "subctl init --demo",
        "subctl show",
        "subctl quote --plan pro --users 20",
    ),
)
