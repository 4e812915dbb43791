"""What of a long table isn't shown: how many rows more there are, and where they are."""

from __future__ import annotations

from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _

MOST_SHOWN = 50
"""Rows of a table that are shown; the rest is counted."""


def draw_rest(page: Page, number: int, command: str | None = None, style: str = "") -> None:
    """Say how many of a `number` of rows aren't shown, and which command shows them, else the same one as JSON."""
    if number > MOST_SHOWN:
        rest = _("and {number} more: {command}") if command else _("and {number} more; --json shows all")
        page.line(rest.format(number=words.count(number - MOST_SHOWN), command=command), style=style)
