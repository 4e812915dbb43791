"""The current state of many contracts, as `apply` reads it."""

from __future__ import annotations

from subctl.results.lists import StateItem, States
from subctl.service.caller import Caller
from subctl.service.session import reading
from subctl.store import read


def export(caller: Caller) -> States:
    """Return the current state of every contract one may see that hasn't ended, as `apply` reads it."""
    with reading(caller) as session:
        contracts = (read.contract(session.connection, space_id) for space_id in session.visible_spaces())
        items = (StateItem(each.space, each.current) for each in contracts if not each.ended(session.day))
        return States(tuple(items), tuple(session.catalog.licences))
