"""Invoices of a long run: kept in a temporary file, so that memory stays bounded whatever their number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Self

from subctl.domain.dates import Period
from subctl.results.billing import Billed, Listed

_IN_MEMORY = 1 << 20


class LongList:
    """A list of invoices that can be added to and gone through; `most` keeps only so many and counts the rest."""

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

    def extend(self, items: Listed, /) -> None:
        """Add invoices; those that aren't kept aren't even made."""
        room = None if self._most is None else max(self._most - self._count, 0)
        for item in islice(items, room):
            self._file.write(json.dumps(item, default=date.isoformat) + "\n")
        self._count += len(items)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Billed]:
        self._file.seek(0)
        for line in self._file:
            number, space, (start, end), *amounts = json.loads(line)
            yield Billed(number, space, Period(date.fromisoformat(start), date.fromisoformat(end)), *amounts)
