"""A result as its own screen, and below it what became of the files of its documents."""

from __future__ import annotations

from importlib import import_module
from shlex import quote
from types import ModuleType

from subctl.domain.text import safe
from subctl.results.saving import Saved, saving_later
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _, ngettext, told
from subctl.view.rest import MOST_SHOWN, draw_rest


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
    for each in saved.failed[:MOST_SHOWN]:
        refusal = f"{told(each.error.what)} {told(each.error.way_out)}".rstrip()
        page.line(_("{number} was not saved: {refusal}").format(number=each.number, refusal=refusal), style="red")
    if saved.failed:
        later = saving_later(saved.failed[0].number, quote(safe(saved.folder)))
        draw_rest(page, len(saved.failed), f"{later} --json", style="red")


def _summary(saved: Saved) -> str:
    """Say how many files there are now, and how many of them were there before."""
    told = ngettext("Saved {number} file in {folder}.", "Saved {number} files in {folder}.", saved.written)
    told = told.format(number=words.count(saved.written), folder=safe(saved.folder))
    if not saved.kept:
        return told
    there = ngettext("{number} was there already.", "{number} were there already.", saved.kept)
    return f"{told} {there.format(number=words.count(saved.kept))}"
