"""A store that was made."""

from __future__ import annotations

from subctl.results.init import MadeStore
from subctl.view import words
from subctl.view.console import Page


def draw(page: Page, made: MadeStore) -> None:
    """Draw what was made, and what comes next."""
    kind = f"a sandbox on {words.day(made.day)}" if made.sandbox else "a live store"
    is_ = "would be" if page.dry_run else "is"
    page.line(f"{'Would make' if page.dry_run else 'Made'} {made.path}: {kind}, with the catalog {made.catalog}.")
    page.line(f"Its administrator {is_} {made.administrator}.")
    if made.group:
        page.line(f"It {is_} shared with the group {made.group}.")
    if made.replaced:
        page.line(f"The old store {is_} kept at {made.replaced}.")
    if made.spaces:
        has = "would have" if page.dry_run else "has"
        page.line(f"It {has} the contracts {' and '.join(made.spaces)}.")
    if page.dry_run:
        return
    if made.spaces:
        page.line("Next: subctl show, then subctl quote --plan pro --users 20", style="dim")
    else:
        page.line(f"Next: {made.add}", style="dim")
