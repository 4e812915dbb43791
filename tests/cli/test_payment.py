"""How an invoice is paid, with what, and that one which was credited asks for nothing."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from io import StringIO

import pytest

from subctl.results.invoice import ShownInvoice
from subctl.results.parties import Mandate, Payment
from subctl.service.access import ANYONE
from subctl.service.caller import Caller
from subctl.service.document_page import show_document
from subctl.view.console import Page
from subctl.view.screens.invoice import draw
from subctl.view.texts import wording

UPGRADE = ("upgrade", "--plan", "pro", "--users", "20", "--yes")


@pytest.mark.parametrize(
    ("payment", "method", "claim", "closing"),
    [
        (
            ("--payment", "invoice"),
            "transfer",
            "payable by 14 April 2026",
            "Please pay 786.50 EUR by 14 April 2026 to NL91ABNA0417164300, naming INV-2026-0001.",
        ),
        (
            ("--payment", "direct-debit", "--iban", "NL91ABNA0417164300"),
            "transfer",
            "payable by 14 April 2026",
            "Please pay 786.50 EUR by 14 April 2026 to NL91ABNA0417164300, naming INV-2026-0001.",
        ),
        (("--payment", "card"), "card", "charged to the card", "786.50 EUR will be charged to the card."),
    ],
)
def test_how_an_invoice_is_paid(cli, payment, method, claim, closing):
    """As its buyer paid on the day of issue, whatever is set later; without a mandate nothing is debited."""
    cli.prepare(("init", "--demo"), ("space", "set", "acme", *payment), UPGRADE)
    cli("space", "set", "acme", "--payment", "card" if method == "transfer" else "invoice")
    page = cli("show", "INV-2026-0001").text
    assert page.splitlines()[1] == f"786.50 EUR, {claim}"
    assert page.endswith(f"\n\n{closing}\nQuestions: support@example.com\n")
    assert cli("show", "INV-2026-0001", "--json").json["payment"] == {"method": method, "iban": None}


def test_a_mandate_says_when_and_from_where_it_is_debited(cli):
    """The notice beforehand: the day, the end of the account's number, and the mandate."""
    cli.prepare(("init", "--demo"), UPGRADE)
    caller = Caller(cli.store, os.getuid(), "tester", datetime.now(UTC), "show", ANYONE, wording, date(2026, 3, 15))
    invoice = show_document(caller, "INV-2026-0001")
    assert isinstance(invoice, ShownInvoice)
    mandate = Mandate("M-7", date(2026, 1, 5), "CORE", "NL91ABNA0417164300", None)
    page = Page("never", StringIO())
    draw(page, invoice._replace(mandate=mandate, payment=Payment("direct-debit", "…4300")))
    lines = page.text().splitlines()
    assert lines[1] == "786.50 EUR, to be debited on 14 April 2026"
    assert lines[-2] == "786.50 EUR will be debited from …4300 on 14 April 2026, by mandate M-7."


def test_a_credited_invoice_asks_for_nothing(cli):
    """It says by what it was credited, in lists too; the credit note has no day by which to pay."""
    cli.prepare(("init", "--demo"), UPGRADE, ("withdraw", "O-2026-0001", "--yes"))
    page = cli("show", "INV-2026-0001").text
    assert page.splitlines()[1] == "786.50 EUR, credited by INV-2026-0002: nothing is to be paid"
    assert "Please pay" not in page
    assert cli("show", "INV-2026-0001", "--json").json["credited_by"] == "INV-2026-0002"
    credit = cli("show", "INV-2026-0002", "--json").json
    assert (credit["due_date"], credit["credited_by"]) == (None, None)
    items = cli("list", "invoices", "--json").json["items"]
    assert [(item["credits"], item["credited_by"]) for item in items] == [
        ("INV-2026-0001", None),
        (None, "INV-2026-0002"),
    ]
    credit_note, credited = cli("list", "invoices").text.splitlines()[-2:]
    assert credit_note.endswith("   –     settled")
    assert credited.endswith("   –     credited by INV-2026-0002")
