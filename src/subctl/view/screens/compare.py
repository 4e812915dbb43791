"""Choices side by side."""

from __future__ import annotations

from subctl.domain.contract import licences_of
from subctl.domain.money import format_amount, format_fee
from subctl.results.compare import Comparison, Option
from subctl.view import words
from subctl.view.console import Page
from subctl.view.layout import Column, Row

_CHOICES = (
    Column(""),
    Column("Plan", fold=True),
    Column("Billing", bare=True, under=2),
    Column("Users", right=True),
)
_COSTS = (
    Column("Fee", right=True, under=1),
    Column("Due now", right=True, under=3),
    Column("First year", right=True),
    Column("Difference", right=True),
)
_REFUSED = Column("Refused", under=1)


def draw(page: Page, comparison: Comparison) -> None:
    """Draw every combination, the cheapest marked."""
    options, currency = comparison.options, comparison.currency
    page.title(f"Choices for {comparison.space} on {words.day(comparison.day)}, net, in {currency}")
    page.line()
    kinds = words.kinds((option.state for option in options), comparison.licences)
    columns = [*_CHOICES, *(Column(words.licence(kind), right=True, under=2) for kind in kinds), *_COSTS]
    refused = any(option.refused for option in options)
    rows = [_choice(place, comparison, kinds) for place in range(len(options))]
    page.table(
        [*columns, _REFUSED] if refused else columns,
        [row if refused else row._replace(cells=row.cells[:-1]) for row in rows],
    )
    page.line()
    if page.explain:
        _draw_reasons(page, comparison)
    cheapest = "" if comparison.cheapest is None else "→ the cheapest. "
    page.line(f"{cheapest}As it is now, the first year costs {words.money(comparison.today, currency)}.")


def _draw_reasons(page: Page, comparison: Comparison) -> None:
    from subctl.view.explain import first_year_sentence

    for state, cost, _ in comparison.options:
        if cost:
            numbers = licences_of(state, comparison.licences)
            counted = "".join(f", {number} {words.licence(kind)}" for kind, number in numbers.items())
            sentence = first_year_sentence(cost, comparison.currency)
            page.line(f"{state.plan}, {state.billing}, {state.users} users{counted}: {sentence}", style="dim")


def _choice(place: int, comparison: Comparison, kinds: list[str]) -> Row:
    option: Option = comparison.options[place]
    state, cost, currency, best = option.state, option.cost, comparison.currency, place == comparison.cheapest
    numbers = licences_of(state, kinds)
    shown = ["→" if best else "", state.plan, state.billing, str(state.users), *(str(numbers[kind]) for kind in kinds)]
    if cost is None:
        return Row([*shown, "", "", "", "", option.refused or ""], "dim")
    fee = f"{format_fee(cost.fee.amount, currency)} a {cost.fee.per}"
    due, first_year = format_amount(cost.due_now, currency), format_amount(cost.first_year, currency)
    difference = _signed(cost.first_year - comparison.today, currency)
    return Row([*shown, fee, due, first_year, difference, ""], "bold green" if best else "")


def _signed(amount: int, currency: str) -> str:
    return f"{'+' if amount > 0 else ''}{format_amount(amount, currency)}"
