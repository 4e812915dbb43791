"""What an invoice or a credit note says beside its lines and sums, for ever (pricing.md 3.3, 4.11, 7.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.support.oracle.catalogs import Known, in_force_on
from tests.support.oracle.terms import Buyer, Invoice, Seller


@dataclass(frozen=True)
class Paper:
    """An invoice as it was issued: from whom, to whom, and to be paid by when."""

    invoice: Invoice
    seller: Seller
    buyer: Buyer
    due: date | None


def issued(known: Known, buyer: Buyer, invoice: Invoice) -> Paper:
    """Issue an invoice: the seller is named as today, and taxed by the catalog that its VAT goes by (3.3)."""
    today = in_force_on(known, invoice.day)
    taxed = in_force_on(known, invoice.start if invoice.kind == "recurring" else invoice.day)
    seller = replace(taxed.seller, name=today.seller.name)
    return Paper(invoice, seller, buyer, invoice.day + timedelta(today.payment_days))


def credited(paper: Paper, credit: Invoice) -> Paper:
    """Issue the credit note of an invoice: its mirror, whatever has changed since, and due on no day (4.11)."""
    return replace(paper, invoice=credit, due=None)
