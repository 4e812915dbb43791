"""The invoices to come, as a table and a bar chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.invoice import Draft
from subctl.results.forecast import Forecast
from subctl.view import words
from subctl.view.console import Page, styled
from subctl.view.language import _, ngettext
from subctl.view.layout import Column, Row

if TYPE_CHECKING:
    from rich.text import Text

_BAR, _LEAST_BAR = 40, 5


def draw(page: Page, forecast: Forecast) -> None:
    """Draw every invoice with a bar as long as its total, and the sums."""
    title = ngettext(
        "Invoices to come for {space}, the next month from {day}",
        "Invoices to come for {space}, the next {number} months from {day}",
        forecast.months,
    )
    page.title(title.format(space=forecast.space, number=forecast.months, day=words.day(forecast.day)))
    page.line()
    if forecast.invoices:
        _draw_invoices(page, forecast)
    else:
        page.line(_("None."))
    if before := _before(forecast):
        page.line()
        page.line(before)


def _before(forecast: Forecast) -> str | None:
    """Say what is open of earlier invoices, or what credit there is for these."""
    balance, currency = forecast.balance, forecast.currency
    if balance.open:
        return _("Earlier invoices: {amount} is open.").format(amount=words.money(balance.open, currency))
    if balance.credit:
        return _("A credit of {amount} pays the first of what comes.").format(
            amount=words.money(balance.credit, currency)
        )
    return None


def _draw_invoices(page: Page, forecast: Forecast) -> None:
    drafts, currency = forecast.invoices, forecast.currency
    cells = [_cells(draft) for draft in drafts]
    sums = [_("Sum"), "", *_amounts((forecast.net, forecast.vat, forecast.total), currency)]
    columns = _columns(currency)
    widest = page.beside(columns, [Row(row) for row in (*cells, sums)], _LEAST_BAR, _BAR)
    greatest = max(draft.total for draft in drafts)
    rows = [Row([*row, _bar(draft.total / greatest, widest)]) for row, draft in zip(cells, drafts, strict=True)]
    page.table([*columns, Column("")], rows, [Row([*sums, ""], "bold")])


def _columns(currency: str) -> list[Column]:
    return [
        Column(_("Date")),
        Column(_("Period"), bare=True, under=2),
        Column(_("Net"), right=True, under=1),
        Column(_("VAT"), right=True, under=1),
        Column(_("Total {currency}").format(currency=currency), right=True),
    ]


def _cells(draft: Draft) -> list[str]:
    amounts = _amounts((draft.net, draft.tax, draft.total), draft.currency)
    return [words.column_day(draft.day), words.short_period(draft.period), *amounts]


def _amounts(amounts: tuple[int, int, int], currency: str) -> list[str]:
    return [words.amount(amount, currency) for amount in amounts]


def _bar(share: float, widest: int) -> Text:
    """Return a bar in eighths of a sign; the widths are for the eye, the numbers stand beside."""
    eighths = max(1, round(share * widest * 8))
    return styled("█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip(), "cyan")
