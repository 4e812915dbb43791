"""Choices side by side, and the invoices to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from subctl.view import words
from subctl.view.console import Page, grid

if TYPE_CHECKING:
    from rich.text import Text

_BAR, _LEAST_BAR, _BESIDE_BAR = 40, 8, 62


def draw(page: Page, document: dict[str, Any]) -> None:
    """Draw a comparison or a forecast."""
    (_draw_comparison if document["schema"] == "compare/1" else _draw_forecast)(page, document)


def _draw_comparison(page: Page, document: dict[str, Any]) -> None:
    currency = document["currency"]
    page.title(f"Choices for {document['space']} on {words.day(document['date'])}, net, in {currency}")
    table = grid(head=True)
    table.add_column("", no_wrap=True)
    for name in ("Plan", "Billing"):
        table.add_column(name, overflow="fold")
    for name in ("Users", "Zoom", "Fee", "Due now", "First 12 months", "Difference"):
        table.add_column(name, justify="right", no_wrap=True)
    for place, option in enumerate(document["options"]):
        mark = "→" if place == document["cheapest"] else ""
        head = [mark, option["plan"], option["billing"], str(option["users"]), str(option["zoom"])]
        if option["refused"]:
            table.add_row(*head, "", "", "", option["refused"], style="dim")
        else:
            fee = f"{option['fee']} a {option['fee_per']}"
            table.add_row(
                *head, fee, option["due_now"], option["first_year"], _signed(option["difference"]),
                style="bold green" if mark else "",
            )  # fmt: skip
    page.table(table)
    for option in document["options"]:
        if "explanation" in option:
            state = f"{option['plan']}, {option['billing']}, {option['users']} users, {option['zoom']} Zoom"
            page.line(f"{state}: {option['explanation']}", style="dim")
    page.line(f"→ the cheapest. As it is now, the first 12 months cost {words.money(document['today'], currency)}.")


def _signed(amount: str) -> str:
    return amount if amount.startswith("-") or words.is_zero(amount) else f"+{amount}"


def _draw_forecast(page: Page, document: dict[str, Any]) -> None:
    months = "the next month" if document["months"] == 1 else f"the next {document['months']} months"
    page.title(f"Invoices to come for {document['space']}, {months} from {words.day(document['date'])}")
    if not document["invoices"]:
        page.line("None.")
        return
    greatest = max(float(draft["total"]) for draft in document["invoices"])
    table = grid(head=True)
    table.add_column("Date", no_wrap=True)
    table.add_column("Period", overflow="fold")
    for name in ("Net", "VAT", "Total"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    widest = page.room(_BESIDE_BAR, _LEAST_BAR, _BAR)
    for draft in document["invoices"]:
        bar = _bar(float(draft["total"]) / greatest, widest)
        table.add_row(draft["date"], words.period(draft["period"]), draft["net"], draft["vat"], draft["total"], bar)
    table.add_section()
    table.add_row("Sum", "", document["net"], document["vat"], words.money(document["total"], document["currency"]))
    page.table(table)


def _bar(share: float, widest: int) -> Text:
    """Return a bar in eighths of a sign; the widths are for the eye, the numbers stand beside."""
    from rich.text import Text

    eighths = max(1, round(share * widest * 8))
    return Text("█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip(), style="cyan")
