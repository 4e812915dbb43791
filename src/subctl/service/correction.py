"""Correcting: an invoice is credited whole and issued anew with today's details (payments.md 9.5)."""

from __future__ import annotations

from collections.abc import Iterator

from subctl.domain.catalog import Seller
from subctl.domain.correcting import corrected_draft
from subctl.domain.errors import SubctlError
from subctl.domain.invoice import CREDIT, RULES, Draft, credit_draft
from subctl.domain.numbers import INVOICE, number, parse_number
from subctl.domain.sentence import N_
from subctl.domain.settlement import Claim
from subctl.domain.tax import format_percentage
from subctl.domain.text import masked_account
from subctl.results.correction import Correction, Difference
from subctl.results.invoice import ShownInvoice
from subctl.results.owed import Settled
from subctl.service.account import book_of, settled_in
from subctl.service.caller import Caller
from subctl.service.document_page import shown_invoice
from subctl.service.issue import issue, issue_credit, wordings
from subctl.service.session import Session, reading, writing
from subctl.store import corrections, documents, read
from subctl.store.write import next_document_id

_UNSEEN = ("vat_rate", "timezone", "vat_exempt")
"""What no document says of its seller: its VAT is compared by itself."""

_LOOK = N_("Look at it: {command}")


def preview_correct(caller: Caller, number_text: str, reason: str | None) -> Correction:
    """Return what correcting an invoice today would issue, and write nothing (errors as `correct`)."""
    with reading(caller, document=number_text) as session:
        return _correct(session, number_text, reason)


def correct(caller: Caller, number_text: str, reason: str | None) -> Correction:
    """Credit an invoice whole and issue it anew, in one transaction; what was corrected before changes nothing.

    `reason` stands on both documents. Errors: `not_found`, `already_credited`, `not_correctable`, and the clock's.
    """
    with writing(caller, document=number_text) as session:
        return _correct(session, number_text, reason)


def _correct(session: Session, number_text: str, reason: str | None) -> Correction:
    invoice = _find_invoice(session, number_text)
    space, _ = session.load(invoice.space)
    if made := corrections.of(session.connection, invoice.id):
        return _made(session, invoice, made)._replace(changed=False)
    _refuse(session, invoice)
    first = documents.invoice_day(session.connection, corrections.first_of(session.connection, invoice.id))
    draft = corrected_draft(invoice.draft, first, session.day, session.catalogs, space.taxed_as)
    preview = _preview(session, invoice, space, draft, reason)
    if not preview.differences:
        raise _same(invoice)
    session.check_clock()
    if not session.writes:
        return preview
    credit = issue_credit(session, invoice, credit_draft(invoice.draft, session.day))
    made = corrections.Correction(
        invoice.id, credit, issue(session, space, draft, order=invoice.order), session.day, reason
    )
    corrections.insert(session.connection, made)
    numbers = {key: number(INVOICE, getattr(made, key)) for key in ("credit_note", "replacement")}
    session.record(space.id, corrected=number(INVOICE, invoice.id), **numbers, reason=reason)
    return _made(session, invoice, made)


def _find_invoice(session: Session, number_text: str) -> documents.Invoice:
    series, invoice_id = parse_number(number_text)
    found = documents.invoice(session.connection, invoice_id, session.catalog.currency) if series == INVOICE else None
    return session.own_document(found, number_text, "invoice")


def _refuse(session: Session, invoice: documents.Invoice) -> None:
    """Refuse a credit note, and what was credited without being issued anew."""
    name = number(INVOICE, invoice.id)
    if invoice.draft.kind == CREDIT:
        assert invoice.credits is not None  # noqa: S101  # so the table has it
        raise SubctlError(
            "not_correctable",
            N_("{invoice} is a credit note: it says what the invoice said that it credits."),
            _LOOK,
            invoice=name,
            command=f"subctl show {number(INVOICE, invoice.credits)}",
        )
    credit_note = documents.credit_of(session.connection, invoice)
    if credit_note is not None:
        raise SubctlError(
            "already_credited",
            N_("{invoice} is credited by {credit_note} already: nobody is asked for it any more."),
            _LOOK,
            invoice=name,
            credit_note=number(INVOICE, credit_note),
            command=f"subctl show {name}",
        )


def _same(invoice: documents.Invoice) -> SubctlError:
    return SubctlError(
        "not_correctable",
        N_("{invoice} says all that is known of {space} today: nothing would differ."),
        N_("Set what is wrong first: {command}"),
        invoice=number(INVOICE, invoice.id),
        space=invoice.space,
        command=f"subctl space set {invoice.space} --name NAME",
    )


def _preview(
    session: Session, invoice: documents.Invoice, space: read.Space, draft: Draft, reason: str | None
) -> Correction:
    """Return what would be issued; the numbers are those that come next, and nobody's yet."""
    (words,) = wordings(session, space, [draft])
    anew = documents.Invoice(
        id=next_document_id(session.connection, "invoices", session.day) + 1,
        space=space.id,
        order=invoice.order,
        credits=None,
        due_date=session.catalog.due_date(session.day),
        draft=draft,
        net=draft.net,
        vat=draft.tax,
        total=draft.total,
        catalog=session.catalog.id,
        buyer=space.buyer,
        rules=RULES,
        words=words,
    )
    corrected, shown = shown_invoice(session, invoice), shown_invoice(session, anew, _settled(session, invoice, anew))
    return Correction(corrected, None, shown, tuple(_differences(corrected, shown)), reason, changed=True)


def _settled(session: Session, invoice: documents.Invoice, anew: documents.Invoice) -> Settled:
    """Return what would be paid of an invoice that is issued in the place of another: what was paid of that one."""
    book, day = book_of(session, invoice.space), session.day
    credit = Claim(anew.id - 1, day, None, -invoice.total, invoice.id, None)
    claims = [*book.claims, credit, Claim(anew.id, day, anew.due_date, anew.total, None, invoice.id)]
    return settled_in(book._replace(claims=claims).on(day), day)[anew.id]


def _made(session: Session, invoice: documents.Invoice, made: corrections.Correction) -> Correction:
    """Return a correction that was made."""
    replacement = documents.invoice(session.connection, made.replacement, session.catalog.currency)
    anew = session.own_document(replacement, number(INVOICE, made.replacement), "invoice")
    corrected, shown = shown_invoice(session, invoice), shown_invoice(session, anew)
    credit_note = number(INVOICE, made.credit_note)
    return Correction(corrected, credit_note, shown, tuple(_differences(corrected, shown)), made.reason, changed=True)


def _differences(before: ShownInvoice, after: ShownInvoice) -> Iterator[Difference]:
    """Yield what an invoice says otherwise than another: of its buyer, its VAT and its seller."""
    said, says = _said(before), _said(after)
    for field in says:
        before_, now = said[field], says[field]
        if before_ != now:
            shown = masked_account if field == "iban" else str
            yield Difference(field, before_ and shown(before_), now and shown(now))


def _said(invoice: ShownInvoice) -> dict[str, str | None]:
    """Return what of an invoice a correction can change."""
    vat = invoice.draft.vat
    return {
        **invoice.buyer._asdict(),
        "vat_category": vat.category,
        "vat_rate": format_percentage(vat.rate),
        "seller.vat_exempt": vat.exempt,
        **{f"seller.{key}": value for key, value in _of_seller(invoice.seller).items()},
    }


def _of_seller(seller: Seller) -> dict[str, str | None]:
    said = {key: value for key, value in seller._asdict().items() if key not in (*_UNSEEN, "notes")}
    return {**said, **{f"notes.{key}": value for key, value in seller.notes._asdict().items()}}
