"""A correction: what an invoice says otherwise now, its credit note, and what is issued in its place."""

from __future__ import annotations

from collections.abc import Iterator

from subctl.results.correction import Correction
from subctl.view import words
from subctl.view.console import Page
from subctl.view.history import detail_called, detail_shown
from subctl.view.language import _
from subctl.view.layout import Column, Row
from subctl.view.screens.invoice import claim, draw_section
from subctl.view.texts import worded

_VAT = ("vat_category", "vat_rate")
_SELLER = "seller."
"""Before keys of the catalog file, which people know by these names."""


def draw(page: Page, result: Correction) -> None:
    """Draw what differs, and what is credited and issued anew."""
    corrected, invoice = result.corrected, result.invoice
    page.title(_("Correction of {invoice}, {space}").format(invoice=corrected.number, space=corrected.space))
    page.line()
    now = invoice.number if result.credit_note else _("Now")
    page.table([Column(""), Column(corrected.number, fold=True), Column(now, fold=True)], list(_rows(result)))
    page.line()
    credited = words.money(-corrected.total, corrected.draft.currency)
    page.line(_("Credit note: {amount}, for {invoice}").format(amount=credited, invoice=corrected.number))
    draw_section(page, _("Issued anew: {claim}").format(claim=claim(invoice)), worded(invoice))
    draw_brief(page, result)
    if page.dry_run and result.changed:
        page.line()
        page.line(_("A dry run: nothing is corrected."))


def draw_brief(page: Page, result: Correction) -> None:
    """Draw only what was issued."""
    if result.credit_note is None:
        return
    now = _("Corrected: {invoice} is credited by {credit_note}, and issued anew as {replacement}.")
    before = _("Corrected before: {invoice} is credited by {credit_note}, and issued anew as {replacement}.")
    told = (now if result.changed else before).format(
        invoice=result.corrected.number, credit_note=result.credit_note, replacement=result.invoice.number
    )
    page.line()
    page.line(told, style="green")


def _rows(result: Correction) -> Iterator[Row]:
    """Yield what differs: VAT in one row, all else a detail each."""
    fields = [each for each in result.differences if each.field not in _VAT]
    for field, before, after in fields:
        called = field if field.startswith(_SELLER) else detail_called(field)
        yield Row([called, detail_shown(field, before), detail_shown(field, after)])
    if len(fields) < len(result.differences):
        yield Row([_("VAT"), *(words.vat(each.draft) for each in (result.corrected, result.invoice))])
    if result.reason:
        yield Row([_("Reason"), "", result.reason])
