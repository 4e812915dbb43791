"""What a command couldn't do beside what it did: said on stderr, and by the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from subctl.domain.errors import EXIT_CODES, SubctlError
from subctl.domain.numbers import QUOTE, parse_number
from subctl.domain.text import counted, safe

if TYPE_CHECKING:
    from subctl.results.apply import NotApplied
    from subctl.results.billing import NotBilled
    from subctl.results.saving import NotSaved

_MOST_NAMED = 10

_RULES = EXIT_CODES["partly_done"]
"""The exit code of what a rule refused; everything else in the way of a file is the folder's or the disk's."""


def refuse_rest(refused: Sequence[NotBilled | NotApplied], not_saved: Sequence[NotSaved]) -> None:
    """Name the contracts that were refused and the documents that weren't saved (`partly_done`, `output_failed`)."""
    said = [
        *_said("contract", "refused", [each.space for each in refused]),
        *_said("document", "not saved", [each.number for each in not_saved]),
    ]
    if said:
        failed = any(each.error.exit_code != _RULES for each in not_saved)
        code, hint = "output_failed" if failed else "partly_done", f"The result says why.{_again(not_saved)}"
        raise SubctlError(code, " ".join(said), hint)


def _again(not_saved: Sequence[NotSaved]) -> str:
    """Name the command that saves what is missing: quotes, or invoices."""
    if not not_saved:
        return ""
    listed = "quotes" if parse_number(not_saved[0].number)[0] == QUOTE else "invoices"
    return f" What is missing can be saved later: subctl list {listed} --save DIR"


def _said(what: str, done: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    were = f"{counted(len(names), what)} {'was' if len(names) == 1 else 'were'} {done}"
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return [f"{were}: {', '.join(map(safe, names[:_MOST_NAMED]))}{more}."]
