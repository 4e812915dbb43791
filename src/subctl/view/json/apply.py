"""What applying a file changes, as JSON."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from subctl.domain.money import format_amount
from subctl.results.apply import Applied
from subctl.view.json.change import document as change_document
from subctl.view.json.rows import Rows
from subctl.view.json.values import refusal_document

if TYPE_CHECKING:
    from subctl.view.documents.apply import ApplyDocument


def document(result: Applied, *, explain: bool) -> ApplyDocument:
    """Return the change of each line, with the sums of what is due now."""
    return {
        "schema": "apply/1",
        "date": result.day.isoformat(),
        "currency": result.currency,
        "changes": Rows(result.changes, partial(change_document, explain=explain)),
        "net": format_amount(result.net, result.currency),
        "total": format_amount(result.total, result.currency),
        "changed": result.changed,
        "failed": [
            {"line": each.line, "space": each.space, "error": refusal_document(each.error)} for each in result.failed
        ],
    }
