"""The engines of the store, and which one serves a place: each is loaded when a place of its kind is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from subctl.domain.sentence import Sentence

if TYPE_CHECKING:
    from subctl.store.connection import Connection
    from subctl.store.places import Place
    from subctl.store.tables import Row, Table


class Laying(Protocol):
    """Rows that are laid out beside a store while nothing is locked, and entered in one short transaction.

    Nobody else sees them before, and nothing of them is left where the process ends.
    """

    def lay(self, table: Table, rows: Sequence[Row], /) -> None:
        """Lay rows of a table out."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Lend the write transaction in which they are entered, as the engine's own; once."""

    def enter(self, table: Table, /) -> None:
        """Insert all that was laid out for a table, in that transaction."""


class Engine(Protocol):
    """What can be done with a store as a whole; places are of the engine's own kind."""

    def explained(self, place: Any, /) -> AbstractContextManager[None]:  # noqa: ANN401
        """Raise what an error of the engine means for the store; a bug passes as it is."""

    def reading(self, place: Any, /, *, hurried: bool = ...) -> AbstractContextManager[Connection]:  # noqa: ANN401
        """Visit the store without changing it: one snapshot; who is `hurried` waits for next to nothing."""

    def writing(self, place: Any, now: datetime, uid: int, account: str, /) -> AbstractContextManager[Connection]:  # noqa: ANN401
        """Visit the store in one write transaction: leaving by an exception rolls all of it back."""

    def laying(
        self,
        place: Any,  # noqa: ANN401
        now: datetime,
        uid: int,
        account: str,
        tables: Sequence[Table],
        /,
    ) -> AbstractContextManager[Laying]:
        """Open the store to lay rows of some tables out, each before those that point to it."""

    def maker(self, place: Any, /) -> tuple[str | None, datetime | None]:  # noqa: ANN401
        """Return the role that would make a store on a server, and its time; of a file neither (`store_denied`)."""

    def create(
        self,
        place: Any,  # noqa: ANN401
        fill: Callable[[Connection], None],
        /,
        *,
        replace: bool,
        now: datetime,
        even_moved: bool = ...,
        group: int | None = ...,
    ) -> str | None:
        """Make a store and fill it, whole or not at all; return where a replaced one was kept.

        One that was moved isn't replaced (`store_moved`), but where it may be `even_moved`.
        """

    def identity(self, place: Any, connection: Any, /) -> tuple[object, ...]:  # noqa: ANN401
        """Return what only this very store has, by whichever of its names it was opened."""

    def faults(self, connection: Any, /) -> Iterator[Sentence]:  # noqa: ANN401
        """Yield what is not as the engine made it."""

    def size(self, connection: Any, target: Path, /) -> int:  # noqa: ANN401
        """Return how many bytes a backup would have."""

    def backup(self, connection: Any, target: Path, now: datetime, /) -> int:  # noqa: ANN401
        """Copy an open store to a new file, and return its size in bytes."""

    def restore(self, source: Path, place: Any, now: datetime, /) -> str | None:  # noqa: ANN401
        """Put a copy of a file in the place of the store; return where the old one was kept (`store_moved`)."""


def engine_of(place: Place) -> Engine:
    """Return the engine that serves a place (`extra_missing` where it isn't installed)."""
    if isinstance(place, Path):
        from subctl.store.sqlite import engine as files

        return files
    from subctl.store.postgres.extra import driver

    with driver():
        from subctl.store.postgres import engine as servers

        return servers
