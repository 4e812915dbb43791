"""space: adding spaces and changing them."""

from subctl.cli.declaration import SET_UP, Group

GROUP = Group(
    help="Add and change spaces.",
    purpose=SET_UP,
    examples=(
        "subctl space add bistro --name 'Bistro 7' --plan pro --users 4",
        "subctl space set acme --active-users 9",
        "subctl space import spaces.csv --dry-run",
    ),
)
