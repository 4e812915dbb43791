"""Invoices: issued ones, and drafts in previews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from subctl.domain.catalog import Seller
from subctl.domain.invoice import CREDIT, Draft, Line
from subctl.domain.sentence import N_
from subctl.domain.settlement import OPEN, PAID, PART_PAID
from subctl.domain.text import masked_account
from subctl.results.invoice import ShownInvoice
from subctl.results.parties import BuyerDetails
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _
from subctl.view.layout import Column, Row
from subctl.view.texts import line_words, payment_words, unchecked_words, vat_words, worded

if TYPE_CHECKING:
    from subctl.view.console import Fact


def draw(page: Page, invoice: ShownInvoice) -> None:
    """Draw an invoice or a credit note as its buyer gets it: its number, its total and when it is due come first."""
    draft = worded(invoice)
    note = vat_words(draft.vat)
    page.title(_(_TITLES[invoice.draft.kind]).format(invoice=invoice.number))
    page.line(claim(invoice), style="bold")
    page.line()
    page.facts(_facts(invoice))
    page.line()
    draw_lines(page, draft, (invoice.net, invoice.vat, invoice.total))
    if note:
        page.line()
        page.line(note)
    page.line()
    for sentence in _closing(invoice):
        page.line(sentence)


_TITLES = {
    "upgrade": N_("Upgrade invoice {invoice}"),
    "recurring": N_("Invoice {invoice}"),
    "credit": N_("Credit note {invoice}"),
}
"""How each kind of invoice is headed."""


def claim(invoice: ShownInvoice) -> str:
    """Say what an invoice asks for, as far as it still does; of a credit note what it credits."""
    total = words.money(invoice.total, invoice.draft.currency)
    if invoice.draft.kind == CREDIT:
        return _("{amount}, for invoice {invoice}").format(amount=total, invoice=invoice.credits)
    if invoice.credited_by:
        credited = _("{amount}, credited by {credit_note}: nothing is to be paid")
        return credited.format(amount=total, credit_note=invoice.credited_by)
    return _(_CLAIMS[invoice.settled.status, invoice.settled.overdue]).format(
        amount=total,
        open=words.money(invoice.settled.open, invoice.draft.currency),
        payment=payment_words(invoice.payment, invoice.due_date),
        day=words.day(invoice.due_date),
    )


_CLAIMS = {
    (OPEN, False): N_("{amount}, {payment}"),
    (OPEN, True): N_("{amount}, overdue since {day}"),
    (PART_PAID, False): N_("{amount}, of which {open} are open, {payment}"),
    (PART_PAID, True): N_("{amount}, of which {open} are overdue since {day}"),
    (PAID, False): N_("{amount}, paid"),
}
"""What is still asked for, by what became of an invoice and whether it is overdue."""


def _closing(invoice: ShownInvoice) -> Iterator[str]:
    """Yield how to pay, and whom to ask."""
    seller = invoice.seller
    if invoice.settled.open:
        yield _payment(invoice)
    yield _("Questions: {support}").format(support=seller.support)


def _payment(invoice: ShownInvoice) -> str:
    """Say how what is open of an invoice is paid."""
    total, due = words.money(invoice.settled.open, invoice.draft.currency), words.day(invoice.due_date)
    mandate, seller = invoice.mandate, invoice.seller
    if mandate:
        debited = _("{amount} will be debited from {account} on {day}, by mandate {mandate}.")
        return debited.format(amount=total, account=masked_account(mandate.iban), day=due, mandate=mandate.id)
    if invoice.payment.by_card:
        return _("{amount} will be charged to the card.").format(amount=total)
    if seller.iban:
        pay = _("Please pay {amount} by {day} to {account}, naming {invoice}.")
    else:
        pay = _("Please pay {amount} by {day}, naming {invoice}.")
    return pay.format(amount=total, day=due, account=seller.iban, invoice=invoice.number)


def draw_section(page: Page, title: str, draft: Draft) -> None:
    """Draw an invoice that has no number yet under a title."""
    page.line()
    page.title(title)
    draw_lines(page, draft, (draft.net, draft.tax, draft.total))
    if note := vat_words(draft.vat):
        page.line(note, style="dim")
    if draft.vat.vat_id:
        page.line(unchecked_words(draft.vat.vat_id), style="dim")


def draw_lines(page: Page, draft: Draft, sums: tuple[int, int, int]) -> None:
    """Draw the lines of an invoice with its net sum, VAT and total, and below why, where it was asked."""
    net, tax, total = (words.amount(amount, draft.currency) for amount in sums)
    page.table(
        [
            Column(_("Item"), fold=True),
            Column(_("Quantity"), right=True, under=1),
            Column(_("Rate"), right=True, under=1),
            Column(_("Months"), right=True, under=1),
            Column(draft.currency, right=True),
        ],
        [Row(_cells(line, draft)) for line in draft.lines],
        [
            Row([words.net_sum(), "", "", "", net]),
            Row([words.vat(draft), "", "", "", tax]),
            Row([words.total_sum(draft), "", "", "", total], "bold"),
        ],
    )
    if page.explain:
        from subctl.view.explain import sentences

        page.line()
        for sentence in sentences(draft):
            page.line(sentence, style="dim")


def _cells(line: Line, draft: Draft) -> list[str]:
    item = line_words(line)
    if line.period != draft.period:
        item = _("{item}, {period}").format(item=item, period=words.period(line.period))
    rate, amount = words.per(words.rate(line.rate), line.per), words.amount(line.amount, draft.currency)
    return [item, words.count(line.quantity), rate, words.months(line.months), amount]


def _facts(invoice: ShownInvoice) -> list[Fact]:
    facts: list[Fact] = [(_("Date"), words.day(invoice.draft.day)), (_("Period"), words.period(invoice.draft.period))]
    facts += [(_("To"), party(invoice.buyer)), (_("From"), party(invoice.seller))]
    more = (
        (_("Reference"), invoice.buyer.reference),
        (_("Space"), invoice.space),
        (_("Order"), invoice.order),
        *_correction(invoice),
    )
    return facts + [(label, text) for label, text in more if text]


def _correction(invoice: ShownInvoice) -> Iterator[tuple[str, str | None]]:
    """Yield in whose place an invoice stands, or what stands in its own, and why."""
    made = invoice.correction
    if made and not invoice.credits:
        place = _("{invoice} of {day}, credited by {credit_note}")
        day = words.day(made.day)
        yield _("In place of"), place.format(invoice=made.invoice, day=day, credit_note=made.credit_note)
    yield _("Issued anew as"), made.replacement if made and invoice.credits else invoice.replaced_by
    yield _("Reason"), made.reason if made else None


def party(who: Seller | BuyerDetails) -> list[str]:
    """Return a seller or a buyer in lines: name, address, country, VAT number."""
    vat_id = _("VAT {vat_id}").format(vat_id=who.vat_id) if who.vat_id else None
    return [line for line in (who.name, *words.place(who), vat_id) if line]
