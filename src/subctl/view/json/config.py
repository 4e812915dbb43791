"""The settings in force as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.results.config import Configuration

if TYPE_CHECKING:
    from subctl.view.documents.config import ConfigDocument


def document(result: Configuration, *, explain: bool) -> ConfigDocument:
    """Return every setting, and where it comes from."""
    del explain
    return {
        "schema": "config/1",
        "file": str(result.file),
        "settings": [{"key": each.key, "value": each.value, "from": each.origin} for each in result.settings],
        "changed": result.changed,
    }
