"""Attacks by what stands in a row of his own: what no reader could take, and what the check wouldn't compute again.

What may stand in a document's JSON is tried value by value in `tests.support.attacks_on_forms`.
"""

from __future__ import annotations

import json

from tests.support.attacks import DAY, GUARDED, NO_POLICY, YEAR, Attack, invoice, like, order
from tests.support.attacks_on_forms import CHANGE, END

RULES_OF_OLD = {"rules": 1}
"""What older programs issued isn't computed again."""

CURSOR = "\x1b[2J"


def quote(**other: object) -> str:
    """Return the statement that saves a quote, in all other things like acme's first one."""
    return like("quotes", 1, **{"id": YEAR + 3, "date": DAY} | other)


def buyer(**other: object) -> str:
    """Return the statement that enters new details of acme's."""
    row = {"name": "Acme", "country": "NL"} | other
    values = ", ".join(f"'{value}'" for value in row.values())
    return f"INSERT INTO buyers (id, {', '.join(row)}) VALUES (newest_id('buyers') + 1, {values});"


def step(plan: str = "pro", licences: str = "{}") -> str:
    """Return the statement that gives acme a price step from today on."""
    return f"INSERT INTO steps VALUES ('acme', '{DAY}', '{plan}', 1, '{licences}', 'monthly', NULL, NULL);"


VALUES = (
    *(
        Attack(f"issue {what}", sql, NO_POLICY)
        for what, sql in {
            "an invoice with nothing in it": invoice(lines="{}"),
            "an invoice with lines that are none": invoice(lines="[]"),
            "an invoice that says other lines": invoice(words='{"lines":[],"vat":null,"language":"en"}'),
            "an invoice that says nothing": invoice(words=None),
            "an invoice in no language": invoice(words='{"lines":["x"],"vat":null,"language":"xx"}'),
            "an invoice that moves the cursor": invoice(vat_note=CURSOR),
            "an invoice by rules of old": invoice(**RULES_OF_OLD),
            "an invoice by rules to come": invoice(rules=3),
            "an invoice with more VAT than all": invoice(vat_rate=1_000_001),
            "an order with nothing in it": order(document="{}"),
            "an order with nothing before": order(before="{}"),
            "an order that says nothing": order(words="[]"),
            "an order that is no cancellation": order(kind="cancel"),
            "a cancellation that is a change": order(document=json.dumps(END)),
            "an order that names no invoice": order(document=json.dumps({**CHANGE, "issued": []})),
            "an order by rules of old": order(**RULES_OF_OLD),
            "a quote with nothing in it": quote(document="{}"),
            "a quote with nothing before": quote(before="{}"),
            "a quote of a cancellation": quote(document=json.dumps(END)),
            "a quote that says nothing": quote(words="[]"),
            "a quote by rules of old": quote(**RULES_OF_OLD),
            "a quote with more VAT than all": quote(vat_rate=1_000_001),
        }.items()
    ),
    *(
        Attack(f"be called by {what}", buyer(**other), NO_POLICY)
        for what, other in {
            "nothing": {"name": ""},
            "a country that is none": {"country": "nl"},
            "an address that moves the cursor": {"address": CURSOR},
            "a way to pay that is none": {"payment": "x"},
            "a language that nobody speaks": {"language": "xx"},
            "an e-invoice that nobody writes": {"e_invoice": "x"},
            "more than a page": {"contact": "x" * 10_001},
        }.items()
    ),
    *(
        Attack(f"have a step with {what}", sql, NO_POLICY)
        for what, sql in {
            "a plan that moves the cursor": step(plan=CURSOR),
            "a licence that moves the cursor": step(licences='{"\\u001b[2J":1}'),
        }.items()
    ),
    Attack("have no step", "BEGIN; DELETE FROM steps; COMMIT;", "23000: the contract of acme has no price step"),
    Attack("have more active users than can be counted", "UPDATE spaces SET active_users = 1000001;", GUARDED),
    Attack("count his changes up to the end", "UPDATE contracts SET version = 9223372036854775807;", NO_POLICY),
)
