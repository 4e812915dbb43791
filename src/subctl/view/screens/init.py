"""A store that was made."""

from __future__ import annotations

from collections.abc import Iterator

from subctl.results.init import MadeStore
from subctl.view import words
from subctl.view.console import Page
from subctl.view.language import _


def draw(page: Page, made: MadeStore) -> None:
    """Draw what was made, and what comes next."""
    said = _would_be if page.dry_run else _is
    for line in said(made):
        page.line(line)
    if page.dry_run:
        return
    if made.spaces:
        then = _("Next: {command}, then {then}")
        page.line(then.format(command="subctl show", then="subctl quote --plan pro --users 20"), style="dim")
    else:
        page.line(_("Next: {command}").format(command=made.add), style="dim")


def _is(made: MadeStore) -> Iterator[str]:
    if made.sandbox:
        template = _("Made {file}: a sandbox on {day}, with the catalog {catalog}.")
    else:
        template = _("Made {file}: a live store, with the catalog {catalog}.")
    yield template.format(file=made.store, day=words.day(made.day), catalog=made.catalog)
    yield _("Its administrator is {administrator}.").format(administrator=made.administrator)
    if made.group:
        yield _("It is shared with the group {group}.").format(group=made.group)
    if made.replaced:
        yield _("The old store is kept at {file}.").format(file=made.replaced)
    if made.spaces:
        yield _("It has the contracts {spaces}.").format(spaces=words.listed(made.spaces))


def _would_be(made: MadeStore) -> Iterator[str]:
    if made.sandbox:
        template = _("Would make {file}: a sandbox on {day}, with the catalog {catalog}.")
    else:
        template = _("Would make {file}: a live store, with the catalog {catalog}.")
    yield template.format(file=made.store, day=words.day(made.day), catalog=made.catalog)
    yield _("Its administrator would be {administrator}.").format(administrator=made.administrator)
    if made.group:
        yield _("It would be shared with the group {group}.").format(group=made.group)
    if made.replaced:
        yield _("The old store would be kept at {file}.").format(file=made.replaced)
    if made.spaces:
        yield _("It would have the contracts {spaces}.").format(spaces=words.listed(made.spaces))
