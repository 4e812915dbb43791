"""The check of corrections: each credits the whole of an invoice, and issues it anew (payments.md 9.5)."""

from __future__ import annotations

from collections.abc import Iterator

from subctl.domain.correcting import corrected_draft
from subctl.domain.invoice import CREDIT, credit_draft
from subctl.domain.numbers import INVOICE, number
from subctl.domain.sentence import N_, Sentence
from subctl.results.check import Problem
from subctl.service.check.ground import Kept, buyer_of_row
from subctl.store.corrections import Correction
from subctl.store.documents import Invoice


def corrections(kept: Kept) -> Iterator[Problem]:
    """Look at every correction: its documents are there, and say what they must."""
    by_id = {invoice.id: invoice for invoice in kept.invoices}
    first_days = {invoice.id: invoice.draft.day for invoice in kept.invoices}
    for made in kept.corrections:
        corrected, credit, anew = (by_id.get(each) for each in (made.invoice, made.credit_note, made.replacement))
        if corrected is None or credit is None or anew is None or corrected.draft.kind == CREDIT:
            fault = N_("Its correction names what is no invoice of its space.")
            yield Problem("invoice", number(INVOICE, made.invoice), Sentence(fault))
            continue
        if not _mirrors(credit, corrected, made):
            yield _wrong(credit, N_("The credit note is not what it should be."))
        first_days[anew.id] = first_days[corrected.id]  # a chain has the rate of its first one
        buyer = buyer_of_row(kept, anew.buyer)
        draft = corrected_draft(corrected.draft, first_days[anew.id], made.day, kept.session.catalogs, buyer)
        if (anew.draft, anew.order, anew.credits) != (draft, corrected.order, None):
            yield _wrong(anew, N_("The invoice says something else than the rules."))


def _mirrors(credit: Invoice, corrected: Invoice, made: Correction) -> bool:
    """Tell whether a credit note is an invoice's mirror: seller and buyer too, and due on no day (pricing.md 4.11)."""
    expected = (credit_draft(corrected.draft, made.day), corrected.id, corrected.catalog, corrected.buyer)
    found = (credit.draft, credit.credits, credit.catalog, credit.buyer)
    return found == expected and (credit.order, credit.due_date) == (corrected.order, None)


def _wrong(invoice: Invoice, template: str) -> Problem:
    return Problem("invoice", number(INVOICE, invoice.id), Sentence(template))
