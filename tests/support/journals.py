"""A book with every kind of document and payment in it, and what its journal comes to by the book itself."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal

from beancount import loader
from beancount.core import data, realization
from beancount.core.inventory import Inventory

from subctl.domain.payment import CARD, CASH, REFUND, RETURN, UNDO
from tests.support.cli import DEMO, Cli
from tests.support.money import enter, money

NAME = 'Acme; "Söhne" | \\ & Co'

LIVED = (
    DEMO,
    ("space", "set", "acme", "--name", NAME),
    ("upgrade", "--users", "20", "--yes"),
    ("upgrade", "--users", "25", "--yes"),
    ("withdraw", "O-2026-0002", "--yes"),
    ("bill", "--today", "2026-04-01"),
    ("bill", "--today", "2026-05-01"),
    ("bill", "--today", "2026-07-10"),
    ("space", "set", "atelier", "--name", "Atelier Neu"),
    ("correct", "INV-2026-0004", "--yes"),
)
"""INV-1 and 2 of acme, 3 the credit note of 2; atelier's months from 4 on, and acme's year from 1 July, billed late.

INV-4 is credited whole at last, and issued anew.
"""


def lived(cli: Cli) -> Cli:
    """Put that book in place, with money that came, went, came back, and was entered by mistake."""
    cli.prepare(*LIVED)
    enter(cli, money("acme", "2026-04-10", 40_000, (1, 30_250)), money("atelier", "2026-05-02", 18_150))
    enter(cli, money("acme", "2026-05-03", -5_000, kind=REFUND), money("atelier", "2026-05-04", 100))
    enter(cli, money("atelier", "2026-06-02", -18_150, kind=RETURN, of=2))
    enter(cli, money("atelier", "2026-06-03", -100, kind=UNDO, of=4)._replace(method=CASH))
    enter(cli, money("atelier", "2026-03-20", 7_000)._replace(method=CARD, reference="4711; |x"))
    return cli


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return [*csv.DictReader(io.StringIO(text, newline=""), strict=True)]


def balances(postings: list[dict[str, str]]) -> dict[str, Decimal]:
    """Return what rows add up to on each account that isn't even."""
    sums: Counter[str] = Counter()
    for row in postings:
        sums[row["account"]] += Decimal(row["amount"])  # type: ignore[assignment]
    return {account: Decimal(amount) for account, amount in sums.items() if amount}


def by_the_book(cli: Cli) -> dict[str, Decimal]:
    """Return what the book itself says of receivables and VAT, of income, and of all money."""
    net, vat, total = cli.sql("SELECT sum(net), sum(vat), sum(total) FROM invoices")[0]
    paid = cli.sql("SELECT sum(amount) FROM payments")[0][0]
    found = {"receivable": total - paid, "vat": -vat, "income": -net, "money": paid}
    return {name: Decimal(amount) / 100 for name, amount in found.items()}


def summed(found: dict[str, Decimal]) -> dict[str, Decimal]:
    """Return balances as `by_the_book` has them; what is deferred counts as income."""
    names = {"Assets:Receivable": "receivable", "Liabilities:VAT": "vat"}
    sums = dict.fromkeys(("receivable", "vat", "income", "money"), Decimal(0))
    for account, amount in found.items():
        income = account.startswith("Income") or account == "Liabilities:Deferred"
        sums[names.get(account, "income" if income else "money")] += amount
    return sums


def judged(text: str) -> dict[str, Decimal]:
    """Return the balances by beancount itself, which has no fault to find."""
    entries, errors, _ = loader.load_string(text)
    assert errors == []
    found: dict[str, Inventory] = {
        account: real.balance
        for account, real in ((each.account, each) for each in realization.iter_children(realization.realize(entries)))
    }
    assert all("number" in entry.meta and entry.links for entry in entries if isinstance(entry, data.Transaction))
    sums = {account: balance.get_currency_units("EUR").number for account, balance in found.items()}
    return {account: amount for account, amount in sums.items() if amount}
