"""downgrade: a change that costs less, ordered at once."""

from subctl.cli.declaration import CHANGE, Declaration
from subctl.cli.ordering import run
from subctl.service.access import SPACE

__all__ = ["DECLARED", "run"]

DECLARED = Declaration(
    right=SPACE,
    purpose=CHANGE,
    documents=("change",),
    help="Preview a change that costs less, ask, and order it.",
    examples=(
        "subctl downgrade --users 8",
        "subctl downgrade --zoom 0 --dry-run",
        "subctl downgrade --users 8 --space atelier --yes --json",
    ),
)
