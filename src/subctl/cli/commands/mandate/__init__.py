"""mandate: what customers have signed so that invoices may be debited."""

from subctl.cli.declaration import SET_UP, Group

GROUP = Group(
    help="Keep the mandates of direct debits.",
    purpose=SET_UP,
    examples=(
        "subctl mandate add M-1 --space acme --signed 2026-03-01",
        "subctl mandate end M-1",
        "subctl mandate list",
    ),
)
