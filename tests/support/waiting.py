"""Waiting that comes to an end, also where the date is faked: no test hangs, and none needs to look again and again.

`time.sleep`, and with it every `timeout=` of `subprocess`, sleeps until a moment of the monotonic clock. A faked
date mistakes that moment for one of its own, and refuses it; selecting, waiting for a child and a thread's timer
keep to the real clock.
"""

from __future__ import annotations

import select
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


def pause(seconds: float) -> None:
    """Let this much time pass."""
    select.select([], [], [], seconds)


@contextmanager
def at_most(seconds: float, process: subprocess.Popen[Any]) -> Iterator[None]:
    """Kill a process that is there still after this time; its exit code is -9 then."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def run(words: Sequence[str], seconds: float, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run a program that reads nothing, for at most this time."""
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, encoding="utf-8", **how) as process,
        at_most(seconds, process),
    ):
        out, err = process.communicate()
    return subprocess.CompletedProcess(words, process.returncode, out, err)
