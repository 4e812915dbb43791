"""The settings in force."""

from __future__ import annotations

from subctl.results.config import Configuration
from subctl.view.console import Page
from subctl.view.layout import Column, Row


def draw(page: Page, found: Configuration) -> None:
    """Draw every setting, and where it comes from."""
    page.table(
        [Column("Setting"), Column("Value", fold=True, bare=True, under=1), Column("From")],
        [Row([setting.key, setting.value or "–", setting.origin]) for setting in found.settings],
    )
    page.line()
    changed = "Would be changed in" if page.dry_run else "Changed in"
    page.line(f"{changed if found.changed else 'The config file is'} {found.file}", style="dim")
