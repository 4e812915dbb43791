"""What the store says of the future, held to the second reading, and then lived on a copy of the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

from subctl.domain import contract as real
from subctl.domain.invoice import Draft
from subctl.results.compare import Cost
from subctl.results.invoice import ShownInvoice
from subctl.service import billing, change, compare, document_page, forecast
from tests.support.book.acts import Act, Wish
from tests.support.book.book import Book, Kept
from tests.support.book.ordering import wanted_of
from tests.support.oracle.calendar import DAY, months_after
from tests.support.oracle.compare import Option, compared
from tests.support.real_life import undated

_MOST_OPTIONS = 8


@contextmanager
def _copy(book: Book) -> Iterator[None]:
    """Let services work on a copy of the store for a while."""
    cli, book.cli = book.cli, book.cli.another("copy")
    book.cli.put(cli.bytes)
    try:
        yield
    finally:
        book.cli = cli


def _lived(book: Book, space: str, days: list[date]) -> list[ShownInvoice]:
    """Bill a contract on some days, and return the invoices."""
    found = []
    for day in days:
        for each in billing.bill(book.caller("bill", day), space).issued:
            page = document_page.show_document(book.caller("show", day), each.number or "")
            assert isinstance(page, ShownInvoice)
            found.append(page)
    return found


def look_forward(book: Book, kept: Kept, act: Act) -> None:
    """What a forecast says is what is billed where nothing changes, in time or by one late run (pricing.md 4.3)."""
    until = months_after(book.day, act.days)
    foreseen = book.see(forecast.forecast(book.caller("forecast"), kept.space, act.days))
    expected = [invoice for invoice in kept.life.unbilled(until) if invoice.net > 0]
    book.same([undated(draft) for draft in foreseen.invoices], [undated(invoice) for invoice in expected])
    book.same([draft.day for draft in foreseen.invoices], [max(each.start, book.day) for each in expected])
    sums = sum(each.net for each in expected), sum(each.tax for each in expected)
    book.same((foreseen.net, foreseen.vat, foreseen.total), (*sums, sum(sums)))
    late = "late" in act.how
    days = [until] if late else sorted({draft.day for draft in foreseen.invoices})
    with _copy(book):
        issued = _lived(book, kept.space, days)
    book.same([_said(each.draft, late=late) for each in issued], [_said(each, late=late) for each in foreseen.invoices])
    book.met["forecasts lived late" if late else "forecasts lived in time"] += 1
    book.met["forecast invoices lived"] += len(issued)


def _said(draft: Draft, *, late: bool) -> object:
    """Return what an invoice charges, without the words that are kept; of one that was late without its day too."""
    lines = tuple(line._replace(words=None) for line in draft.lines)
    plain = draft._replace(lines=lines, vat=draft.vat._replace(words=None))
    return plain._replace(day=date.min) if late else plain


def look_aside(book: Book, kept: Kept, act: Act) -> None:
    """What `compare` says of a choice is what it costs: ordered, and billed for a year."""
    choices = _choices(act.wishes)
    wishes = choices.wishes()[:_MOST_OPTIONS]
    if len(choices.wishes()) > _MOST_OPTIONS:
        return
    options = [book.foreseen(partial(_option, book, kept, wish)) for wish in wishes]
    broken = next((each for each in options if each in ("contract_ended", "not_found")), None)

    def look() -> object:
        return compare.compare(book.caller("compare"), kept.space, choices)

    if isinstance(broken, str):
        book.refused(broken, look)
        return
    found = book.see(compare.compare(book.caller("compare"), kept.space, choices))
    for option, expected in zip(found.options, options, strict=True):
        if isinstance(expected, str):
            book.same(option.refused, expected)
            book.met[f"compared, refused {expected}"] += 1
            continue
        assert option.cost
        assert isinstance(expected, Option)
        cost = option.cost
        book.same(
            (cost.due_now, cost.first_year, found.difference(cost), cost.invoiced),
            (expected.due_now, expected.first_year, expected.difference, expected.invoiced),
        )
        book.met["options compared"] += 1
    costs = [(each.cost.first_year, _yearly(each.cost), place) for place, each in enumerate(found.options) if each.cost]
    book.same(found.cheapest, min(costs)[2] if costs else None)
    for wish, option in zip(wishes, found.options, strict=True):
        if option.cost:
            _live_option(book, kept, wish, option.cost, late="late" in act.how)


def _choices(wishes: tuple[tuple[int, Wish], ...]) -> compare.Choices:
    named = [dict(wish) for _, wish in wishes]

    def each(name: str) -> list[Any]:
        return list(dict.fromkeys(wish[name] for wish in named if name in wish))

    return compare.Choices(each("plan"), each("users"), each("licences"), each("billing"))


def _option(book: Book, kept: Kept, wish: real.Wish) -> Option:
    names = ("plan", "users", "licences", "billing")
    named = tuple((name, getattr(wish, name)) for name in names if getattr(wish, name) not in (None, ()))
    return compared(kept.life, book.day, wanted_of(kept.life, named))


def _yearly(cost: Cost) -> int:
    return cost.fee.amount * (12 if cost.fee.per == "month" else 1)


def _live_option(book: Book, kept: Kept, wish: real.Wish, cost: Cost, *, late: bool) -> None:
    """Order a choice on a copy of the store, and bill it for a year: that is what it said would be invoiced."""
    last = months_after(book.day, 12) - DAY
    command = "downgrade" if cost.kind == "downgrade" else "upgrade"
    with _copy(book):
        issued: list[ShownInvoice] = []
        if cost.kind != "none":
            ordered = change.order_change(book.caller(command), kept.space, wish)
            for name in ordered.issued:
                page = document_page.show_document(book.caller("show"), name)
                assert isinstance(page, ShownInvoice)
                issued.append(page)
        days = [last] if late else sorted({max(draft.day, book.day) for draft in cost.invoices})
        issued += _lived(book, kept.space, days)
        book.same(sum(each.net for each in issued), cost.invoiced)
        upgrades = [each.net for each in issued if each.draft.kind == "upgrade"]
        book.same(sum(upgrades), cost.due_now)
    book.met["options lived"] += 1
