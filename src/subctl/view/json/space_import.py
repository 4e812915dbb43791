"""An import of spaces as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.results.space_import import Imported

if TYPE_CHECKING:
    from subctl.view.documents.space_import import ImportDocument


def document(result: Imported, *, explain: bool) -> ImportDocument:
    """Return how many spaces were added."""
    del explain
    day = result.day.isoformat()
    return {"schema": "import/1", "date": day, "added": result.added, "changed": result.added > 0}
