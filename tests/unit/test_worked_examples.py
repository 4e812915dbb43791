"""The worked examples of pricing.md 8, through the rules alone; and the page itself, held against their table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from subctl.domain.catalog import Catalogs
from subctl.domain.catalog_file import read_catalog
from subctl.domain.contract import Contract
from subctl.domain.ending import can_withdraw, plan_cancellation, withdraw_deadline, withdrawn
from subctl.domain.entry import enter_contract
from subctl.domain.invoice import Draft, billed_until_after, credit_draft, recurring_drafts
from subctl.domain.money import format_amount
from subctl.domain.quoting import quote_terms
from subctl.domain.rate_card import Offer
from subctl.domain.tax import format_percentage
from tests.support.build import BUYER, CATALOGS, EUR, Done, catalog_text, change, day, state
from tests.support.examples import (
    EXAMPLES,
    Bill,
    Billed,
    Cancel,
    Due,
    Example,
    Order,
    Ordered,
    Recurring,
    Withdraw,
    play,
)

PAGE = Path(__file__).parents[2] / "docs" / "pricing.md"


class Rules:
    """The contract of an example as the domain has it: orders, steps and what they owe."""

    def __init__(self, example: Example) -> None:
        wanted, renews_on = state(billing=example.billing), example.renews_on
        self.today, self.catalogs = day(example.entered), CATALOGS
        start = day(example.start)
        self.contract = enter_contract("acme", wanted, self.today, start, day(renews_on) if renews_on else None)
        self.orders: list[tuple[Contract, Done]] = []

    def order(self, on: str, wanted: Mapping[str, Any], *, down: bool) -> Ordered:
        """Work the change out; which way it goes is what it says."""
        self.today = day(on)
        done = change(self.contract, on, self.catalogs, **wanted)
        assert down is (done.kind == "downgrade")
        return self._ordered(done)

    def _ordered(self, done: Done) -> Ordered:
        self.orders.append((self.contract, done))
        self.contract = done.contract
        return self._shown(done)

    def _shown(self, done: Done) -> Ordered:
        assert done.catch_up == ()
        free_until = str(done.free_until) if done.free_until else None
        following = recurring(done.next_invoice)
        assert following is not None
        return Ordered(done.kind, str(done.price_from), free_until, self._due(done.due_now), following)

    def _due(self, draft: Draft | None) -> Due | None:
        if draft is None:
            return None
        assert draft.day == self.today
        (months,) = {line.months for line in draft.lines}
        net, vat, total = (format_amount(amount, EUR) for amount in (draft.net, draft.tax, draft.total))
        length = f"{months.whole} + {months.days}/{months.of}" if months.of else str(months.whole)
        return Due(net, vat, total, str(draft.period.start), str(draft.period.end), length)

    def cancel(self, on: str) -> str:
        """End the contract."""
        self.contract = plan_cancellation(self.contract, day(on), self.catalogs, BUYER).contract
        return str(self.contract.last_day)

    def withdraw(self, on: str) -> str:
        """Go back to the steps before, in time."""
        before, done = self.orders.pop()
        deadline = withdraw_deadline(before.steps, self.contract.steps, done.price_from)
        if not can_withdraw(self.contract, day(on), deadline, done.contract.billed_until):
            return "too_late"
        assert done.due_now is not None
        self.contract = withdrawn(self.contract, before.steps)
        return format_amount(credit_draft(done.due_now, day(on)).total, EUR)

    def quote(self, on: str, wanted: Mapping[str, Any]) -> tuple[Ordered, str]:
        """Work the change out, and keep what was wanted with the catalogs that are known."""
        self.today = day(on)
        done = change(self.contract, on, self.catalogs, **wanted)
        terms = quote_terms(self.contract, done.change, self.catalogs, BUYER)
        self.quoted = wanted, Offer(self.today, self.catalogs), terms
        return self._shown(done), str(terms.valid_until)

    def order_quote(self, on: str) -> Ordered | str:
        """Work it out anew with the quote's rates, in time."""
        self.today = day(on)
        wanted, offer, terms = self.quoted
        if self.today > terms.valid_until:
            return "quote_expired"
        return self._ordered(change(self.contract, on, self.catalogs, offer=offer, **wanted))

    def bill(self, on: str) -> tuple[Billed, ...]:
        """Issue every period that has begun."""
        self.today = day(on)
        drafts = [*recurring_drafts(self.contract, self.today, self.today, self.catalogs, BUYER)]
        self.contract = self.contract._replace(billed_until=billed_until_after(self.contract, self.today))
        return tuple(billed(draft) for draft in drafts)

    def import_catalog(self, on: str, valid_from: str, changed: Mapping[str, str]) -> None:
        """Know one more catalog, read from its file."""
        self.today = day(on)
        catalog, faults = read_catalog(tomllib.loads(catalog_text(valid_from, changed)), 2)
        assert faults == []
        self.catalogs = Catalogs((*CATALOGS.imported, catalog))

    def next_invoice(self) -> Recurring | None:
        """Look two years ahead."""
        until = self.today.replace(year=self.today.year + 2)
        drafts = recurring_drafts(self.contract, until, self.today, self.catalogs, BUYER)
        return recurring(next(drafts, None))


def recurring(draft: Draft | None) -> Recurring | None:
    """Return a recurring invoice in the words of the table."""
    if draft is None:
        return None
    assert draft.day == draft.period.start
    return Recurring(str(draft.period.start), str(draft.period.end), format_amount(draft.net, EUR))


def billed(draft: Draft) -> Billed:
    """Return an issued invoice in the words of the table."""
    period, rate = draft.period, format_percentage(draft.vat.rate)
    return Billed(str(period.start), str(period.end), format_amount(draft.net, EUR), rate)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_worked_example_comes_out_to_the_cent(example: Example) -> None:
    """pricing.md 8."""
    play(Rules(example), example)


def named(example: Example) -> list[str]:
    """Return the days and amounts of an example that its row on the page names."""
    last = example.events[-1]
    then = [example.then.net] if example.then else []
    match last:
        case Cancel(on, last_day):
            return [on, last_day]
        case Withdraw(on, credited):
            return [on, credited.removeprefix("-"), *then]
        case Order(on, _, ordered):
            due = [ordered.due_now.net] if ordered.due_now else []
            return [on, ordered.price_from, *due, ordered.next_invoice.net, *then]
        case Bill(on, issued):
            return [on, *(invoice.net for invoice in issued), *(f"{invoice.vat_rate} %" for invoice in issued)]
        case _:
            return then


def stands(text: str, row: str) -> bool:
    """Tell whether a day or an amount stands in a row, and not only inside a longer one."""
    return re.search(rf"(?<![\d.]){re.escape(text)}(?!\d)", row) is not None


def test_the_page_and_the_table_say_the_same() -> None:
    """pricing.md 8: each row of the page is in the table, with its days and amounts, and no other is."""
    rows = dict(re.findall(r"^\| (\d+) (\|.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert [int(row) for row in rows] == sorted({example.row for example in EXAMPLES})
    missing = {str(one): [text for text in named(one) if not stands(text, rows[str(one.row)])] for one in EXAMPLES}
    assert {example: texts for example, texts in missing.items() if texts} == {}
