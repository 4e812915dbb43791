"""A result as its own screen, and below it what became of the files of its documents."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from subctl.domain.text import counted, safe
from subctl.results.saving import Saved
from subctl.view.console import Page
from subctl.view.language import _, told

_MOST_SHOWN = 50


def draw(page: Page, saved: Saved) -> None:
    """Draw the result, and what was saved."""
    _screen(saved).draw(page, saved.result)
    _draw_files(page, saved)


def draw_brief(page: Page, saved: Saved) -> None:
    """Draw what became of a result that was shown before, and what was saved."""
    _screen(saved).draw_brief(page, saved.result)
    _draw_files(page, saved)


def _screen(saved: Saved) -> ModuleType:
    return import_module(f"subctl.view.screens.{type(saved.result).__module__.rpartition('.')[2]}")


def _draw_files(page: Page, saved: Saved) -> None:
    page.line()
    page.line(_summary(saved), style="green")
    for each in saved.failed[:_MOST_SHOWN]:
        refusal = f"{told(each.error.what)} {told(each.error.way_out)}".rstrip()
        page.line(_("{number} was not saved: {refusal}").format(number=each.number, refusal=refusal), style="red")
    if len(saved.failed) > _MOST_SHOWN:
        page.line(f"and {len(saved.failed) - _MOST_SHOWN} more.", style="red")


def _summary(saved: Saved) -> str:
    """Say how many files there are now, and how many of them were there before."""
    there = f"; {saved.kept} {'was' if saved.kept == 1 else 'were'} there already" if saved.kept else ""
    return f"Saved {counted(saved.written, 'file')} in {safe(saved.folder)}{there}."
