"""How far a long run is: said on stderr once it has taken longer than a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

_QUIET_SECONDS = 1.0
_PAUSE_SECONDS = 0.2
_LINE = 70


class Progress:
    """Call it with what is done and what there is; it leaves an empty line behind."""

    def __init__(self, what: str, *, wanted: bool) -> None:
        self.what, self.shown = what, False
        self.started = self.said = time.monotonic()
        self.wanted = wanted and sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Say how far the run is, not more often than somebody can read."""
        now = time.monotonic()
        seconds = now - self.started
        if not self.wanted or seconds < _QUIET_SECONDS or now - self.said < _PAUSE_SECONDS:
            return
        self.shown, self.said = True, now
        rate = done / seconds
        line = f"{self.what}: {done} of {total}, {rate:.0f} a second, {(total - done) / rate:.0f} s left"
        sys.stderr.write(f"\r{line:<{_LINE}}")
        sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown:
            sys.stderr.write("\r" + " " * _LINE + "\r")
