"""A result as JSON, with what became of the files of its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.results.saving import NotSaved, Saved
from subctl.view.json import Document, document_of
from subctl.view.json.values import refusal_document

if TYPE_CHECKING:
    from subctl.view.documents.parts import NotSaved as NotSavedDocument


def document(result: Saved, *, explain: bool) -> Document:
    """Return the document of the result itself; what wasn't saved comes behind what failed in it."""
    saved = document_of(result.result, explain=explain)
    before = saved.get("failed", [])
    failed = [*(before if isinstance(before, list) else ()), *map(_not_saved, result.failed)]
    return {**saved, "saved": result.written, "kept": result.kept, "failed": failed}


def _not_saved(failed: NotSaved) -> NotSavedDocument:
    return {"number": failed.number, "space": failed.space, "error": refusal_document(failed.error)}
