"""What the modules of the store ask of an engine's connection: SQL that every engine knows, and what differs by engine.

An engine knows tables and no rules; who asks doesn't know which engine answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from subctl.store.seal import Coming
    from subctl.store.tables import Row, Table


class Cursor(Protocol):
    """The rows of an answer."""

    def fetchone(self) -> Any:  # noqa: ANN401  # a row of whatever was asked for
        """Return the next row, or nothing."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...

    def close(self) -> None:
        """Ask for no more of it."""


class Connection(Protocol):
    """A transaction of a store: `unsealed` and `coming` are what was written since the newest entry of the history.

    The first is of the state (`state`), the second of what is for ever, by table (`seal`). `account` is the calling
    one and `now` the time where the engine knows them: a server's login role and its clock.
    """

    unsealed: int
    coming: dict[str, Coming]

    @property
    def account(self) -> str | None:
        """The login role on a server; on a file the operating system says who it is."""

    @property
    def now(self) -> datetime | None:
        """The server's time; on a file the machine's clock counts."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Cursor:
        """Send a statement; its answer may be held in memory."""

    def stream(self, sql: str, values: Sequence[Any] = ..., /) -> Iterator[Any]:
        """Yield the rows of an answer of any size as they are read, while other statements are sent."""

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows of all columns into a table."""

    def change(self, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Change columns of rows of a table; each row has their values and then its key."""

    def newest_id(self, table: str) -> int | None:
        """Return the greatest id of a table, whoever's row it is."""

    def first_hash(self) -> str | None:
        """Return the hash of the first entry of the history."""

    def newest_entry(self) -> tuple[int, str, str | None, str | None] | None:
        """Return id, hash, seal and state of the newest entry of the history."""

    def add_entries(self, rows: Sequence[Row]) -> None:
        """Append rows to the history, together: the last one seals all that there is."""

    def account_named(self, name: str) -> tuple[int | None, str]:
        """Return uid and name of an account (`bad_input` where there is none); a server's have no uid."""

    def take_time(self) -> None:
        """Let this transaction stand still while something long is done elsewhere."""

    def hold_writes(self) -> None:
        """Refuse every write, also in a transaction that may write, until `let_write`."""

    def let_write(self) -> None:
        """Take what `hold_writes` held back."""
