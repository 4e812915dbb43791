"""Choices side by side."""

from __future__ import annotations

from subctl.domain.contract import licences_of
from subctl.domain.money import format_amount, format_fee
from subctl.domain.text import counted
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
    Column("Invoiced in a year", right=True, under=3),
    Column("A year costs", right=True),
    Column("Than now", right=True, bare=True, under=4),
)
_REFUSED = Column("Refused", under=1)


def draw(page: Page, comparison: Comparison) -> None:
    """Draw every combination, the cheapest first and marked, what is refused last."""
    options, currency = comparison.options, comparison.currency
    page.title(f"Choices for {comparison.space} on {words.day(comparison.day)}, net, in {currency}")
    page.line()
    kinds = words.kinds((option.state for option in options), comparison.licences)
    columns = [*_CHOICES, *(Column(words.licence(kind), right=True, under=2) for kind in kinds), *_COSTS]
    refused = any(option.refused for option in options)
    rows = [_choice(place, comparison, kinds) for place in _sorted(comparison)]
    page.table(
        [*columns, _REFUSED] if refused else columns,
        [row if refused else row._replace(cells=row.cells[:-1]) for row in rows],
    )
    page.line()
    if page.explain:
        _draw_reasons(page, comparison)
    cheapest = "" if comparison.cheapest is None else "→ marks what costs least. "
    page.line(f"{cheapest}As it is now, the same year costs {words.money(comparison.today, currency)}.")
    costs = [option.cost for option in options if option.cost]
    if costs:
        start = words.day(costs[0].year.start)
        page.line(f"It is the year from {start}: from then on, a change ordered today would be paid for.")


def _sorted(comparison: Comparison) -> list[int]:
    """Return the places of the options: the cheapest first, then by what a year costs, what is refused last."""

    def order(place: int) -> tuple[bool, bool, int]:
        cost = comparison.options[place].cost
        return cost is None, place != comparison.cheapest, cost.first_year if cost else 0

    return sorted(range(len(comparison.options)), key=order)


def _draw_reasons(page: Page, comparison: Comparison) -> None:
    from subctl.view.explain import cost_sentence

    for place in _sorted(comparison):
        state, cost, _ = comparison.options[place]
        if cost:
            numbers = licences_of(state, comparison.licences)
            licences = "".join(f", {number} {words.licence(kind)}" for kind, number in numbers.items())
            sentence = cost_sentence(cost, comparison.currency)
            page.line(
                f"{state.plan}, {state.billing}, {counted(state.users, 'user')}{licences}: {sentence}", style="dim"
            )


def _choice(place: int, comparison: Comparison, kinds: list[str]) -> Row:
    option: Option = comparison.options[place]
    state, cost, currency, best = option.state, option.cost, comparison.currency, place == comparison.cheapest
    numbers = licences_of(state, kinds)
    shown = ["→" if best else "", state.plan, state.billing, str(state.users), *(str(numbers[kind]) for kind in kinds)]
    if cost is None:
        return Row([*shown, "", "", "", "", "", option.refused or ""], "dim")
    fee = f"{format_fee(cost.fee.amount, currency)} a {cost.fee.per}"
    due, invoiced, year = (format_amount(n, currency) for n in (cost.due_now, cost.invoiced, cost.first_year))
    difference = _compared(comparison.difference(cost), currency)
    return Row([*shown, fee, due, invoiced, year, difference, ""], "bold green" if best else "")


def _compared(difference: int, currency: str) -> str:
    """Say what a year costs more or less than now."""
    if not difference:
        return "the same"
    return f"{format_amount(abs(difference), currency)} {'more' if difference > 0 else 'less'}"
