"""What a bill run issued."""

from __future__ import annotations

from itertools import islice

from subctl.domain.money import format_amount
from subctl.results.billing import Billed, BillRun
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _, told
from subctl.view.layout import Column, Row

MOST_SHOWN = 50
"""Invoices of a run that are shown; the rest is counted."""

_ISSUED = (
    Column("Invoice"),
    Column("Space", fold=True),
    Column("Period", bare=True, under=1),
    Column("Net", right=True, under=2),
    Column("VAT", right=True, under=2),
)


def draw(page: Page, run: BillRun) -> None:
    """Draw the first invoices of a run, and the contracts that failed."""
    issued = len(run.issued)
    if issued:
        shown = list(islice(run.issued, MOST_SHOWN))
        page.table([*_ISSUED, Column(f"Total {shown[0].currency}", right=True)], [*map(_billed, shown)])
        if issued > MOST_SHOWN:
            page.line(f"and {issued - MOST_SHOWN} more: subctl list invoices --limit {issued}")
    elif not run.failed:
        page.line(f"Nothing is due on {words.day(run.day)}.")
    if page.dry_run and issued:
        page.line()
        page.line("A dry run: nothing is issued.")
    for each in run.failed:
        line = _("{space} would not be billed: {refusal}") if page.dry_run else _("{space} was not billed: {refusal}")
        page.line(line.format(space=each.space, refusal=told(each.error.what)), style="red")


def _billed(invoice: Billed) -> Row:
    amounts = [format_amount(n, invoice.currency) for n in (invoice.net, invoice.vat, invoice.total)]
    return Row([invoice.number or "not issued", invoice.space, words.short_period(invoice.period), *amounts])
