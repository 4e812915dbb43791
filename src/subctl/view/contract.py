"""The contract page: what may be used, what it costs, what comes, what can still be done, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from subctl.view import words
from subctl.view.console import Page
from subctl.view.invoice import draw_lines
from subctl.view.layout import Column, Row

if TYPE_CHECKING:
    from rich.text import Text

_STATUS = {"active": "green", "upcoming": "cyan", "ending": "yellow", "ended": "red"}


_STEPS = (
    Column("Price from"),
    Column("Plan", fold=True),
    Column("Users", right=True),
)


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw the contract page of a space: first what one comes for, then what waits, then the next invoice."""
    page.line(_title(document))
    page.line(f"on {words.day(document['date'])}", style="dim")
    page.line()
    page.facts(_facts(document))
    if assumed := document.get("assumed_billed_through"):
        page.line()
        page.line(f"Taken as invoiced elsewhere up to {words.day(assumed)}; --billed-through says otherwise.")
    options = _options(document)
    if options:
        page.line()
        page.facts(options)
    _draw_waiting(page, document)
    _draw_next(page, document)


def _title(document: dict[str, Any]) -> Text:
    from rich.text import Text

    space, status = document["space"], document["contract"]["status"]
    title = Text(f"{space['name']} ", style="bold")
    title.append(f"({space['id']})  ", style="dim")
    title.append(status, style=_STATUS[status])
    if space["locked"]:
        title.append("  locked", style="yellow")
    return title


def _facts(document: dict[str, Any]) -> list[tuple[str, str]]:
    contract, draft = document["contract"], document["next_invoice"]
    facts = [
        ("Plan", contract["plan"]),
        ("Users", f"{contract['users']}, {document['space']['active_users']} active"),
        *((f"{words.licence(kind)} licences", str(number)) for kind, number in contract["licences"].items()),
        ("Billing", f"{contract['billing']}, {words.fee(contract, document['currency'])}"),
    ]
    if draft:
        facts.append(
            ("Next invoice", f"{words.money(draft['total'], document['currency'])} on {words.day(draft['date'])}")
        )
    if contract["last_day"]:
        facts.append(("Last day", words.day(contract["last_day"])))
    elif contract["renews_on"] and contract["billing"] == "annual":
        facts.append(("Renews on", words.day(contract["renews_on"])))
    since = "Since" if contract["status"] != "upcoming" else "Starts"
    return [
        *facts,
        ("Billed until", words.day(contract["billed_until"], "nothing is billed yet")),
        (since, words.day(contract["started_on"])),
    ]


def _options(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what can still be done, and until when."""
    options, deadlines = [], document["deadlines"]
    if reduction := deadlines["downgrade"]:
        by, effective = words.day(reduction["by"]), words.day(reduction["effective"])
        options.append(("Pay for less", f"from {effective}, if ordered by {by}"))
    if cancel := deadlines["cancel"]:
        last = f"last day {words.day(cancel['last_day'])}" if cancel["last_day"] else "it never starts"
        options.append(("Cancel", f"by {words.day(cancel['by'])}: {last}"))
    if document["withdrawable"]:
        options.append(("Take back", f"subctl withdraw {document['withdrawable']}"))
    elif document["contract"]["status"] == "ending":
        options.append(("Go on", f"subctl withdraw, until {words.day(document['contract']['last_day'])}"))
    return options + [("Open quote", f"subctl order {quote}") for quote in document["open_quotes"]]


def _draw_waiting(page: Page, document: dict[str, Any]) -> None:
    waiting = document["price_steps"][1:]
    if waiting:
        page.line()
        page.title("Prices to come")
        licences = [Column(words.licence(kind), right=True) for kind in words.kinds(waiting)]
        columns = [*_STEPS, *licences, Column(document["currency"], right=True), Column("Per")]
        page.table(columns, [*map(_step, waiting)])


def _step(step: dict[str, Any]) -> Row:
    licences = [str(number) for number in step["licences"].values()]
    return Row([words.day(step["start"]), step["plan"], str(step["users"]), *licences, step["fee"], step["fee_per"]])


def _draw_next(page: Page, document: dict[str, Any]) -> None:
    draft = document["next_invoice"]
    page.line()
    if draft is None:
        page.title("Next invoice: none")
        return
    page.title(f"Next invoice, for {words.period(draft['period'])}")
    draw_lines(page, draft, document["currency"])
