"""The worked examples of pricing.md 8, through the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.build import catalog_text
from tests.support.cli import Cli
from tests.support.examples import EXAMPLES, JULY, Billed, Example, Ordered, Recurring, billed, ordered, play, recurring


class CommandLine:
    """The contract of an example as a script would look after it, in a sandbox."""

    def __init__(self, cli: Cli, example: Example) -> None:
        self.cli = cli
        state = ("--plan", "starter", "--users", "10", "--zoom", "2", "--billing", example.billing)
        renews_on = ("--renews-on", example.renews_on) if example.renews_on else ()
        start = ("--start", example.start)
        cli.sandbox(example.entered, ("space", "add", "acme", "--name", "Acme", *state, *start, *renews_on))

    def order(self, day: str, wanted: Mapping[str, Any], *, down: bool) -> Ordered:
        """Order it by the command that fits."""
        command = "downgrade" if down else "upgrade"
        return ordered(self.cli(command, *options(wanted), "--yes", "--today", day, "--json").json, day)

    def cancel(self, day: str) -> str:
        """Cancel the contract."""
        return str(self.cli("cancel", "--yes", "--today", day, "--json").json["last_day"])

    def withdraw(self, day: str) -> str:
        """Withdraw the first order."""
        done = self.cli("withdraw", "O-2026-0001", "--yes", "--today", day, "--json")
        if done.code:
            return done.refusal[1]
        return str(self.cli("show", done.json["credit_note"], "--json").json["total"])

    def quote(self, day: str, wanted: Mapping[str, Any]) -> tuple[Ordered, str]:
        """Save a quote."""
        document = self.cli("quote", *options(wanted), "--today", day, "--json").json
        self.quoted = document["quote"]
        return ordered(document, day), document["valid_until"]

    def order_quote(self, day: str) -> Ordered | str:
        """Order the quote."""
        done = self.cli("order", self.quoted, "--today", day, "--json")
        return done.refusal[1] if done.code else ordered(done.json, day)

    def bill(self, day: str) -> tuple[Billed, ...]:
        """Run the bills, and read each invoice."""
        issued = self.cli("bill", "--today", day, "--json").json["issued"]
        return tuple(billed(self.cli("show", each["number"], "--json").json) for each in issued)

    def import_catalog(self, day: str, valid_from: str, changed: Mapping[str, str]) -> None:
        """Import a file."""
        file = self.cli.home / "next.toml"
        file.write_text(catalog_text(valid_from, changed))
        assert self.cli("catalog", "import", str(file), "--yes", "--today", day, "--json").json["changed"] is True

    def next_invoice(self) -> Recurring | None:
        """Look at the contract page."""
        return recurring(self.cli("show", "--json").json["next_invoice"])


def options(wanted: Mapping[str, Any]) -> list[str]:
    """Return the options that name a state."""
    return [word for name, value in wanted.items() for word in (f"--{name}", str(value))]


def row(number: int) -> Example:
    """Return the first example of a row."""
    return next(example for example in EXAMPLES if example.row == number)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_worked_example_comes_out_to_the_cent(cli, example):
    """pricing.md 8: price from, due now, the first invoice with the new price, and then the contract's next one."""
    play(CommandLine(cli, example), example)


def test_the_invoice_of_row_10_bills_the_year_and_the_step_in_it(cli):
    """pricing.md 4.9: the renewal bills its own fee for the year, and 1000 × (11 + 19/30) / 12 from the step on."""
    CommandLine(cli, row(10))
    document = cli("quote", "--users", "20", "--dry-run", "--json").json
    months = {"whole": 11, "days": 19, "of": 30}
    whole = {"whole": 12, "days": 0, "of": 0}
    year_period = {"start": "2026-06-20", "end": "2027-06-20"}
    rest = {"start": "2026-07-01", "end": "2027-06-20"}
    assert document["next_invoice"] == {
        "kind": "recurring",
        "date": "2026-06-20",
        "period": year_period,
        "lines": [
            {
                "item": "users",
                "description": "Starter, 10 users",
                "quantity": "10",
                "rate": "100.00",
                "per": "year",
                "period": year_period,
                "months": whole,
                "amount": "1000.00",
            },
            {
                "item": "zoom",
                "description": "Zoom licence",
                "quantity": "2",
                "rate": "250.00",
                "per": "year",
                "period": year_period,
                "months": whole,
                "amount": "500.00",
            },
            {
                "item": "users",
                "description": "Starter, 10 users more",
                "quantity": "10",
                "rate": "100.00",
                "per": "year",
                "period": rest,
                "months": months,
                "amount": "969.44",
                "fee_before": "1000.00",
                "fee_after": "2000.00",
            },
        ],
        "net": "2469.44",
        "vat_category": "S",
        "vat_rate": "21",
        "vat_note": None,
        "vat": "518.58",
        "total": "2988.02",
    }


def test_row_16_has_two_waiting_steps(cli):
    """pricing.md 8 row 16: 20 users at the annual price from April, and by the month from July on."""
    CommandLine(cli, row(16))
    assert cli("upgrade", "--billing", "monthly", "--users", "20", "--yes").code == 0
    state = {"plan": "starter", "zoom": 2, "licences": {"zoom": 2}}
    assert cli("show", "--json").json["price_steps"] == [
        {"start": "2025-07-01", **state, "users": 10, "billing": "annual", "fee": "1500.00", "fee_per": "year"},
        {"start": "2026-04-01", **state, "users": 20, "billing": "annual", "fee": "2500.00", "fee_per": "year"},
        {"start": JULY, **state, "users": 20, "billing": "monthly", "fee": "250.00", "fee_per": "month"},
    ]
