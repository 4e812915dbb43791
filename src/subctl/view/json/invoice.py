"""An issued invoice or credit note as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.catalog import Seller
from subctl.domain.invoice import CREDIT
from subctl.domain.languages import ENGLISH
from subctl.domain.money import format_amount
from subctl.domain.reference import payment_reference
from subctl.domain.text import masked_account
from subctl.results.invoice import ShownInvoice
from subctl.results.parties import BuyerDetails, Mandate
from subctl.view.json.values import day_text, draft_document, settled_document
from subctl.view.texts import worded

if TYPE_CHECKING:
    from subctl.view.documents import invoice as documents


def document(result: ShownInvoice, *, explain: bool) -> documents.InvoiceDocument:
    """Return an invoice as it was issued, with its seller and its buyer."""
    draft, currency = draft_document(worded(result), explain=explain), result.draft.currency
    settled = settled_document(result.settled, currency)
    made = result.correction
    found: documents.InvoiceDocument = {
        "schema": "invoice/1",
        "number": result.number,
        "space": result.space,
        "order": result.order,
        "credits": result.credits,
        "credits_date": day_text(result.credits_date),
        "credited_by": result.credited_by,
        "paid": settled["paid"],
        "open": settled["open"],
        "status": settled["status"],
        "overdue": settled["overdue"],
        "replaces": made.invoice if made and not result.credits else None,
        "replaces_date": day_text(made.day) if made and not result.credits else None,
        "replaced_by": made.replacement if made and result.credits else result.replaced_by,
        "reason": made.reason if made else None,
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
        "language": result.buyer.language or ENGLISH,
        "payment": {"method": result.payment.method, "iban": result.payment.iban},
        "mandate": _mandate(result.mandate),
        "payment_reference": None if result.draft.kind == CREDIT else payment_reference(result.number),
    }
    if explain:
        found["vat_explanation"] = draft["vat_explanation"]
    return found


def _mandate(mandate: Mandate | None) -> documents.Mandate | None:
    if mandate is None:
        return None
    return {
        "id": mandate.id,
        "signed": mandate.signed.isoformat(),
        "scheme": mandate.scheme,
        "iban": masked_account(mandate.iban),
        "creditor_id": mandate.creditor_id,
    }


def _seller(seller: Seller) -> documents.Seller:
    return {
        "name": seller.name,
        "address": seller.address,
        "street": seller.street,
        "postcode": seller.postcode,
        "city": seller.city,
        "country": seller.country,
        "vat_id": seller.vat_id,
        "tax_id": seller.tax_id,
        "legal_id": seller.legal_id,
        "endpoint": seller.endpoint,
        "contact": seller.contact,
        "phone": seller.phone,
        "email": seller.email,
        "iban": seller.iban,
        "bic": seller.bic,
        "support": seller.support,
        "terms": seller.terms,
        "notes": {
            "recovery_fee": seller.notes.recovery_fee,
            "late_penalty": seller.notes.late_penalty,
            "early_payment": seller.notes.early_payment,
        },
    }


def _buyer(buyer: BuyerDetails) -> documents.Buyer:
    return {
        "name": buyer.name,
        "address": buyer.address,
        "street": buyer.street,
        "postcode": buyer.postcode,
        "city": buyer.city,
        "country": buyer.country,
        "vat_id": buyer.vat_id,
        "legal_id": buyer.legal_id,
        "endpoint": buyer.endpoint,
        "buyer_reference": buyer.buyer_reference,
        "contact": buyer.contact,
        "phone": buyer.phone,
        "email": buyer.email,
        "reference": buyer.reference,
        "e_invoice": buyer.e_invoice,
    }
