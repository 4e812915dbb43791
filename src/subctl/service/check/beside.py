"""What the check looks at beside the spaces: the file or the schema as such, the seals and the state (7.3).

Of a large book another process does it meanwhile (`second`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.record import Record
from subctl.domain.sentence import Sentence
from subctl.service.check.seals import Unlike, altered_state, unlike
from subctl.store import history
from subctl.store.engine import engine_of

if TYPE_CHECKING:
    from subctl.store.connection import Connection
    from subctl.store.places import Place


class Beside(Record):
    """What was found, and the newest hash of the history where it was looked at."""

    head: str
    faults: tuple[Sentence, ...]
    unlike: tuple[Unlike, ...]
    altered_state: int | None


def look(connection: Connection, place: Place) -> Beside:
    """Look at all of it; the connection is one to the store at this place."""
    faults = tuple(engine_of(place).faults(connection))
    return Beside(history.head(connection), faults, tuple(unlike(connection)), altered_state(connection))
