"""What an invoice or a credit note says beside its lines and sums, for ever (pricing.md 3.3, 4.11, 7.2).

And what is issued in the place of an invoice that says something wrong (payments.md 9.5).
"""

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
    return _issued(known, buyer, invoice, invoice.start if invoice.kind == "recurring" else invoice.day)


def corrected(paper: Paper, first: date, known: Known, buyer: Buyer, day: date) -> Paper:
    """Issue an invoice anew: dated today and due as one of today, taxed as one of the `first` one's day (9.5)."""
    taxed_on = paper.invoice.start if paper.invoice.kind == "recurring" else first
    anew = replace(paper.invoice, day=day, vat=in_force_on(known, taxed_on).vat(buyer))
    return _issued(known, buyer, anew, taxed_on)


def _issued(known: Known, buyer: Buyer, invoice: Invoice, taxed_on: date) -> Paper:
    today = in_force_on(known, invoice.day)
    seller = replace(in_force_on(known, taxed_on).seller, name=today.seller.name)
    return Paper(invoice, seller, buyer, invoice.day + timedelta(today.payment_days))


def mirrored(invoice: Invoice, day: date) -> Invoice:
    """Return the credit note of an invoice (4.11)."""
    return replace(invoice, kind="credit", day=day, lines=tuple((item, -amount) for item, amount in invoice.lines))


def credited(paper: Paper, credit: Invoice) -> Paper:
    """Issue the credit note of an invoice: its mirror, whatever has changed since, and due on no day (4.11)."""
    return replace(paper, invoice=credit, due=None)
