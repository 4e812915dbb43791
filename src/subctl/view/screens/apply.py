"""What applying a file of wanted states changes."""

from __future__ import annotations

from subctl.domain.money import format_amount
from subctl.results.apply import Applied
from subctl.results.change import ShownChange
from subctl.view.console import Page
from subctl.view.language import _, told
from subctl.view.layout import Column, Row
from subctl.view.texts import change_words

_CHANGES = (
    Column("Space", fold=True),
    Column("Change", fold=True, bare=True, under=1),
    Column("Price from", under=2),
    Column("Due now, net", right=True),
)
_ORDER = Column("Order", bare=True, under=3)


def draw(page: Page, applied: Applied) -> None:
    """Draw all changes with their sums, and what was refused."""
    changes, currency = [shown for shown in applied.changes if shown.changed], applied.currency
    if changes:
        columns = [*_CHANGES, Column(f"Total {currency}", right=True), _ORDER]
        net, total = (format_amount(n, currency) for n in (applied.net, applied.total))
        sums = [Row(["Sum", "", "", net, total, ""], "bold")]
        page.table(columns, [*map(_changed, changes)], sums)
    same = len(applied.changes) - len(changes)
    if same:
        page.line(f"Nothing to change in {same} of {len(applied.changes) + len(applied.failed)}.")
    _draw_failed(page, applied)
    if page.dry_run and changes:
        page.line()
        page.line("A dry run: nothing is ordered.")


def _draw_failed(page: Page, applied: Applied) -> None:
    for each in applied.failed:
        line = _("Line {line}, {space}: {refusal}")
        page.line(line.format(line=each.line, space=each.space, refusal=told(each.error.what)), style="red")


def _changed(shown: ShownChange) -> Row:
    change, due = shown.change, shown.change.due_now
    net, total = (format_amount(n, change.currency) for n in (due.net, due.total)) if due else ("–", "–")
    start = change.price_from.isoformat() if change.price_from else "never"
    return Row([shown.space, change_words(change), start, net, total, shown.order or "–"])


def draw_brief(page: Page, applied: Applied) -> None:
    """Draw only what became of changes that were shown before."""
    orders = [shown.order for shown in applied.changes if shown.changed and shown.order]
    page.line()
    page.line(f"Ordered: {', '.join(orders)}.", style="green")
    _draw_failed(page, applied)
