"""What an import of spaces added."""

from __future__ import annotations

from subctl.domain.text import counted
from subctl.results.space_import import Imported
from subctl.view import words
from subctl.view.console import Page


def draw(page: Page, imported: Imported) -> None:
    """Say how many spaces were added."""
    number = imported.added
    added = "Would add" if page.dry_run else "Added"
    page.line(f"{added} {counted(number, 'space')} on {words.day(imported.day)}.")
