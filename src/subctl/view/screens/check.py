"""What the check of the book found."""

from __future__ import annotations

from subctl.results.check import Checked
from subctl.view.console import Page
from subctl.view.language import told


def draw(page: Page, checked: Checked) -> None:
    """Draw every problem, and what was looked at."""
    for problem in checked.problems:
        place = f"{problem.document}: " if problem.document else ""
        page.line(f"{place}{told(problem.what)}", style="red")
    if checked.ok:
        page.line("Every document is as it should be.", style="green")
    else:
        number = len(checked.problems)
        page.line(f"{number} {'problem was' if number == 1 else 'problems were'} found.", style="bold red")
    counts = ", ".join(f"{name} {number}" for name, number in checked.counts.items())
    page.line(f"Checked: {counts}.")
    page.line("The history ends with", style="dim")
    page.whole(checked.head, style="dim")
