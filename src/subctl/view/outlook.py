"""Choices side by side, and the invoices to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from subctl.view import words
from subctl.view.console import Page
from subctl.view.layout import Column, Row

if TYPE_CHECKING:
    from rich.text import Text

_BAR, _LEAST_BAR = 40, 5

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

_COMING = (
    Column("Date"),
    Column("Period", bare=True, under=2),
    Column("Net", right=True, under=1),
    Column("VAT", right=True, under=1),
)


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw a comparison or a forecast."""
    (_draw_comparison if document["schema"] == "compare/1" else _draw_forecast)(page, document)


def _draw_comparison(page: Page, document: dict[str, Any]) -> None:
    options, currency = document["options"], document["currency"]
    page.title(f"Choices for {document['space']} on {words.day(document['date'])}, net, in {currency}")
    page.line()
    refused = any(option["refused"] for option in options)
    rows = [_choice(option, best=place == document["cheapest"]) for place, option in enumerate(options)]
    licences = [Column(words.licence(kind), right=True, under=2) for kind in words.kinds(options)]
    columns = [*_CHOICES, *licences, *_COSTS]
    page.table(
        [*columns, _REFUSED] if refused else columns,
        [row if refused else row._replace(cells=row.cells[:-1]) for row in rows],
    )
    page.line()
    for option in options:
        if "explanation" in option:
            counted = "".join(f", {number} {words.licence(kind)}" for kind, number in option["licences"].items())
            state = f"{option['plan']}, {option['billing']}, {option['users']} users{counted}"
            page.line(f"{state}: {option['explanation']}", style="dim")
    cheapest = "" if document["cheapest"] is None else "→ the cheapest. "
    page.line(f"{cheapest}As it is now, the first year costs {words.money(document['today'], currency)}.")


def _choice(option: dict[str, Any], *, best: bool) -> Row:
    licences = [str(number) for number in option["licences"].values()]
    state = ["→" if best else "", option["plan"], option["billing"], str(option["users"]), *licences]
    if option["refused"]:
        return Row([*state, "", "", "", "", option["refused"]], "dim")
    fee, difference = f"{option['fee']} a {option['fee_per']}", _signed(option["difference"])
    return Row(
        [*state, fee, option["due_now"], option["first_year"], difference, ""],
        "bold green" if best else "",
    )


def _signed(amount: str) -> str:
    return amount if amount.startswith("-") or words.is_zero(amount) else f"+{amount}"


def _draw_forecast(page: Page, document: dict[str, Any]) -> None:
    months = "the next month" if document["months"] == 1 else f"the next {document['months']} months"
    page.title(f"Invoices to come for {document['space']}, {months} from {words.day(document['date'])}")
    page.line()
    drafts = document["invoices"]
    if not drafts:
        page.line("None.")
        return
    cells = [[draft["date"], words.short_period(draft["period"]), *_amounts(draft)] for draft in drafts]
    sums = ["Sum", "", *_amounts(document)]
    columns = [*_COMING, Column(f"Total {document['currency']}", right=True)]
    widest = page.beside(columns, [Row(row) for row in (*cells, sums)], _LEAST_BAR, _BAR)
    greatest = max(float(draft["total"]) for draft in drafts)
    rows = [
        Row([*row, _bar(float(draft["total"]) / greatest, widest)]) for row, draft in zip(cells, drafts, strict=True)
    ]
    page.table([*columns, Column("")], rows, [Row([*sums, ""], "bold")])


def _amounts(document: dict[str, Any]) -> list[str]:
    return [document["net"], document["vat"], document["total"]]


def _bar(share: float, widest: int) -> Text:
    """Return a bar in eighths of a sign; the widths are for the eye, the numbers stand beside."""
    from rich.text import Text

    eighths = max(1, round(share * widest * 8))
    return Text("█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip(), style="cyan")
