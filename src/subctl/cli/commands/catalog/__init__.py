"""catalog: plans and prices over time."""

from subctl.cli.declaration import SET_UP, Group

GROUP = Group(
    help="Export, check and import catalogs of plans and prices.",
    purpose=SET_UP,
    examples=(
        "subctl catalog export > catalog.toml",
        "subctl catalog check catalog.toml",
        "subctl catalog import catalog.toml --dry-run",
    ),
)
