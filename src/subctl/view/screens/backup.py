"""A copy of the store, made or brought back."""

from __future__ import annotations

from subctl.results.backup import Copied
from subctl.view.console import Page


def draw(page: Page, copied: Copied) -> None:
    """Say where the copy is, or what it replaced."""
    if copied.kept:
        page.line(f"{copied.store} is {copied.file} now; the old one is kept at {copied.kept}.")
    else:
        page.line(f"{copied.file}: {copied.bytes} bytes, checked.")
