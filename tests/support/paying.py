"""A store in which invoices are open, and how its payments are entered in tests (payments.md 10)."""

from __future__ import annotations

from tests.support.cli import DEMO

ONE, TWO, THREE, FOUR = (f"INV-2026-000{place}" for place in range(1, 5))

LIVED = (
    DEMO,
    ("upgrade", "--users", "20", "--yes"),
    *(("bill", "--today", day) for day in ("2026-04-01", "2026-05-01", "2026-06-01")),
)
"""The demo on 1 June: of acme 1 is open (302.50), of atelier 2, 3 and 4 are (181.50 each)."""


def paid(cli, *words, **extra):
    """Pay without a question, and return the document."""
    return cli("pay", *words, "--yes", "--json", **extra).json


def owed(cli, space):
    """Return what is open of a space by number, and its credit."""
    found = cli("owed", "--space", space, "--json").json
    return {item["number"]: item["open"] for item in found["items"]}, found["credit"]


def numbers(cli):
    """Return the numbers of all payments, the newest first."""
    return [item["number"] for item in cli("list", "payments", "--json").json["items"]]


PAYMENT = {
    "schema": "payment/1",
    "number": "P-2026-0001",
    "space": "acme",
    "date": "2026-06-01",
    "entered": "2026-06-01",
    "amount": "302.50",
    "currency": "EUR",
    "kind": "receipt",
    "method": "bank",
    "reference": None,
    "source": None,
    "parts": [{"number": ONE, "amount": "302.50"}],
    "of": None,
    "taken_back_by": None,
    "open": "0.00",
    "credit": "0.00",
    "changed": True,
}
