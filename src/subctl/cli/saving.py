"""--save: what was issued is put into a folder after the book is closed; what fails there changes no book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from subctl.cli.settings import Settings, not_empty
from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_

if TYPE_CHECKING:
    from subctl.cli.shelf import Issuing
    from subctl.service.caller import Caller
    from subctl.service.paging import Wanted


def folder(save: str | None, *, dry_run: bool = False) -> Path | None:
    """Return where documents are to go; None where none is saved (`bad_input`, `usage`, `extra_missing`)."""
    if save is None:
        return None
    not_empty("--save", save)
    if dry_run:
        raise SubctlError(
            "usage", N_("--save does nothing beside --dry-run: nothing is issued."), N_("Leave one of them out.")
        )
    from subctl.view.papers.extra import DOCUMENTS

    DOCUMENTS.need()
    return Path(save)


def most_read(settings: Settings, where: Path | None) -> int | None:
    """Return how many of the documents that a run issues are read again: those that a table shows, or all (None)."""
    from subctl.view.rest import MOST_SHOWN

    return MOST_SHOWN if settings.format == "table" and where is None else None


def show_list(settings: Settings, caller: Caller, name: str, wanted: Wanted, where: Path, *, whole: bool) -> None:
    """Save the documents of a list that aren't in the folder yet, and write the list; errors as `show`.

    All that is wanted is saved where the list is `whole`, even if a screen shows only the first of it.
    """
    from subctl.cli.rest import refuse_rest
    from subctl.cli.shelf import listed_by, save
    from subctl.service.lists import list_documents

    found = listed_by(list_documents(caller, name, wanted._replace(limit=None) if whole else wanted))
    listing = list_documents(caller, name, wanted)
    saved = save(settings, caller, listing, found, where, keep=True)
    settings.show_first(listing, saved)
    refuse_rest((), saved.failed)


def show(
    settings: Settings,
    caller: Caller,
    result: Issuing,
    where: Path | None,
    *,
    explain: bool = False,
    brief: bool = False,
) -> None:
    """Write a result; where documents are wanted, after those that it issued were saved.

    Errors, once all else is said: `partly_done` and `output_failed`, which name what was not saved.
    """
    saved = None
    if where is not None:
        from subctl.cli.shelf import issued_by, save

        saved = save(settings, caller, result, issued_by(result), where)
    settings.show(saved or result, explain=explain, brief=brief)
    refused = getattr(result, "failed", ())
    if refused or saved:
        from subctl.cli.rest import refuse_rest

        refuse_rest(refused, saved.failed if saved else ())
