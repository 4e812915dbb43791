"""What is owed: what is open, how late it is, and who has credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.sentence import N_
from subctl.view import words
from subctl.view.console import Page, styled
from subctl.view.language import _
from subctl.view.layout import Column, Row

if TYPE_CHECKING:
    from rich.text import Text

    from subctl.results.owed import Owed, OwedItem

_AGES = {
    "not_due": N_("Not due yet"),
    "1-30": N_("1 to 30 days late"),
    "31-60": N_("31 to 60 days late"),
    "61-90": N_("61 to 90 days late"),
    "over_90": N_("More than 90 days late"),
}
"""What how late something is is called."""


def draw(page: Page, owed: Owed) -> None:
    """Draw what is open, oldest first, with its sum; below it by age, and the credits."""
    page.title(_title(owed))
    page.line()
    if owed.items:
        _draw_items(page, owed)
        _draw_ages(page, owed)
    else:
        page.line(_("Nothing is late.") if owed.late else _("Nothing is open."), style="green")
    if owed.credits:
        _draw_credits(page, owed)


def _title(owed: Owed) -> str:
    """Say of whom and of which day it is told."""
    if owed.space:
        title = _("Overdue from {space} on {day}") if owed.late else _("Owed by {space} on {day}")
    else:
        title = _("Overdue on {day}") if owed.late else _("Owed on {day}")
    return title.format(space=owed.space, day=words.day(owed.day))


def _draw_items(page: Page, owed: Owed) -> None:
    page.table(
        [
            Column(_("Due")),
            Column(_("Number")),
            Column(_("Space"), fold=True),
            Column(_("Days late"), right=True, under=2),
            Column(_("Total"), right=True, under=1),
            Column(_("Paid"), right=True, under=1),
            Column(_("Open {currency}").format(currency=owed.currency), right=True),
        ],
        [Row(_cells(item, owed.currency)) for item in owed.items],
        [Row([_("Sum"), "", "", "", "", "", words.amount(owed.open, owed.currency)], "bold")],
    )


def _cells(item: OwedItem, currency: str) -> list[str | Text]:
    late = styled(words.count(item.days_late), "red") if item.days_late else "–"
    amounts = [words.amount(amount, currency) for amount in (item.total, item.paid, item.open)]
    return [words.column_day(item.due), item.number, item.space, late, *amounts]


def _draw_ages(page: Page, owed: Owed) -> None:
    """Say how much is how late, where it isn't all the same."""
    rows = [Row([_(_AGES[age]), words.amount(amount, owed.currency)]) for age, amount in owed.ages.items() if amount]
    page.line()
    page.table([Column(_("By age")), Column(owed.currency, right=True)], rows)


def _draw_credits(page: Page, owed: Owed) -> None:
    page.line()
    page.table(
        [Column(_("Credit of"), fold=True), Column(owed.currency, right=True)],
        [Row([each.space, words.amount(each.amount, owed.currency)]) for each in owed.credits],
        [Row([_("Sum"), words.amount(owed.credit, owed.currency)], "bold")],
    )
