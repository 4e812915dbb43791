"""A store that was moved."""

from __future__ import annotations

from subctl.domain.addresses import pasted
from subctl.results.move import Moved
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _


def draw(page: Page, moved: Moved) -> None:
    """Say where the store is now, what it has, and by what it can be told that it is the same."""
    if page.dry_run:
        told = _("{store} would be moved to {place}.")
    elif moved.finished:
        told = _("{store} was moved to {place}: the copy was there already, and is the same.")
    else:
        told = _("{store} was moved to {place}.")
    page.line(told.format(store=moved.store, place=moved.target))
    counts = {"spaces": moved.spaces, "history": moved.entries, "rows": moved.rows}
    has = _("It has: spaces {spaces}, history {history}, rows in all {rows}.")
    page.line(has.format(**{name: words.count(number) for name, number in counts.items()}))
    page.line(_("The history ends with"), style="dim")
    page.whole(moved.hash, style="dim")
    if moved.kept:
        page.line(_("The store that it replaced is kept at {file}.").format(file=moved.kept))
    if not page.dry_run:
        page.line(_("{store} can only be read from now on.").format(store=moved.store))
        page.line(_("Next: {command}").format(command=f"subctl config set store {pasted(moved.target)}"), style="dim")
