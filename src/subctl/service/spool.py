"""Values of a long run, kept in a temporary file, so that memory stays bounded whatever their number."""

from __future__ import annotations

import pickle  # of what this process has made itself
from collections.abc import Iterator
from itertools import islice
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Generic, Self, TypeVar

from subctl.results.listed import Listed

T = TypeVar("T")

_IN_MEMORY, _CHUNK = 1 << 20, 500


class Spool(Generic[T]):
    """A list that can be added to and gone through, as often as it is needed; `most` keeps the first, counts the rest.

    A plain list takes its place where there are few.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # ours
        self._waiting: list[T] = []
        self._chunks = self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def append(self, item: T, /) -> None:
        """Add a value."""
        self.extend((item,))

    def extend(self, items: Listed[T], /) -> None:
        """Add values; those that aren't kept aren't even made."""
        room = None if self._most is None else max(self._most - self._count, 0)
        for item in islice(items, room):
            self._waiting.append(item)
            if len(self._waiting) == _CHUNK:
                pickle.dump(self._waiting, self._file, pickle.HIGHEST_PROTOCOL)
                self._chunks += 1
                self._waiting = []
        self._count += len(items)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        """Go through all values that are kept, once all are added; one goes at a time."""
        self._file.seek(0)
        for _ in range(self._chunks):
            yield from pickle.load(self._file)  # noqa: S301  # written above, in this process
        yield from self._waiting


Into = Spool[T] | list[T]
"""What a service adds the values of a run to."""
