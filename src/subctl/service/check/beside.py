"""What the check looks at beside the spaces: the file or the schema as such, numbers, history, seals and state (7.3).

Of a large book another process does it meanwhile (`second`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from subctl.domain.numbers import SERIES, number
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.results.check import Problem
from subctl.service.check.seals import Unlike, altered_state, unlike
from subctl.store import audit, digests, history
from subctl.store.engine import engine_of

if TYPE_CHECKING:
    from subctl.store.connection import Connection
    from subctl.store.places import Place


class Beside(Record):
    """What was found, and the newest hash of the history where it was looked at.

    What is `unlike` its seal is told after the problems of the spaces, which may explain it.
    """

    head: str
    problems: tuple[Problem, ...]
    unlike: tuple[Unlike, ...]
    altered_state: int | None


def look(connection: Connection, place: Place) -> Beside:
    """Look at all of it; the connection is one to the store at this place."""
    digests.many_to_come()
    problems = *_faults(connection, place), *_numbers(connection), *_history(connection)
    return Beside(history.head(connection), problems, tuple(unlike(connection)), altered_state(connection))


def _faults(connection: Connection, place: Place) -> Iterator[Problem]:
    for fault in engine_of(place).faults(connection):
        yield Problem("store_damaged", None, fault)


def _numbers(connection: Connection) -> Iterator[Problem]:
    """Find gaps, and dates that fall (pricing.md 7.1)."""
    for kind, series in SERIES.items():
        for document_id, fault in audit.number_faults(connection, f"{kind}s"):
            yield Problem("number", number(series, document_id), fault)


def _history(connection: Connection) -> Iterator[Problem]:
    previous, entries = history.GENESIS, 0
    for place, (entry_id, entry, hash_) in enumerate(history.entries(connection), 1):
        if entry_id != place:
            yield Problem("history", None, Sentence(N_("Entry {entry} of the history is missing."), {"entry": place}))
            return
        if history.link(previous, entry) != hash_:
            yield Problem("history", None, Sentence(N_("Entry {entry} of the history was altered."), {"entry": place}))
            return
        previous, entries = hash_, place
    if not entries:
        yield Problem("history", None, Sentence(N_("The history is gone.")))
