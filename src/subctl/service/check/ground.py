"""Everything that is kept of one space, and what its documents are recomputed from: the ground of the check (7.3)."""

from collections.abc import Callable
from datetime import date

from subctl.domain.contract import Contract
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import Buyer
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, number
from subctl.domain.pricing import Planned, plan_change
from subctl.domain.rate_card import Offer
from subctl.domain.record import Record
from subctl.domain.sentence import Sentence
from subctl.service.session import Session
from subctl.store import documents, read, rows
from subctl.store.ahead import SpaceRows
from subctl.store.corrections import Correction

UNREADABLE = (SubctlError, AssertionError, *rows.UNREADABLE)
"""What reading and recomputing something that was altered can raise."""

IssuedOn = Callable[[int], date | None]
"""The day on which a bill run issued an invoice, by the history."""


class Kept(Record):
    """Everything that is kept of one space."""

    session: Session
    rows: SpaceRows
    contract: Contract
    quotes: list[documents.Quote]
    orders: list[documents.Order]
    invoices: list[documents.Invoice]
    corrections: list[Correction]
    issued_on: IssuedOn

    @property
    def first(self) -> list[documents.Invoice]:
        """The invoices and credit notes that no correction issued."""
        return [invoice for invoice in self.invoices if not self.issued_anew(invoice.id)]

    def issued_anew(self, document: int) -> bool:
        """Tell whether a correction issued a document."""
        return any(document in (made.credit_note, made.replacement) for made in self.corrections)

    def standing(self, invoice: int) -> int:
        """Return the id of the invoice that stands in the place of one: itself where it wasn't corrected."""
        for made in self.corrections:  # in the order in which they were made
            invoice = made.replacement if made.invoice == invoice else invoice
        return invoice


def reason(error: Exception) -> Sentence | str:
    """Return why something can't be read: what a refusal says, or what the program's own error does."""
    return error.what if isinstance(error, SubctlError) else str(error)


def name_of(document: documents.Quote | documents.Order | documents.Invoice) -> str:
    """Return a document's number."""
    series = {documents.Quote: QUOTE, documents.Order: ORDER, documents.Invoice: INVOICE}[type(document)]
    return number(series, document.id)


def buyer_of_row(kept: Kept, buyer_id: int) -> Buyer:
    """Return what of a frozen buyer decides on VAT."""
    details = read.read_details(kept.rows.buyers.get(buyer_id))
    return Buyer(details.country, details.vat_id)


def recomputed(kept: Kept, document: documents.Quote | documents.Order) -> Planned:
    """Return the change that a quote or an order holds, from the contract and the catalogs of its day."""
    offer = None
    if isinstance(document, documents.Order) and document.quote is not None:
        quote = documents.quote(kept.session.connection, document.quote)
        if quote is not None:
            offer = Offer(quote.day, kept.session.catalogs.known_by(quote.catalog))
    return plan_change(
        document.before.of(kept.contract),
        document.change.after,
        document.day,
        kept.session.catalogs.known_by(document.catalog),
        buyer_of_row(kept, document.buyer),
        offer,
    )
