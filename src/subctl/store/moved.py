"""What keeps writers out of a store that was moved: its mark, which stands beside what is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.domain.text import safe

if TYPE_CHECKING:
    from subctl.store.connection import Connection
    from subctl.store.places import Place


def mark(connection: Connection, to: str) -> None:
    """Say where the store was moved to: its history ends here, and goes on there."""
    connection.execute("INSERT INTO moved (place) VALUES (?)", (to,)).close()


def refuse(connection: Connection, store: Place) -> None:
    """Refuse who holds the lock of a store that was moved, perhaps while he waited for it (`store_moved`)."""
    (to,) = connection.execute("SELECT min(place) FROM moved").fetchone()
    if to is not None:
        raise refusal(store, to)


def refusal(store: Place, to: str) -> SubctlError:
    """Return the refusal to write to a store that was moved."""
    from subctl.domain.addresses import pasted

    return SubctlError(
        "store_moved",
        N_("The store {store} was moved to {place}."),
        N_("Write there: {option}."),
        store=store,
        place=safe(to),
        option=f"--store {pasted(to)}",
    )
