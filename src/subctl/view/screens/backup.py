"""A copy of the store, made or brought back."""

from __future__ import annotations

from subctl.results.backup import Copied
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _, ngettext


def draw(page: Page, copied: Copied) -> None:
    """Say where the copy is, or that it is back and where the store is that it replaced."""
    if copied.restored:
        told = _("{file} would be restored to {store}.") if page.dry_run else _("{file} was restored to {store}.")
        page.line(told.format(file=copied.file, store=copied.store))
    else:
        page.line(
            _copied(copied.bytes, dry_run=page.dry_run).format(file=copied.file, number=words.count(copied.bytes))
        )
    if copied.kept:
        page.line(_("The store that it replaced is kept at {file}.").format(file=copied.kept))


def _copied(size: int, *, dry_run: bool) -> str:
    if dry_run:
        return ngettext(
            "The store would be copied to {file}: {number} byte.",
            "The store would be copied to {file}: {number} bytes.",
            size,
        )
    return ngettext(
        "The store was copied to {file}: {number} byte, checked.",
        "The store was copied to {file}: {number} bytes, checked.",
        size,
    )
