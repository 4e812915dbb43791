"""What a bill run issued."""

from __future__ import annotations

from itertools import islice

from subctl.results.billing import Billed, BillRun
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _, told
from subctl.view.layout import Column, Row
from subctl.view.rest import MOST_SHOWN, draw_rest


def draw(page: Page, run: BillRun) -> None:
    """Draw the first invoices of a run, and the contracts that failed."""
    issued = len(run.issued)
    if issued:
        shown = list(islice(run.issued, MOST_SHOWN))
        page.table(_columns(shown[0].currency), [*map(_billed, shown)])
        draw_rest(page, issued, f"subctl list invoices --limit {issued}" if shown[0].number else None)
    elif not run.failed:
        page.line(_("Nothing is due on {day}.").format(day=words.day(run.day)))
    if page.dry_run and issued:
        page.line()
        page.line(_("A dry run: nothing is issued."))
    for each in run.failed:
        line = _("{space} would not be billed: {refusal}") if page.dry_run else _("{space} was not billed: {refusal}")
        page.line(line.format(space=each.space, refusal=told(each.error.what)), style="red")


def _columns(currency: str) -> list[Column]:
    return [
        Column(_("Invoice")),
        Column(_("Space"), fold=True),
        Column(_("Period"), bare=True, under=1),
        Column(_("Net"), right=True, under=2),
        Column(_("VAT"), right=True, under=2),
        Column(_("Total {currency}").format(currency=currency), right=True),
    ]


def _billed(invoice: Billed) -> Row:
    amounts = [words.amount(n, invoice.currency) for n in (invoice.net, invoice.vat, invoice.total)]
    return Row([invoice.number or _("not issued"), invoice.space, words.short_period(invoice.period), *amounts])
