"""The second reading of pricing.md itself, held to the worked examples of pricing.md 8 and to its other rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support.examples import (
    EXAMPLES,
    Bill,
    Billed,
    Cancel,
    Due,
    Event,
    Example,
    Import,
    Order,
    Ordered,
    OrderQuote,
    Quote,
    Recurring,
    Withdraw,
)
from tests.support.oracle import catalogs, quotes
from tests.support.oracle.calendar import DAY
from tests.support.oracle.compare import Option, compared
from tests.support.oracle.example import BUILT_IN, at, state
from tests.support.oracle.life import Life
from tests.support.oracle.owed import balanced
from tests.support.oracle.terms import (
    Buyer,
    Catalog,
    Invoice,
    Outcome,
    RefusedError,
    Seller,
    Vat,
)


def in_cents(amount: str) -> int:
    return int(amount.replace(".", ""))


def told(document: Invoice | Due | Recurring | Billed | None) -> tuple[str, str, int] | None:
    """Return an invoice as the oracle and the table both know it: period and net in cents."""
    if document is None:
        return None
    net = document.net if isinstance(document, Invoice) else in_cents(document.net)
    return str(document.start), str(document.end), net


def sums(document: Invoice | Due | None) -> tuple[int, int] | None:
    """Return VAT and total in cents."""
    if isinstance(document, Due):
        return in_cents(document.vat), in_cents(document.total)
    return None if document is None else (document.tax, document.net + document.tax)


def hold(outcome: Outcome, ordered: Ordered) -> None:
    """The oracle says of a change what the table says."""
    assert (outcome.kind, str(outcome.price_from)) == (ordered.kind, ordered.price_from)
    assert told(outcome.due_now) == told(ordered.due_now)
    assert sums(outcome.due_now) == sums(ordered.due_now)
    assert told(outcome.next_invoice) == told(ordered.next_invoice)


def known(catalog: Catalog, valid_from: str, changed: Mapping[str, str]) -> Catalog:
    """Return the built-in catalog from a day on, with another price of starter or another VAT rate."""
    (what, amount), *_ = changed.items()
    value = in_cents(f"{Decimal(amount):.2f}") * 100
    catalog = replace(catalog, valid_from=date.fromisoformat(valid_from))
    if what == "vat_rate":
        return replace(catalog, seller=replace(catalog.seller, vat_rate=value))
    monthly, annual = catalog.plans["starter"]
    price = (value, annual) if what == "monthly" else (monthly, value)
    return replace(catalog, plans={**catalog.plans, "starter": price})


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_oracle_agrees_with_the_worked_examples(example: Example) -> None:
    """pricing.md 8: and when the next invoice is issued, all of them add up to what is owed."""
    renews_on = date.fromisoformat(example.renews_on) if example.renews_on else None
    entered, started = date.fromisoformat(example.entered), date.fromisoformat(example.start)
    life = Life((BUILT_IN,), state(example.billing), started, entered, renews_on)
    offers: list[quotes.Quote] = []
    for event in example.events:
        meet(life, event, offers)
    issued = life.bill(date.fromisoformat(example.then.start if example.then else "2028-01-01"))
    assert told(issued[0] if issued else None) == told(example.then)
    assert balanced(life)


def meet(life: Life, event: Event, offers: list[quotes.Quote]) -> None:
    """Let the oracle live through an event of a worked example, and hold what comes of it."""
    on = date.fromisoformat(event.day)
    match event:
        case Order(_, wish, ordered):
            hold(life.change(on, life.wanted(**wish)), ordered)
        case Quote(_, wish, quoted, valid_until):
            offers.append(quotes.quoted(life, on, life.wanted(**wish)))
            hold(offers[-1].outcome, quoted)
            assert str(offers[-1].valid_until) == valid_until
        case OrderQuote(_, str(code)):
            with pytest.raises(RefusedError, match=code):
                quotes.order(life, offers[-1], on)
        case OrderQuote(_, Ordered() as ordered):
            hold(quotes.order(life, offers[-1], on), ordered)
        case Bill(_, billed):
            issued = life.bill(on)
            assert list(map(told, issued)) == list(map(told, billed))
            assert [invoice.vat for invoice in issued] == [Vat("S", int(each.vat_rate) * 10_000) for each in billed]
        case Cancel(_, last_day):
            life.cancel(on)
            assert life.end == date.fromisoformat(last_day) + DAY
        case Withdraw(_, "too_late"):
            with pytest.raises(RefusedError, match="too_late"):
                life.withdraw(on)
        case Withdraw(_, credited):
            credit = life.withdraw(on)
            assert credit is not None
            assert credit.net + credit.tax == in_cents(credited)
        case Import(_, valid_from, changed):
            life.catalogs = catalogs.imported(life.catalogs, known(BUILT_IN, valid_from, changed))


def test_the_oracle_compares_over_a_year() -> None:
    """compare/1: three months of row 1 at 4100.00 a year and nine more, beside 1500.00 a year."""
    life = Life((BUILT_IN,), state(), at(7, 1, 2025), at(3, 15))
    assert compared(life, at(3, 15), life.wanted(plan="pro", users=20)) == Option(
        due_now=650_00, fee=41_000_000, first_year=4100_00, difference=2600_00, invoiced=650_00 + 4100_00
    )
    assert compared(life, at(3, 15), life.wanted(users=8)) == Option(
        due_now=0, fee=13_000_000, first_year=1350_00, difference=-150_00, invoiced=1300_00
    )


@pytest.mark.parametrize(
    ("seller", "buyer", "vat"),
    [
        (Seller(), Buyer("NL"), Vat("S", 210_000)),
        (Seller(), Buyer("DE", "DE1"), Vat("AE", 0)),
        (Seller(), Buyer("DE"), Vat("S", 210_000)),
        (Seller(), Buyer("MC", "FR1"), Vat("AE", 0)),
        (Seller(), Buyer("GB", "XI1"), Vat("O", 0)),
        (Seller("FR", "FR1"), Buyer("MC"), Vat("S", 210_000)),
        (Seller("GB", "GB1"), Buyer("IM"), Vat("S", 210_000)),
        (Seller("GB", None), Buyer("GB"), Vat("S", 210_000)),
        (Seller("NL", None), Buyer("US"), Vat("E", 0)),
        (Seller("MC", None), Buyer("FR"), Vat("E", 0)),
        (Seller("US", None), Buyer("NL", "NL1"), Vat("O", 0)),
    ],
)
def test_the_oracle_taxes_by_buyer_and_seller(seller: Seller, buyer: Buyer, vat: Vat) -> None:
    """pricing.md 3.3."""
    assert replace(BUILT_IN, seller=seller).vat(buyer) == vat


@pytest.mark.parametrize(
    ("imported", "proved"), [(at(2, 28), True), (at(3, 1), False)], ids=["in time", "a day too late"]
)
def test_the_oracle_lets_nobody_be_bound_by_a_rise(imported: date, proved: bool) -> None:
    """pricing.md 3.5: a rise from 2026-03-31 is imported by 2026-02-28."""
    dearer = known(BUILT_IN, "2026-03-31", {"monthly": "11.00"})
    assert catalogs.escapable((BUILT_IN, dearer), at(3, 31), imported) is proved
