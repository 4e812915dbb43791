"""Values of a long run, kept in a temporary file, so that memory stays bounded whatever their number."""

from __future__ import annotations

import pickle  # of what this process has made itself
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Generic, Self, TypeVar

T = TypeVar("T")

_IN_MEMORY, _CHUNK = 1 << 20, 500


class Spool(Generic[T]):
    """A list that can be added to and gone through, as often as it is needed."""

    def __init__(self) -> None:
        self._file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # ours
        self._waiting: list[T] = []
        self._chunks = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def append(self, item: T, /) -> None:
        """Add a value."""
        self._waiting.append(item)
        if len(self._waiting) == _CHUNK:
            pickle.dump(self._waiting, self._file)
            self._chunks += 1
            self._waiting = []

    def __len__(self) -> int:
        return self._chunks * _CHUNK + len(self._waiting)

    def __iter__(self) -> Iterator[T]:
        """Go through all values, once all are added; one goes at a time."""
        self._file.seek(0)
        for _ in range(self._chunks):
            yield from pickle.load(self._file)  # noqa: S301  # written above, in this process
        yield from self._waiting
