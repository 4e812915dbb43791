"""Rows of a long run: kept in a temporary file, so that memory stays bounded whatever their number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any, Self

_IN_MEMORY = 1 << 20


class LongList:
    """A list of documents that can be added to and gone through; `most` keeps only so many and counts the rest."""

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+", encoding="utf-8")  # noqa: SIM115  # ours
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def append(self, item: dict[str, Any], /) -> None:
        """Add a row."""
        if self._most is None or self._count < self._most:
            self._file.write(json.dumps(item) + "\n")
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[dict[str, Any]]:
        self._file.seek(0)
        yield from map(json.loads, self._file)
