"""A copy of the store, made or brought back."""

from __future__ import annotations

from subctl.results.backup import Copied
from subctl.view.console import Page


def draw(page: Page, copied: Copied) -> None:
    """Say where the copy is, or that it is back and where the store is that it replaced."""
    if copied.restored:
        page.line(f"{copied.file} {'would be' if page.dry_run else 'was'} restored to {copied.store}.")
    elif page.dry_run:
        page.line(f"The store would be copied to {copied.file}: {copied.bytes} bytes.")
    else:
        page.line(f"The store was copied to {copied.file}: {copied.bytes} bytes, checked.")
    if copied.kept:
        page.line(f"The store that it replaced is kept at {copied.kept}.")
