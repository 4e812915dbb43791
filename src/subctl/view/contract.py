"""The contract page: what may be used, what it costs, what waits, what comes, what can still be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from subctl.view import words
from subctl.view.console import Page, grid
from subctl.view.invoice import draw_lines

if TYPE_CHECKING:
    from rich.table import Table

_STATUS = {"active": "green", "upcoming": "cyan", "ending": "yellow", "ended": "red"}


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw the contract page of a space."""
    from rich.text import Text

    space, contract = document["space"], document["contract"]
    title = Text(f"{space['name']} ", style="bold")
    title.append(f"({space['id']})  ", style="dim")
    title.append(contract["status"], style=_STATUS[contract["status"]])
    if space["locked"]:
        title.append("  locked", style="yellow")
    page.line(title)
    page.line(f"on {words.day(document['date'])}", style="dim")
    page.line()
    page.table(_facts(document))
    waiting = document["price_steps"][1:]
    if waiting:
        page.line()
        page.title("Waiting")
        page.table(_steps(waiting, document["currency"]))
    _draw_next(page, document)
    _draw_options(page, document)


def _facts(document: dict[str, Any]) -> Table:
    space, contract, currency = document["space"], document["contract"], document["currency"]
    table = grid()
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    users = f"{contract['users']}, {space['active_users']} active"
    table.add_row("Plan", contract["plan"])
    table.add_row("Users", users)
    table.add_row("Zoom licences", str(contract["zoom"]))
    table.add_row("Billing", f"{contract['billing']}, {words.fee(contract, currency)}")
    table.add_row("Since" if contract["status"] != "upcoming" else "Starts", words.day(contract["started_on"]))
    if contract["last_day"]:
        table.add_row("Last day", words.day(contract["last_day"]))
    elif contract["renews_on"]:
        label = "Renews on" if contract["billing"] == "annual" else "Next month"
        table.add_row(label, words.day(contract["renews_on"]))
    table.add_row("Billed until", words.day(contract["billed_until"], "nothing is billed yet"))
    return table


def _steps(steps: list[dict[str, Any]], currency: str) -> Table:
    table = grid(head=True)
    table.add_column("Price from", no_wrap=True)
    table.add_column("Plan", overflow="fold")
    table.add_column("Users", justify="right", no_wrap=True)
    table.add_column("Zoom", justify="right", no_wrap=True)
    table.add_column(currency, justify="right", no_wrap=True)
    table.add_column("a", no_wrap=True)
    for step in steps:
        table.add_row(
            words.day(step["start"]), step["plan"], str(step["users"]), str(step["zoom"]), step["fee"], step["fee_per"]
        )
    return table


def _draw_next(page: Page, document: dict[str, Any]) -> None:

    draft = document["next_invoice"]
    page.line()
    if draft is None:
        page.title("Next invoice: none")
        return
    total = words.money(draft["total"], document["currency"])
    title = f"Next invoice: {total} on {words.day(draft['date'])}, for {words.period(draft['period'])}"
    page.title(title)
    draw_lines(page, draft, document["currency"])


def _draw_options(page: Page, document: dict[str, Any]) -> None:
    deadlines = document["deadlines"]
    table = grid()
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    if deadlines["downgrade"]:
        reduction = deadlines["downgrade"]
        table.add_row(
            "Pay for less", f"from {words.day(reduction['effective'])}, if ordered by {words.day(reduction['by'])}"
        )
    if deadlines["cancel"]:
        cancel = deadlines["cancel"]
        last = f"last day {words.day(cancel['last_day'])}" if cancel["last_day"] else "it never starts"
        table.add_row("Cancel", f"by {words.day(cancel['by'])}: {last}")
    if document["withdrawable"]:
        table.add_row("Take back", f"subctl withdraw {document['withdrawable']}")
    for quote in document["open_quotes"]:
        table.add_row("Open quote", f"subctl order {quote}")
    if table.row_count:
        page.line()
        page.table(table)
