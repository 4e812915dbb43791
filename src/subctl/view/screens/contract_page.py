"""The contract page: what may be used, what it costs, what comes, what can still be done, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.catalog import ANNUAL
from subctl.domain.contract import licences_of
from subctl.domain.money import format_fee
from subctl.results.contract_page import AddedSpace, ChangedSpace, ContractPage, PricedStep
from subctl.view import words
from subctl.view.console import STATUS, Page, styled
from subctl.view.layout import Column, Row
from subctl.view.screens.invoice import draw_lines
from subctl.view.texts import unchecked_words

if TYPE_CHECKING:
    from datetime import date

    from rich.text import Text

    from subctl.view.console import Fact

_STEPS = (
    Column("Price from"),
    Column("Plan", fold=True),
    Column("Users", right=True),
)


def draw(page: Page, result: ContractPage | AddedSpace | ChangedSpace) -> None:
    """Draw the contract page of a space, and what adding it took for granted."""
    if isinstance(result, ContractPage):
        _draw(page, result, None)
        return
    _draw(page, result.page, result.assumed if isinstance(result, AddedSpace) else None)
    if result.unchecked:
        page.line()
        page.line(unchecked_words(result.page.space.vat_id))


def _draw(page: Page, shown: ContractPage, assumed: date | None) -> None:
    """Draw first what one comes for, then what waits, then the next invoice."""
    page.line(_title(shown))
    page.line(f"on {words.day(shown.day)}", style="dim")
    page.line()
    page.facts(_facts(shown))
    if assumed:
        page.line()
        page.line(f"Taken as invoiced elsewhere up to {words.day(assumed)}; --billed-through says otherwise.")
    options = _options(shown)
    if options:
        page.line()
        page.facts(options)
    _draw_waiting(page, shown)
    _draw_next(page, shown)


def _title(shown: ContractPage) -> Text:
    space, status = shown.space, shown.status
    locked = [("  locked", "yellow")] if space.locked else []
    return styled(f"{space.name} ", "bold", (f"({space.id})  ", "dim"), (status, STATUS[status]), *locked)


def _facts(shown: ContractPage) -> list[Fact]:
    contract, draft, in_force = shown.contract, shown.next_invoice, shown.steps[0]
    facts: list[Fact] = [
        ("Plan", contract.current.plan),
        ("Users", f"{contract.current.users}, {shown.space.active_users} active"),
    ]
    for kind, number in licences_of(contract.current, shown.licences).items():
        facts.append((f"{words.licence(kind)} licences", str(number)))
    facts.append(("Billing", f"{in_force.state.billing}, {words.fee(in_force.fee, shown.currency)}"))
    if draft:
        facts.append(("Next invoice", f"{words.money(draft.total, shown.currency)} on {words.day(draft.day)}"))
    if contract.last_day:
        facts.append(("Last day", words.day(contract.last_day)))
    elif shown.renews_on and in_force.state.billing == ANNUAL:
        facts.append(("Renews on", words.day(shown.renews_on)))
    since = "Since" if shown.status != "upcoming" else "Starts"
    return [
        *facts,
        ("Billed until", words.day(shown.billed_until, "nothing is billed yet")),
        (since, words.day(contract.start)),
    ]


def _options(shown: ContractPage) -> list[Fact]:
    """Return what can still be done, and until when."""
    options: list[Fact] = []
    if reduction := shown.downgrade:
        by, effective = words.day(reduction.by), words.day(reduction.effective)
        options.append(("Pay for less", f"from {effective}, if ordered by {by}"))
    if cancel := shown.cancel:
        last = f"last day {words.day(cancel.last_day)}" if cancel.last_day else "it never starts"
        options.append(("Cancel", f"by {words.day(cancel.by)}: {last}"))
    if shown.withdrawable:
        options.append(("Take back", f"subctl withdraw {shown.withdrawable}"))
    if shown.cancellation:
        options.append(("Go on", f"subctl withdraw {shown.cancellation}, until {words.day(shown.contract.last_day)}"))
    return options + [("Open quote", f"subctl order {quote}") for quote in shown.open_quotes]


def _draw_waiting(page: Page, shown: ContractPage) -> None:
    waiting = shown.steps[1:]
    if waiting:
        page.line()
        page.title("Prices to come")
        kinds = words.kinds((step.state for step in waiting), shown.licences)
        licences = [Column(words.licence(kind), right=True) for kind in kinds]
        columns = [*_STEPS, *licences, Column(shown.currency, right=True), Column("Per")]
        page.table(columns, [_step(step, kinds, shown.currency) for step in waiting])


def _step(step: PricedStep, kinds: list[str], currency: str) -> Row:
    state, fee = step.state, step.fee
    numbers = licences_of(state, kinds)
    licences = [str(numbers[kind]) for kind in kinds]
    amount = format_fee(fee.amount, currency)
    return Row([words.day(step.start), state.plan, str(state.users), *licences, amount, fee.per])


def _draw_next(page: Page, shown: ContractPage) -> None:
    draft = shown.next_invoice
    page.line()
    if draft is None:
        page.title("Next invoice: none")
        return
    page.title(f"Next invoice, for {words.period(draft.period)}")
    draw_lines(page, draft, (draft.net, draft.tax, draft.total))
