"""A copy of the store as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.results.backup import Copied

if TYPE_CHECKING:
    from subctl.view.documents.backup import BackupDocument


def document(result: Copied, *, explain: bool) -> BackupDocument:
    """Return a copy, and what became of the store that it replaced."""
    del explain
    return {
        "schema": "backup/1",
        "store": result.store,
        "file": str(result.file),
        "bytes": result.bytes,
        "kept": result.kept,
    }
