"""Invoices: issued ones, and drafts in previews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from subctl.view import explain, words
from subctl.view.console import Page
from subctl.view.layout import Column, Row

_TITLES = {"upgrade": "Upgrade invoice", "recurring": "Invoice", "credit": "Credit note"}


_COLUMNS = (
    Column("Item", fold=True),
    Column("Quantity", right=True, under=1),
    Column("Rate", right=True, under=1),
    Column("Months", right=True, under=1),
)


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw an invoice or a credit note as its buyer gets it: its number, its total and when it is due come first."""
    page.title(f"{_TITLES[document['kind']]} {document['number']}")
    page.line(_claim(document), style="bold")
    page.line()
    page.facts(_facts(document))
    page.line()
    draw_lines(page, document, document["currency"])
    if document["vat_note"]:
        page.line()
        page.line(document["vat_note"])
    page.line()
    for sentence in _closing(document):
        page.line(sentence)


def _claim(document: dict[str, Any]) -> str:
    total = words.money(document["total"], document["currency"])
    if document["kind"] == "credit":
        return f"{total}, for invoice {document['credits']}"
    return f"{total}, due {words.day(document['due_date'])}"


def _closing(document: dict[str, Any]) -> Iterator[str]:
    """Yield how to pay, and whom to ask."""
    seller = document["seller"]
    if document["kind"] != "credit":
        account = f" to {seller['iban']}" if seller["iban"] else ""
        total, due = words.money(document["total"], document["currency"]), words.day(document["due_date"])
        yield f"Please pay {total} by {due}{account}, naming {document['number']}."
    yield f"Questions: {seller['support']}"


def draw_lines(page: Page, draft: dict[str, Any], currency: str) -> None:
    """Draw the lines of an invoice with their sums, and below why, where it was asked."""
    sums = [Row([words.vat(draft), "", "", "", draft["vat"]]), Row(["Total", "", "", "", draft["total"]], "bold")]
    page.table(
        [*_COLUMNS, Column(currency, right=True)],
        [Row(_cells(line, draft)) for line in draft["lines"]],
        [Row(["Net", "", "", "", draft["net"]]), *sums],
    )
    reasons = list(explain.sentences(draft))
    if reasons:
        page.line()
    for sentence in reasons:
        page.line(sentence, style="dim")


def _cells(line: dict[str, Any], draft: dict[str, Any]) -> list[str]:
    item = line["description"]
    if line["period"] != draft["period"]:
        item += f", {words.period(line['period'])}"
    return [item, line["quantity"], f"{line['rate']} a {line['per']}", words.months(line["months"]), line["amount"]]


def _facts(document: dict[str, Any]) -> list[tuple[str, str]]:
    facts = [("Date", words.day(document["date"])), ("Period", words.period(document["period"]))]
    facts += [("To", "\n".join(_buyer(document))), ("From", "\n".join(_party(document["seller"])))]
    more = (("Reference", document["buyer"]["reference"]), ("Space", document["space"]), ("Order", document["order"]))
    return facts + [(label, text) for label, text in more if text]


def _buyer(document: dict[str, Any]) -> list[str]:
    """Say of a buyer's VAT number in the EU that nobody asked VIES about it (pricing.md 3.3)."""
    lines = _party(document["buyer"])
    if document["buyer"]["vat_id"] and document["vat_category"] != "O":
        lines[-1] += ", not checked with VIES"
    return lines


def _party(party: dict[str, Any]) -> list[str]:
    place = ", ".join(filter(None, (party["address"], party["country"])))
    vat_id = f"VAT {party['vat_id']}" if party["vat_id"] else None
    return [line for line in (party["name"], place, vat_id) if line]
