"""A correction as the invoice that it issued, with what became of the one in whose place that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.results.correction import Correction
from subctl.view.json.invoice import document as invoice_document

if TYPE_CHECKING:
    from subctl.view.documents.invoice import InvoiceDocument


def document(result: Correction, *, explain: bool) -> InvoiceDocument:
    """Return the invoice in the place of the corrected one; in a preview it has no number yet."""
    found = invoice_document(result.invoice, explain=explain)
    if result.credit_note is None:
        found["number"] = found["payment_reference"] = None
    found["replaces"] = result.corrected.number
    found["replaces_date"] = result.corrected.draft.day.isoformat()
    found["reason"] = result.reason
    found["credit_note"] = result.credit_note
    found["differences"] = [
        {"field": each.field, "before": each.before, "after": each.after} for each in result.differences
    ]
    found["changed"] = result.changed
    return found
