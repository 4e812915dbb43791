"""An invoice or a credit note as a paper: as it was issued, whatever became of it since."""

from __future__ import annotations

from collections.abc import Iterator

from subctl.domain.catalog import Seller
from subctl.domain.invoice import CREDIT
from subctl.domain.reference import payment_reference
from subctl.domain.tax import REVERSE_CHARGE
from subctl.domain.text import bare, masked_account
from subctl.results.invoice import ShownInvoice
from subctl.view import codes, words
from subctl.view.language import _
from subctl.view.papers import payment_code, wording
from subctl.view.papers.seller_notes import seller_notes
from subctl.view.papers.sheet import Pair, Payment, Sheet, charged, in_fours, notes
from subctl.view.papers.sheet import sheet as paper
from subctl.view.texts import payment_words, vat_words, worded

_FRANCE = "FR"


def sheet(invoice: ShownInvoice) -> Sheet:
    """Return what stands on an invoice."""
    draft = worded(invoice)
    return paper(
        codes.invoice_title(draft.kind),
        invoice.number,
        draft.day,
        invoice.seller,
        invoice.buyer,
        facts=_facts(invoice),
        claim=_claim(invoice),
        parts=(
            charged(draft, (invoice.net, invoice.vat, invoice.total)),
            notes(*_why_no_vat(invoice, vat_words(draft.vat))),
            None if draft.kind == CREDIT else _payment(invoice),
            notes(*_closing(invoice)),
        ),
    )


def _facts(invoice: ShownInvoice) -> Iterator[tuple[str, str | None]]:
    yield wording.DATE, words.day(invoice.draft.day)
    if invoice.credits:
        yield wording.CREDITS, invoice.credits
    else:
        yield wording.DUE, words.day(invoice.due_date)
    yield wording.PERIOD, words.period(invoice.draft.period)
    yield wording.ORDERED, invoice.order
    yield wording.SPACE, invoice.space
    yield wording.YOUR_REFERENCE, invoice.buyer.reference
    yield wording.BUYER_REFERENCE, invoice.buyer.buyer_reference


def _total(invoice: ShownInvoice) -> str:
    return words.money(abs(invoice.total), invoice.draft.currency)


def _claim(invoice: ShownInvoice) -> str:
    total = _total(invoice)
    if invoice.credits:
        return wording.credited(total, invoice.credits, words.day(invoice.credits_date))
    return wording.claim(total, payment_words(invoice.payment, invoice.due_date))


def _payment(invoice: ShownInvoice) -> Payment:
    """Return how an invoice is paid: by the mandate, by the card, else by a transfer to the seller's account."""
    total, due = _total(invoice), words.day(invoice.due_date)
    if invoice.mandate:
        return _part(wording.will_be_debited(total, due), _debit(invoice))
    if invoice.payment.by_card:
        return _part(wording.will_be_charged(total), [(wording.reference(), invoice.number)])
    if invoice.seller.iban is None:
        return _part(wording.please_pay_somehow(total, due), [(wording.reference(), invoice.number)])
    return _part(wording.please_pay(due), _transfer(invoice.seller, invoice), payment_code.picture(invoice))


def _part(title: str, rows: list[Pair], code: str = "") -> Payment:
    return {"kind": "payment", "title": title, "rows": rows, "code": code, "caption": _(wording.SCAN)}


def _transfer(seller: Seller, invoice: ShownInvoice) -> list[Pair]:
    reference = in_fours(payment_reference(invoice.number))
    return [
        (_(wording.HOLDER), seller.name),
        (_(wording.IBAN), in_fours(bare(seller.iban or ""))),
        *([(_(wording.BIC), seller.bic)] if seller.bic else []),
        (_(wording.AMOUNT), _total(invoice)),
        (wording.reference(), wording.one_or_other(reference, invoice.number)),
    ]


def _debit(invoice: ShownInvoice) -> list[Pair]:
    mandate = invoice.mandate
    if mandate is None:
        return []
    creditor = [(_(wording.CREDITOR), mandate.creditor_id)] if mandate.creditor_id else []
    return [
        (_(wording.ACCOUNT), masked_account(mandate.iban)),
        (_(wording.MANDATE), wording.mandate(mandate.id, words.day(mandate.signed))),
        *creditor,
        (wording.reference(), invoice.number),
    ]


def _why_no_vat(invoice: ShownInvoice, said: str | None) -> Iterator[str | None]:
    """Yield the sentence on VAT; a French seller's reverse charge has the law's word, unless the sentence has it."""
    yield said
    reversed_ = invoice.draft.vat.category == REVERSE_CHARGE and invoice.seller.country == _FRANCE
    if reversed_ and wording.AUTOLIQUIDATION not in (said or ""):
        yield wording.AUTOLIQUIDATION


def correction(invoice: ShownInvoice) -> Iterator[str]:
    """Yield what a credit note settles; where an invoice was corrected which one takes whose place, and why."""
    made = invoice.correction
    if invoice.credits:
        yield wording.settled(invoice.credits)
    if made:
        yield wording.issued_anew(made.replacement) if invoice.credits else wording.corrects(made)
    if made and made.reason:
        yield wording.reason(made.reason)


def _closing(invoice: ShownInvoice) -> Iterator[str | None]:
    """Yield the seller's terms and notes; a credit note owes nothing, and says what it settles."""
    yield from correction(invoice)
    if invoice.credits:
        return
    yield invoice.seller.terms
    yield from seller_notes(invoice.seller)
