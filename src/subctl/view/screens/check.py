"""What the check of the book found."""

from __future__ import annotations

from subctl.results.check import Checked
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _, ngettext, told


def draw(page: Page, checked: Checked) -> None:
    """Draw every problem, and what was looked at."""
    for problem in checked.problems:
        found = told(problem.what)
        if problem.document:
            found = _("{document}: {problem}").format(document=problem.document, problem=found)
        page.line(found, style="red")
    if checked.ok:
        page.line(_("Every document is as it should be."), style="green")
    else:
        number = len(checked.problems)
        found = ngettext("{number} problem was found.", "{number} problems were found.", number)
        page.line(found.format(number=words.count(number)), style="bold red")
    counts = _(
        "Checked: spaces {spaces}, quotes {quotes}, orders {orders}, invoices {invoices}, payments {payments}, "
        "collections {collections}, reminders {reminders}, history {history}."
    )
    page.line(counts.format(**{name: words.count(number) for name, number in checked.counts.items()}))
    page.line(_("The history ends with"), style="dim")
    page.whole(checked.head, style="dim")
