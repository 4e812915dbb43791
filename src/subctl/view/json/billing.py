"""A bill run as JSON; its invoices are made into documents one by one, as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.money import format_amount
from subctl.results.billing import Billed, BillRun, NotBilled
from subctl.view.json.rows import Rows
from subctl.view.json.values import period_document, refusal_document

if TYPE_CHECKING:
    from subctl.view.documents import billing as documents


def document(result: BillRun, *, explain: bool) -> documents.BillDocument:
    """Return what a run issued."""
    del explain
    return {
        "schema": "bill/1",
        "date": result.day.isoformat(),
        "issued": Rows(result.issued, _billed),
        "failed": [_not_billed(each) for each in result.failed],
    }


def _billed(invoice: Billed) -> documents.BilledInvoice:
    currency = invoice.currency
    return {
        "number": invoice.number,
        "space": invoice.space,
        "period": period_document(invoice.period),
        "net": format_amount(invoice.net, currency),
        "vat": format_amount(invoice.vat, currency),
        "total": format_amount(invoice.total, currency),
        "currency": currency,
    }


def _not_billed(failed: NotBilled) -> documents.NotBilled:
    return {"space": failed.space, "error": refusal_document(failed.error)}
