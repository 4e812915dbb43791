"""How an invoice is paid, as codes and accounts (EN 16931, BG-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.countries import SEPA
from subctl.domain.e_invoice import PEPPOL, XRECHNUNG
from subctl.domain.invoice import CREDIT
from subctl.domain.record import Record
from subctl.domain.text import bare

if TYPE_CHECKING:
    from subctl.results.invoice import ShownInvoice

UNDEFINED, TRANSFER, CARD, SEPA_TRANSFER, SEPA_DEBIT, ONLINE, CLEARING = "1", "30", "48", "58", "59", "68", "97"
"""UNTDID 4461."""

_GERMANY = "DE"


class Account(Record):
    """To which account a transfer goes."""

    iban: str  # BT-84
    name: str  # BT-85
    bic: str | None  # BT-86


class Debit(Record):
    """By what an account is debited."""

    mandate: str  # BT-89
    creditor: str | None  # BT-90
    iban: str  # BT-91


class Means(Record):
    """By what means, naming what, from or to which account."""

    code: str  # BT-81
    reference: str  # BT-83
    account: Account | None = None  # BG-17
    debit: Debit | None = None  # BG-19


def means_of(invoice: ShownInvoice, profile: str) -> Means | None:
    """Return how an invoice is paid, by the codes that a profile takes; none where it takes no code for that."""
    if invoice.draft.kind == CREDIT:
        return _clearing(invoice, profile)
    mandate = invoice.mandate
    if mandate:
        return Means(SEPA_DEBIT, invoice.number, debit=Debit(mandate.id, mandate.creditor_id, mandate.iban))
    if invoice.payment.by_card:
        return Means(_card_code(invoice, profile), invoice.number)
    seller = invoice.seller
    if seller.iban is None:
        return Means(UNDEFINED, invoice.number)
    iban = bare(seller.iban)
    code = SEPA_TRANSFER if iban[:2] in SEPA else TRANSFER
    return Means(code, invoice.number, Account(iban, seller.name, seller.bic))


def _clearing(invoice: ShownInvoice, profile: str) -> Means | None:
    """Return how a credit note is settled. Peppol has no such code for Dutch parties, and wants one for German ones."""
    german = invoice.seller.country == invoice.buyer.country == _GERMANY
    return None if profile == PEPPOL and not german else Means(CLEARING, invoice.number)


def _card_code(invoice: ShownInvoice, profile: str) -> str:
    """Return the code of cards, or where that would want the card's number in Germany, that of paying online."""
    german = profile == XRECHNUNG or (profile == PEPPOL and invoice.seller.country == _GERMANY)
    return ONLINE if german else CARD
