"""upgrade: a change that costs more, ordered at once."""

from subctl.cli.declaration import CHANGE, Declaration
from subctl.cli.ordering import run
from subctl.service.access import SPACE

__all__ = ["DECLARED", "run"]

DECLARED = Declaration(
    right=SPACE,
    purpose=CHANGE,
    documents=("change",),
    help="Preview a change that costs more, ask, and order it.",
    examples=(
        "subctl upgrade --plan pro --users 20",
        "subctl upgrade --users 20 --dry-run --explain",
        "subctl upgrade --plan pro --users 20 --yes --expect 786.50",
    ),
)
