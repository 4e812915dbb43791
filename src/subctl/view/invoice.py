"""Invoices: issued ones, and drafts in previews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from subctl.view import explain, words
from subctl.view.console import Page, grid

if TYPE_CHECKING:
    from rich.table import Table

_TITLES = {"upgrade": "Upgrade invoice", "recurring": "Invoice", "credit": "Credit note"}


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw an invoice or a credit note as its buyer gets it."""
    page.title(f"{_TITLES[document['kind']]} {document['number']}")
    if document["credits"]:
        page.line(f"for invoice {document['credits']}")
    page.line()
    page.table(_facts(document))
    page.line()
    draw_lines(page, document, document["currency"])
    if document["vat_note"]:
        page.line()
        page.line(document["vat_note"])
    seller = document["seller"]
    if document["kind"] != "credit":
        page.line()
        account = f" to {seller['iban']}" if seller["iban"] else ""
        page.line(
            f"Please pay {words.money(document['total'], document['currency'])} by {words.day(document['due_date'])}"
            f"{account}, naming {document['number']}."
        )
    page.line(f"Questions: {seller['support']}")


def draw_lines(page: Page, draft: dict[str, Any], currency: str) -> None:
    """Draw the lines of an invoice with their sums, and below why, where it was asked."""
    page.table(lines_table(draft, currency))
    for sentence in explain.sentences(draft):
        page.line(sentence, style="dim")


def _facts(document: dict[str, Any]) -> Table:
    table = grid()
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, party in (("From", document["seller"]), ("To", document["buyer"])):
        table.add_row(label, "\n".join(_party(party)))
    if document["buyer"]["reference"]:
        table.add_row("Reference", document["buyer"]["reference"])
    table.add_row("Space", document["space"])
    table.add_row("Date", words.day(document["date"]))
    if document["kind"] != "credit":
        table.add_row("Due", words.day(document["due_date"]))
    table.add_row("Period", words.period(document["period"]))
    if document["order"]:
        table.add_row("Order", document["order"])
    return table


def _party(party: dict[str, Any]) -> list[str]:
    place = ", ".join(filter(None, (party["address"], party["country"])))
    vat_id = f"VAT {party['vat_id']}" if party["vat_id"] else None
    return [line for line in (party["name"], place, vat_id) if line]


def lines_table(draft: dict[str, Any], currency: str) -> Table:
    """Return the lines of an invoice with their sums."""
    table = grid(head=True)
    table.add_column("Item", overflow="fold", ratio=None)
    table.add_column("Quantity", justify="right", no_wrap=True)
    table.add_column("Rate", justify="right", no_wrap=True)
    table.add_column("Months", justify="right", no_wrap=True)
    table.add_column(currency, justify="right", no_wrap=True)
    for line in draft["lines"]:
        item = line["description"]
        if line["period"] != draft["period"]:
            item += f", {words.period(line['period'])}"
        table.add_row(
            item, line["quantity"], f"{line['rate']} a {line['per']}", words.months(line["months"]), line["amount"]
        )
    table.add_section()
    table.add_row("Net", "", "", "", draft["net"])
    table.add_row(words.vat(draft), "", "", "", draft["vat"])
    table.add_row("Total", "", "", "", draft["total"], style="bold")
    return table
