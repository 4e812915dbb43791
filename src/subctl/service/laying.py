"""Laying many rows out before `session.writing` enters them in one short step."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from subctl.store.engine import engine_of

if TYPE_CHECKING:
    from subctl.service.caller import Caller
    from subctl.store.engine import Laying
    from subctl.store.tables import Table


def laying(caller: Caller, tables: Sequence[Table]) -> AbstractContextManager[Laying]:
    """Open the store to lay rows of some tables out while others write (`store_denied` and the like)."""
    return engine_of(caller.store).laying(caller.store, caller.now, caller.uid, caller.account, tables)
