"""What applying a file of wanted states changes."""

from __future__ import annotations

from subctl.results.apply import Applied
from subctl.results.change import ShownChange
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _, told
from subctl.view.layout import Column, Row
from subctl.view.texts import change_words


def draw(page: Page, applied: Applied) -> None:
    """Draw all changes with their sums, and what was refused."""
    currency = applied.currency
    if applied.changed:
        net, total = (words.amount(n, currency) for n in (applied.net, applied.total))
        sums = [Row([_("Sum"), "", "", net, total, ""], "bold")]
        page.table(_columns(currency), (_changed(shown) for shown in applied.changes if shown.changed), sums)
    same = len(applied.changes) - applied.changed
    if same:
        number = len(applied.changes) + len(applied.failed)
        page.line(
            _("Nothing to change in {same} of {number}.").format(same=words.count(same), number=words.count(number))
        )
    _draw_failed(page, applied)
    if page.dry_run and applied.changed:
        page.line()
        page.line(_("A dry run: nothing is ordered."))


def _columns(currency: str) -> list[Column]:
    return [
        Column(_("Space"), fold=True),
        Column(_("Change"), fold=True, bare=True, under=1),
        Column(_("Price from"), under=2),
        Column(_("Due now, net"), right=True),
        Column(_("Total {currency}").format(currency=currency), right=True),
        Column(_("Order"), bare=True, under=3),
    ]


def _draw_failed(page: Page, applied: Applied) -> None:
    for each in applied.failed:
        line = _("Line {line}, {space}: {refusal}")
        page.line(line.format(line=each.line, space=each.space, refusal=told(each.error.what)), style="red")


def _changed(shown: ShownChange) -> Row:
    change, due = shown.change, shown.change.due_now
    net, total = (words.amount(n, change.currency) for n in (due.net, due.total)) if due else ("–", "–")
    start = words.column_day(change.price_from, _("never"))
    return Row([shown.space, change_words(change), start, net, total, shown.order or "–"])


def draw_brief(page: Page, applied: Applied) -> None:
    """Draw only what became of changes that were shown before."""
    orders = [shown.order for shown in applied.changes if shown.changed and shown.order]
    page.line()
    page.line(_("Ordered: {orders}.").format(orders=", ".join(orders)), style="green")
    _draw_failed(page, applied)
