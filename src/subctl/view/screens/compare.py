"""Choices side by side."""

from __future__ import annotations

from collections.abc import Sequence

from subctl.domain.contract import State, licences_of
from subctl.results.compare import Comparison, Option
from subctl.view import codes, words
from subctl.view.console import Page
from subctl.view.language import _
from subctl.view.layout import Column, Row


def draw(page: Page, comparison: Comparison) -> None:
    """Draw every combination, the cheapest first and marked, what is refused last."""
    options, currency = comparison.options, comparison.currency
    title = _("Choices for {space} on {day}, net, in {currency}")
    page.title(title.format(space=comparison.space, day=words.day(comparison.day), currency=currency))
    page.line()
    kinds = words.kinds((option.state for option in options), comparison.licences)
    refused = any(option.refused for option in options)
    rows = [_choice(place, comparison, kinds) for place in _sorted(comparison)]
    page.table(
        [*_columns(kinds), *([Column(_("Refused"), under=1)] if refused else [])],
        [row if refused else row._replace(cells=row.cells[:-1]) for row in rows],
    )
    page.line()
    if page.explain:
        _draw_reasons(page, comparison)
    today = _("As it is now, the same year costs {amount}.")
    if comparison.cheapest is not None:
        today = _("→ marks what costs least. As it is now, the same year costs {amount}.")
    page.line(today.format(amount=words.money(comparison.today, currency)))
    costs = [option.cost for option in options if option.cost]
    if costs:
        start = words.day(costs[0].year.start)
        year = _("It is the year from {day}: from then on, a change ordered today would be paid for.")
        page.line(year.format(day=start))


def _columns(kinds: list[str]) -> list[Column]:
    return [
        Column(""),
        Column(_("Plan"), fold=True),
        Column(_("Billing"), bare=True, under=2),
        Column(_("Users"), right=True),
        *(Column(words.licence(kind), right=True, under=2) for kind in kinds),
        Column(_("Fee"), right=True, under=1),
        Column(_("Due now"), right=True, under=3),
        Column(_("Invoiced in a year"), right=True, under=3),
        Column(_("A year costs"), right=True),
        Column(_("Than now"), right=True, bare=True, under=4),
    ]


def _sorted(comparison: Comparison) -> list[int]:
    """Return the places of the options: the cheapest first, then by what a year costs, what is refused last."""

    def order(place: int) -> tuple[bool, bool, int]:
        cost = comparison.options[place].cost
        return cost is None, place != comparison.cheapest, cost.first_year if cost else 0

    return sorted(range(len(comparison.options)), key=order)


def _draw_reasons(page: Page, comparison: Comparison) -> None:
    from subctl.view.explain import cost_sentence

    for place in _sorted(comparison):
        option = comparison.options[place]
        if option.cost:
            reason = cost_sentence(option.cost, comparison.currency)
            choice = _named(option.state, comparison.licences)
            page.line(_("{choice}: {reason}").format(choice=choice, reason=reason), style="dim")


def _named(state: State, sold: Sequence[str]) -> str:
    """Name a choice: `pro, annual, 20 users, 2 Zoom`."""
    licences = (f"{words.count(number)} {words.licence(kind)}" for kind, number in licences_of(state, sold).items())
    return ", ".join([state.plan, codes.billing(state.billing), words.users(state.users), *licences])


def _choice(place: int, comparison: Comparison, kinds: list[str]) -> Row:
    option: Option = comparison.options[place]
    state, cost, currency, best = option.state, option.cost, comparison.currency, place == comparison.cheapest
    numbers = licences_of(state, kinds)
    shown = ["→" if best else "", state.plan, codes.billing(state.billing), words.count(state.users)]
    shown += [words.count(numbers[kind]) for kind in kinds]
    if cost is None:
        return Row([*shown, "", "", "", "", "", option.refused or ""], "dim")
    fee = words.per(words.fee_amount(cost.fee, currency), cost.fee.per)
    due, invoiced, year = (words.amount(n, currency) for n in (cost.due_now, cost.invoiced, cost.first_year))
    difference = _compared(comparison.difference(cost), currency)
    return Row([*shown, fee, due, invoiced, year, difference, ""], "bold green" if best else "")


def _compared(difference: int, currency: str) -> str:
    """Say what a year costs more or less than now."""
    if not difference:
        return _("the same")
    more = _("{amount} more") if difference > 0 else _("{amount} less")
    return more.format(amount=words.amount(abs(difference), currency))
