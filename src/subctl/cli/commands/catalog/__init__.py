"""catalog: plans and prices over time."""

from subctl.cli.declaration import SET_UP, Group

GROUP = Group(
    help="Write, check, import and drop catalogs of plans and prices.",
    purpose=SET_UP,
    examples=(
        "subctl catalog new > catalog.toml",
        "subctl catalog check catalog.toml",
        "subctl catalog import catalog.toml --dry-run",
    ),
)
