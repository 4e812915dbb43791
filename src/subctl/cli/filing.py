"""The files of documents, made in a folder one after the other: by a command itself, or by each process it starts."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from subctl.cli import paper
from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.results.saving import NotSaved
from subctl.view import papers

_WRITERS, _MOST_WAITING = 4, 16

Part = tuple[str, str | None]
"""A format of a document, and the profile that it follows."""


class Task(Record):
    """A document whose files are wanted: its place among all of them, and what of it is to be made."""

    place: int
    number: str
    space: str
    document: papers.Document
    parts: tuple[Part, ...]

    def failed(self, error: SubctlError, written: int = 0) -> Outcome:
        """Return that not all of its files are written, and why."""
        return Outcome(self.place, written, NotSaved(self.number, self.space, error))


class Outcome(Record):
    """What became of a task: how many files were written, and why not all of them."""

    place: int
    written: int
    failed: NotSaved | None = None


def file_of(where: Path, number: str, format_: str) -> Path:
    """Return where the file of a document in a format belongs."""
    return where / f"{number}{papers.ENDINGS[format_]}"


def make_files(where: Path, tasks: Iterable[Task]) -> Generator[Outcome]:
    """Make the files of documents, and yield what became of each in turn; the first file that fails stands for it.

    The next papers are made while the last ones are written: a disk takes as long to be sure of a file as typst takes
    to draw it. So that memory stays bounded, only a few wait for the disk. Whoever stops early closes the iterator:
    a file that is being written is finished, no other is begun.
    """
    disk = ThreadPoolExecutor(_WRITERS)
    waiting: deque[_Begun] = deque()
    try:
        for task in tasks:
            waiting.append(_begun(disk, where, task))
            if len(waiting) > _MOST_WAITING:
                yield _settled(waiting.popleft())
        while waiting:
            yield _settled(waiting.popleft())
    finally:
        disk.shutdown(cancel_futures=True)


class _Begun(Record):
    """A task whose papers were made: the files that are being written, and why there are no more."""

    task: Task
    writing: list[Future[None]]
    error: SubctlError | None


def _begun(disk: ThreadPoolExecutor, where: Path, task: Task) -> _Begun:
    writing: list[Future[None]] = []
    try:
        for format_, profile in task.parts:
            file = file_of(where, task.number, format_)
            mode = paper.mode_of(file)
            writing.append(disk.submit(paper.write, papers.paper(task.document, format_, profile), file, mode))
    except SubctlError as error:  # those before one that fails are kept
        return _Begun(task, writing, error)
    return _Begun(task, writing, None)


def _settled(begun: _Begun) -> Outcome:
    """Wait until the files of a document are written."""
    errors = [error for each in begun.writing if (error := each.exception())]
    unexpected = next((error for error in errors if not isinstance(error, SubctlError)), None)
    if unexpected:
        raise unexpected
    refused = [error for error in (*errors, begun.error) if isinstance(error, SubctlError)]
    written = len(begun.writing) - len(errors)
    return begun.task.failed(refused[0], written) if refused else Outcome(begun.task.place, written)
