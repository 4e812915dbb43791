"""A second process of the check, which looks at what is beside the spaces while the first looks at these.

It opens the store itself and says at which entry of the history it stands: of another state than the first one's, where
somebody wrote between the two, what it found is not taken, nor where it can't open it or ends too early.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, Pipe
from typing import TYPE_CHECKING

from subctl.domain.system import itself
from subctl.service.check.beside import Beside, look
from subctl.store.engine import engine_of

if TYPE_CHECKING:
    from subctl.store.places import Place

_GONE = (EOFError, ConnectionError)


@contextmanager
def second(place: Place) -> Iterator[Callable[[str], Beside | None]]:
    """Start it, and lend what waits for what it found where the newest entry has a hash; it ends in any case."""
    here, there = Pipe()
    with here:
        with there:
            process = _started(there)
        if process is None:
            yield lambda _head: None
            return
        with process:
            try:
                with suppress(*_GONE):
                    here.send(place)
                yield lambda head: _told(here, head)
            except BaseException:
                process.kill()
                raise


def _started(there: Connection) -> subprocess.Popen[bytes] | None:
    """Start it out of reach of a Ctrl-C at the terminal; what it can't do is done, and told, by the first one."""
    try:
        return subprocess.Popen(  # noqa: S603  # this program itself
            itself("subctl.service.check.second:work", str(there.fileno())),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[there.fileno()],
            process_group=0,
        )
    except OSError:
        return None


def _told(here: Connection, head: str) -> Beside | None:
    try:
        found: Beside = here.recv()
    except _GONE:
        return None
    return found if found.head == head else None


def work() -> None:
    """Be that process: look at the store that the socket (argument 1) names, and say what was found."""
    with Connection(int(sys.argv[1])) as first:
        answer(first)


def answer(first: Connection) -> None:
    """Look at the store that is named, waiting for nobody: the first one has it open."""
    place: Place = first.recv()
    with engine_of(place).reading(place, hurried=True) as connection:
        first.send(look(connection, place))
