"""What an import of spaces added."""

from __future__ import annotations

from subctl.results.space_import import Imported
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import ngettext


def draw(page: Page, imported: Imported) -> None:
    """Say how many spaces were added."""
    number = imported.added
    if page.dry_run:
        told = ngettext("Would add {number} space on {day}.", "Would add {number} spaces on {day}.", number)
    else:
        told = ngettext("Added {number} space on {day}.", "Added {number} spaces on {day}.", number)
    page.line(told.format(number=words.count(number), day=words.day(imported.day)))
