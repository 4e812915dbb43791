"""How far a long run is: said on stderr once it has taken longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from subctl.view.language import _

_QUIET_SECONDS = 1.0
_PAUSE_SECONDS = 0.2
_LINE = 70
_UNITS = ((3600, "h"), (60, "min"))


class Line:
    """Call it with what is done and what there is; `clear` leaves an empty line behind."""

    def __init__(self, what: str, stream: TextIO, clock: Callable[[], float]) -> None:
        self.what, self.stream, self.clock = what, stream, clock
        self.shown, self.started, self._done = False, clock(), 0
        self._width = _LINE
        self.said = self.started

    def __call__(self, done: int, total: int, found: int = 0) -> None:
        """Say how far the run is, not more often than somebody can read; `found` of what is done took no time.

        Where less is done than before it has begun anew, or its second part.
        """
        now = self.clock()
        if done < self._done:
            self.started = now
        self._done = done
        seconds = now - self.started
        if seconds < _QUIET_SECONDS or now - self.said < _PAUSE_SECONDS:
            return
        self.shown, self.said = True, now
        line = _line(self.what, done, total, (done - found) / seconds)
        self._width = max(self._width, len(line))
        self._write(f"\r{line:<{self._width}}")

    def clear(self) -> None:
        """Take away what was said."""
        if self.shown:
            self._write("\r" + " " * self._width + "\r")

    def _write(self, text: str) -> None:
        with suppress(OSError):  # a terminal that is gone is no reason to stop
            self.stream.write(text)
            self.stream.flush()


def _line(what: str, done: int, total: int, rate: float) -> str:
    from subctl.view.words import count

    shown = {"what": what, "done": count(done), "total": count(total)}
    if not rate:
        return _("{what}: {done} of {total}").format(**shown)
    left = _time((total - done) / rate)
    return _("{what}: {done} of {total}, {rate} a second, {left} left").format(
        **shown, rate=count(round(rate)), left=left
    )


def _time(seconds: float) -> str:
    """Write how long something takes, in a unit whose sign is the same in all languages."""
    size, unit = next(((size, unit) for size, unit in _UNITS if seconds >= 2 * size), (1, "s"))
    return f"{round(seconds / size)} {unit}"


@contextmanager
def watched(what: str, *, wanted: bool) -> Iterator[Line | None]:
    """Hand out the line of a run; where nobody would read it there is none, and no clock is read."""
    if not wanted or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    line = Line(what, sys.stderr, time.monotonic)
    try:
        yield line
    finally:
        line.clear()
