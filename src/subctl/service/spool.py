"""Values of a long run, kept in a temporary file, so that memory stays bounded whatever their number."""

from __future__ import annotations

import os
import pickle  # of what this process has made itself
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Generic, Self, TypeVar

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.domain.system import reason
from subctl.domain.text import safe
from subctl.results.listed import Listed

T = TypeVar("T")

_IN_MEMORY, _CHUNK = 1 << 20, 500


class Spool(Generic[T]):
    """A list that can be added to and gone through, as often as it is needed; `most` keeps the first, counts the rest.

    A plain list takes its place where there are few. Errors: `store_failed` where no file can be written.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._file: IO[bytes] | None = None
        self._waiting: list[T] = []
        self._chunks = self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            with suppress(OSError):  # nobody wants what may still have to be written
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
                self._put_by(self._waiting)
                self._waiting = []
        self._count += len(items)

    def _put_by(self, some: list[T]) -> None:
        self._file = self._file or SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # ours
        with _on_disk():
            pickle.dump(some, self._file, pickle.HIGHEST_PROTOCOL)
        self._chunks += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        """Go through all values that are kept, once all are added; one goes at a time."""
        if self._file:
            yield from self._taken_out(self._file)
        yield from self._waiting

    def _taken_out(self, file: IO[bytes]) -> Iterator[T]:
        with _on_disk():
            file.seek(0)
        for _ in range(self._chunks):
            with _on_disk():
                some = pickle.load(file)  # noqa: S301  # written above, in this process
            yield from some


@contextmanager
def _on_disk() -> Iterator[None]:
    """Raise what keeps a temporary file from being written as what it means for people (`store_failed`)."""
    try:
        yield
    except OSError as error:
        folder = tempfile.tempdir or os.environ.get("TMPDIR") or "/tmp"  # noqa: S108  # it is named only
        raise SubctlError(
            "store_failed",
            N_("No temporary file can be written in {folder}: {reason}."),
            N_("Let TMPDIR name a folder with room. The same command again changes nothing twice."),
            folder=safe(os.fsdecode(folder)),
            reason=reason(error),
        ) from error


Into = Spool[T] | list[T]
"""What a service adds the values of a run to."""
