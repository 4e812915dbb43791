"""A store that was moved, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.results.move import Moved

if TYPE_CHECKING:
    from subctl.view.documents.move import MoveDocument


def document(result: Moved, *, explain: bool) -> MoveDocument:
    """Return from where to where a store was moved, and what it has."""
    del explain
    return {
        "schema": "move/1",
        "store": result.store,
        "to": result.target,
        "sandbox": result.sandbox,
        "hash": result.hash,
        "spaces": result.spaces,
        "entries": result.entries,
        "rows": result.rows,
        "finished": result.finished,
        "kept": result.kept,
    }
