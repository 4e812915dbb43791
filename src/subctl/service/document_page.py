"""A quote, an order, an invoice or a reminder by its number, as it was kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from subctl.domain.catalog import Seller
from subctl.domain.ending import CANCEL
from subctl.domain.numbers import INVOICE, ORDER, QUOTE, REMINDER, SERIES, number, optional_number, parse_number
from subctl.results.change import ShownChange
from subctl.results.invoice import Corrected, ShownInvoice
from subctl.results.order import Ordered, OrderedChange, OrderedEnd
from subctl.results.owed import Settled
from subctl.results.parties import Parties
from subctl.results.reminders import ShownReminder
from subctl.service.account import settled_of
from subctl.service.caller import Caller
from subctl.service.open_quotes import quote_status
from subctl.service.parties import buyer_details, mandate_of, parties_of, payment_of, plan_titles
from subctl.service.session import Session, reading
from subctl.store import corrections, documents, read

_NAMES = {series: name for name, series in SERIES.items()}


def show_document(caller: Caller, number_text: str) -> ShownChange | Ordered | ShownInvoice | ShownReminder:
    """Return a quote, an order, an invoice or a reminder by its number (`not_found`, `not_administrator`)."""
    parse_number(number_text)
    with reading(caller, document=number_text) as session:
        return _document(session, number_text)


def _document(session: Session, number_text: str) -> ShownChange | Ordered | ShownInvoice | ShownReminder:
    series, document_id = parse_number(number_text)
    if series == REMINDER:
        from subctl.service.reminders import own_reminder  # most documents are none

        return own_reminder(session, number_text)
    kept = _READERS[series](session, document_id) if series in _READERS else None
    return _shown(session, session.own_document(kept, number_text, _NAMES[series]))


def show_documents(
    caller: Caller, numbers: Sequence[str]
) -> list[ShownChange | Ordered | ShownInvoice | ShownReminder]:
    """Return several documents, read in one visit (as `show_document`)."""
    with reading(caller) as session:
        return [_document(session, number_text) for number_text in numbers]


Kept = documents.Quote | documents.Order | documents.Invoice


_READERS: dict[str, Callable[[Session, int], Kept | None]] = {
    QUOTE: lambda session, quote_id: documents.quote(session.connection, quote_id),
    ORDER: lambda session, order_id: documents.order(session.connection, order_id),
    INVOICE: lambda session, invoice_id: documents.invoice(session.connection, invoice_id, session.catalog.currency),
}


def _shown(session: Session, kept: Kept) -> ShownChange | Ordered | ShownInvoice:
    if isinstance(kept, documents.Invoice):
        return shown_invoice(session, kept)
    if isinstance(kept, documents.Order):
        return _between(session, kept, shown_order(session, kept))
    contract = read.contract(session.connection, kept.space)
    status = quote_status(session, kept, contract)
    return shown_quote(session, kept)._replace(status=status)


def _between(session: Session, kept: documents.Order, order: Ordered) -> Ordered:
    parties = _parties(session, kept)
    if isinstance(order, OrderedEnd):
        return order._replace(parties=parties)
    titles = plan_titles(session.catalogs.known_by(kept.catalog), order.shown.change)
    return order._replace(shown=order.shown._replace(parties=parties, titles=titles))


def _parties(session: Session, kept: documents.Quote | documents.Order) -> Parties:
    """Return between whom a quote or an order is, as seller and buyer were on its day."""
    seller = session.catalogs.known_by(kept.catalog).at(kept.day).seller
    return parties_of(seller, read.details(session.connection, kept.buyer))


def shown_quote(session: Session, quote: documents.Quote) -> ShownChange:
    """Return a saved quote as it was shown, and between whom it is."""
    catalogs = session.catalogs.known_by(quote.catalog)
    return ShownChange(
        quote.space,
        quote.change,
        changed=True,
        quote=number(QUOTE, quote.id),
        valid_until=quote.valid_until,
        parties=_parties(session, quote),
        titles=plan_titles(catalogs, quote.change),
        catalogs=catalogs,
    )


def shown_ordered(session: Session, order: documents.Order, quote: documents.Quote | None) -> ShownChange:
    """Return an ordered change as it was shown when it was ordered; `quote` is the one that it accepted."""
    return ShownChange(
        order.space,
        order.change,
        changed=True,
        quote=number(QUOTE, quote.id) if quote else None,
        valid_until=quote.valid_until if quote else None,
        order=number(ORDER, order.id),
        invoice=order.issued[-1] if order.change.due_now else None,
        issued=order.issued,
        catalogs=session.catalogs.known_by(order.catalog),
    )


def shown_order(session: Session, order: documents.Order) -> Ordered:
    """Return an order or a cancellation, and whether it was withdrawn."""
    name = number(ORDER, order.id)
    if order.kind == CANCEL:
        end = OrderedEnd(name, order.space, order.cancellation, order.issued, order.withdrawn, changed=True)
        return end._replace(catalogs=session.catalogs.known_by(order.catalog))
    quote = documents.quote(session.connection, order.quote) if order.quote is not None else None
    credit_note = optional_number(INVOICE, order.credit_note)
    return OrderedChange(name, shown_ordered(session, order, quote), order.withdrawn, credit_note, changed=True)


def _seller(session: Session, invoice: documents.Invoice) -> Seller:
    """Return the seller of the day of issue, with country and VAT number of the day that its VAT goes by (3.3)."""
    catalog = next(catalog for catalog in session.catalogs.imported if catalog.id == invoice.catalog)
    vat = invoice.draft.vat
    return (
        catalog.seller
        if vat.country is None
        else catalog.seller._replace(country=vat.country, vat_id=vat.seller_vat_id)
    )


def _corrected(session: Session, made: corrections.Correction) -> Corrected:
    return Corrected(
        number(INVOICE, made.invoice),
        documents.invoice_day(session.connection, made.invoice),
        number(INVOICE, made.credit_note),
        number(INVOICE, made.replacement),
        made.reason,
    )


def shown_invoice(session: Session, invoice: documents.Invoice, settled: Settled | None = None) -> ShownInvoice:
    """Return an invoice or a credit note as it was issued, and what of it is paid; of one to come that is `settled`."""
    details, seller = read.details(session.connection, invoice.buyer), _seller(session, invoice)
    mandate = mandate_of(session, details, seller, invoice.draft.day, invoice.id)
    credited = documents.invoice_day(session.connection, invoice.credits) if invoice.credits is not None else None
    issuing, made = (look(session.connection, invoice.id) for look in (corrections.issuing, corrections.of))
    return ShownInvoice(
        number=number(INVOICE, invoice.id),
        space=invoice.space,
        order=optional_number(ORDER, invoice.order),
        credits=optional_number(INVOICE, invoice.credits),
        credits_date=credited,
        credited_by=optional_number(INVOICE, documents.credit_of(session.connection, invoice)),
        correction=_corrected(session, issuing) if issuing else None,
        replaced_by=number(INVOICE, made.replacement) if made else None,
        due_date=invoice.due_date,
        draft=invoice.draft,
        words=invoice.words,
        net=invoice.net,
        vat=invoice.vat,
        total=invoice.total,
        seller=seller,
        buyer=buyer_details(details),
        payment=payment_of(details, mandate),
        mandate=mandate,
        catalogs=session.catalogs.known_by(invoice.catalog),
        settled=settled or settled_of(session, invoice.space, invoice.id, invoice.draft.day),
    )
