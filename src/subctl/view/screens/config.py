"""The settings in force."""

from __future__ import annotations

from subctl.domain.sentence import N_
from subctl.results.config import Configuration
from subctl.view.console import Page
from subctl.view.language import _, pgettext
from subctl.view.layout import Column, Row

_ORIGINS = {
    "option": N_("option"),
    "environment": N_("environment"),
    "config": N_("config"),
    "default": N_("default"),
}


def draw(page: Page, found: Configuration) -> None:
    """Draw every setting, and where it comes from."""
    page.table(
        [
            Column(_("Setting")),
            Column(_("Value"), fold=True, bare=True, under=1),
            Column(pgettext("where a setting comes from", "From")),
        ],
        [Row([setting.key, setting.value or "–", _(_ORIGINS[setting.origin])]) for setting in found.settings],
    )
    page.line()
    page.line(_state(found, dry_run=page.dry_run).format(file=found.file), style="dim")


def _state(found: Configuration, *, dry_run: bool) -> str:
    if not found.changed:
        return _("The config file is {file}")
    return _("Would be changed in {file}") if dry_run else _("Changed in {file}")
