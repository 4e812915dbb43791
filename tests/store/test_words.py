"""What a document said in words when it was issued stands in the store, as it was shown (pricing.md 7.3)."""

from __future__ import annotations

import json

from tests.support.stores import LIFE


def said(draft):
    """Return what the document of an invoice says in words."""
    return {"lines": [line["description"] for line in draft["lines"]], "vat": draft["vat_note"], "language": "en"}


def kept(cli, table):
    """Return the words of each document, by its place in its series."""
    rows = cli.sql(f"SELECT id % 10000, words FROM {table} ORDER BY id")
    return {place: json.loads(words) for place, words in rows}


def test_every_document_keeps_what_was_shown(cli):
    """Invoices and credit notes their own words; quotes and orders those of all invoices that they are about.

    Here all are in English, as JSON is.
    """
    cli.prepare(("init", "--demo"), ("space", "set", "atelier", "--language", "en"), *LIFE)
    invoices = {place: cli("show", f"INV-2026-000{place}", "--json").json for place in range(1, 6)}
    assert kept(cli, "invoices") == {place: said(invoice) for place, invoice in invoices.items()}
    quotes = {place: cli("show", f"Q-2026-000{place}", "--json").json for place in (1, 2)}
    orders = {place: cli("show", f"O-2026-000{place}", "--json").json for place in range(1, 5)}
    changes = {place: order["change"] for place, order in orders.items() if order["change"]}
    for table, documents in (("quotes", quotes), ("orders", changes)):
        words = kept(cli, table)
        for place, document in documents.items():
            assert words[place] == {
                "catch_up": list(map(said, document["catch_up"])),
                "due_now": [said(document["due_now"])] if document["due_now"] else [],
                "next_invoice": [said(document["next_invoice"])] if document["next_invoice"] else [],
            }
    assert kept(cli, "orders")[4] == {"catch_up": []}
