"""What a command couldn't do beside what it did: said on stderr, and by the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from subctl.domain.errors import EXIT_CODES, SubctlError
from subctl.domain.sentence import N_, Sentence, plural, together
from subctl.domain.text import safe
from subctl.results.saving import saving_later

if TYPE_CHECKING:
    from subctl.results.apply import NotApplied
    from subctl.results.billing import NotBilled
    from subctl.results.saving import NotSaved

_MOST_NAMED = 10

_RULES = EXIT_CODES["partly_done"]
"""The exit code of what a rule refused; everything else in the way of a file is the folder's or the disk's."""


def refuse_rest(refused: Sequence[NotBilled | NotApplied], not_saved: Sequence[NotSaved]) -> None:
    """Name the contracts that were refused and the documents that weren't saved (`partly_done`, `output_failed`)."""
    contracts, documents = [each.space for each in refused], [each.number for each in not_saved]
    said = []
    if contracts:
        said.append(
            plural(
                "{number} contract was refused: {names}.",
                "{number} contracts were refused: {names}.",
                len(contracts),
                names=_named(contracts),
            )
        )
    if documents:
        said.append(
            plural(
                "{number} document was not saved: {names}.",
                "{number} documents were not saved: {names}.",
                len(documents),
                names=_named(documents),
            )
        )
    if said:
        failed = any(each.error.exit_code != _RULES for each in not_saved)
        raise SubctlError("output_failed" if failed else "partly_done", together(said), _way_out(documents))


def _way_out(documents: Sequence[str]) -> Sentence:
    """Say where the reasons stand, and name the command that saves what is missing."""
    if not documents:
        return Sentence(N_("The result says why."))
    return Sentence(
        N_("The result says why. What is missing can be saved later: {command}"),
        {"command": saving_later(documents[0], "DIR")},
    )


def _named(names: Sequence[str]) -> str | Sentence:
    named, more = ", ".join(map(safe, names[:_MOST_NAMED])), len(names) - _MOST_NAMED
    return Sentence(N_("{names} and {number} more"), {"names": named, "number": more}) if more > 0 else named
