"""Processes that make the files of many documents: as many as there are processors, each with some documents in turn.

They are programs of their own that speak with the command by a socket, and end when it is gone, however it ended. What
`multiprocessing` starts would wait for ever for a command that was killed, and load its main module again.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path

from subctl.cli.filing import Outcome, Task, make_files
from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_, Sentence
from subctl.domain.system import itself, processors, reason

_MOST = 8
"""Processes at once: each takes some 100 MB, and more than these wait for what one process reads."""

_IN_TURN = 20
"""Documents that a process is given at once: some hundred milliseconds of work."""

_GONE = (EOFError, ConnectionError)


class _Bug(Record):
    """An error that nobody expected, as its process saw it."""

    name: str
    seen: str


def count() -> int:
    """Return how many processes make papers: as many as there are processors that this one may use."""
    return min(processors(), _MOST)


def make_in_processes(where: Path, tasks: Iterable[Task], processes: int) -> Generator[Outcome]:
    """Make the files of documents as `make_files`, in several processes, and yield what became of each as it comes.

    A process that ends too early fails the documents that it had in hand (`output_failed`), and another takes its
    place. Whoever stops early closes the iterator: files that are being written are finished, no other is begun.
    """
    waiting, crew = iter(tasks), _Crew(where, processes)
    try:
        while True:
            while crew.free and (turn := list(islice(waiting, _IN_TURN))):
                yield from crew.give(turn)
            if not crew.busy:
                return
            yield from crew.answers()
    finally:
        crew.stop()


class _Worker:
    """A process, and the documents that it has in hand."""

    def __init__(self, where: Path) -> None:
        """Start it, out of reach of a Ctrl-C at the terminal: the command says when it is to stop (OSError)."""
        self.connection, other = Pipe()
        with other:
            self._process = subprocess.Popen(  # noqa: S603  # this program itself
                itself("subctl.cli.workers:work", str(other.fileno()), str(where)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[other.fileno()],
                process_group=0,
            )
        self.left: deque[Task] = deque()

    def give(self, turn: Sequence[Task]) -> None:
        """Put documents in its hand; one that is gone is found when its answers are read."""
        self.left.extend(turn)
        with suppress(*_GONE):
            self.connection.send(turn)

    def answer(self) -> Iterator[Outcome]:
        """Yield what it says of the next document; of all that it had in hand where it says no more."""
        try:
            said = self.connection.recv()
        except _GONE:
            yield from _failed(self.left, _ended(self.end()))
            self.left.clear()
            return
        if isinstance(said, _Bug):
            bug = RuntimeError(said.name)
            bug.add_note(said.seen)
            raise bug
        self.left.popleft()
        yield said

    def stop(self) -> None:
        """Tell it to finish the files that it is writing, and to end."""
        self._process.terminate()

    def end(self) -> int:
        """Return its exit code once it has ended."""
        self.connection.close()
        return self._process.wait()


class _Crew:
    """The processes that there are: started when there is something to do, one for another that ended."""

    def __init__(self, where: Path, most: int) -> None:
        self._where, self._most = where, most
        self._workers: list[_Worker] = []

    @property
    def busy(self) -> int:
        """How many have something in hand."""
        return sum(1 for worker in self._workers if worker.left)

    @property
    def free(self) -> bool:
        """Whether one has nothing to do, or may still be started."""
        return self.busy < self._most

    def give(self, turn: Sequence[Task]) -> Iterator[Outcome]:
        """Put documents in the hand of one that has none; yield that they failed where none can be started."""
        idle = next((worker for worker in self._workers if not worker.left), None)
        if idle is None:
            try:
                idle = _Worker(self._where)
            except OSError as error:
                yield from _failed(turn, reason(error))
                return
            self._workers.append(idle)
        idle.give(turn)

    def answers(self) -> Iterator[Outcome]:
        """Wait until some say something, and yield it."""
        ready = wait([worker.connection for worker in self._workers if worker.left])
        for worker in [each for each in self._workers if each.connection in ready]:
            yield from worker.answer()
            if worker.connection.closed:
                self._workers.remove(worker)

    def stop(self) -> None:
        """Let all finish the files that they are writing, and end."""
        for worker in self._workers:
            worker.stop()
        for worker in self._workers:
            worker.end()


def _failed(tasks: Iterable[Task], why: str | Sentence) -> Iterator[Outcome]:
    for task in tasks:
        error = SubctlError(
            "output_failed",
            N_("The process that was to make {number} ended before it did: {reason}."),
            N_("See whether memory is short, and save what is missing once more."),
            number=task.number,
            reason=why,
        )
        yield task.failed(error)


def _ended(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def work() -> None:
    """Be such a process: make what the socket (argument 1) brings in a folder (argument 2), up to its end."""
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit())
    connection, where = Connection(int(sys.argv[1])), Path(sys.argv[2])
    with suppress(*_GONE):
        while True:
            with closing(_answers(where, connection.recv())) as answers:
                for answer in answers:
                    connection.send(answer)


def _answers(where: Path, tasks: Sequence[Task]) -> Generator[Outcome | _Bug]:
    try:
        with closing(make_files(where, tasks)) as made:
            yield from made
    except Exception as error:  # the command tells a bug, this process has nobody to tell
        yield _Bug(f"{type(error).__name__}: {error}", traceback.format_exc())
