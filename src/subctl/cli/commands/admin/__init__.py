"""admin: who may do what."""

from subctl.cli.declaration import SET_UP, Group

GROUP = Group(
    help="Administrators of the store and of single spaces.",
    purpose=SET_UP,
    examples=(
        "subctl admin list",
        "subctl admin add maria --space acme",
        "subctl admin remove maria --space acme",
    ),
)

FIELDS = ("id", "account", "space", "role")
"""The keys of an administrator, as these commands list them."""
