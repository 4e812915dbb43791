"""The check of the book as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.results.check import Checked

if TYPE_CHECKING:
    from subctl.view.documents.check import CheckDocument


def document(result: Checked, *, explain: bool) -> CheckDocument:
    """Return what was looked at and found."""
    del explain
    counts = result.counts
    return {
        "schema": "check/1",
        "ok": result.ok,
        "counts": {
            "spaces": counts["spaces"],
            "quotes": counts["quotes"],
            "orders": counts["orders"],
            "invoices": counts["invoices"],
            "payments": counts["payments"],
            "collections": counts["collections"],
            "reminders": counts["reminders"],
            "history": counts["history"],
        },
        "problems": [
            {"code": each.code, "document": each.document, "message": each.message} for each in result.problems
        ],
        "head": result.head,
    }
