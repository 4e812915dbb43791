"""An issued invoice or credit note as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.catalog import Seller
from subctl.domain.money import format_amount
from subctl.results.invoice import BuyerDetails, ShownInvoice
from subctl.view.json.values import day_text, draft_document

if TYPE_CHECKING:
    from subctl.view.documents import invoice as documents


def document(result: ShownInvoice, *, explain: bool) -> documents.InvoiceDocument:
    """Return an invoice as it was issued, with its seller and its buyer."""
    draft, currency = draft_document(result.draft, explain=explain), result.draft.currency
    found: documents.InvoiceDocument = {
        "schema": "invoice/1",
        "number": result.number,
        "space": result.space,
        "order": result.order,
        "credits": result.credits,
        "due_date": day_text(result.due_date),
        "kind": draft["kind"],
        "date": draft["date"],
        "period": draft["period"],
        "lines": draft["lines"],
        "net": format_amount(result.net, currency),
        "vat_category": draft["vat_category"],
        "vat_rate": draft["vat_rate"],
        "vat_note": draft["vat_note"],
        "vat": format_amount(result.vat, currency),
        "total": format_amount(result.total, currency),
        "currency": currency,
        "seller": _seller(result.seller),
        "buyer": _buyer(result.buyer),
    }
    if explain:
        found["vat_explanation"] = draft["vat_explanation"]
    return found


def _seller(seller: Seller) -> documents.Seller:
    return {
        "name": seller.name,
        "address": seller.address,
        "country": seller.country,
        "vat_id": seller.vat_id,
        "iban": seller.iban,
        "support": seller.support,
    }


def _buyer(buyer: BuyerDetails) -> documents.Buyer:
    return {
        "name": buyer.name,
        "address": buyer.address,
        "country": buyer.country,
        "vat_id": buyer.vat_id,
        "email": buyer.email,
        "reference": buyer.reference,
    }
