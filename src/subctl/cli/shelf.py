"""The folder of --save: the files of documents are made there one after the other, and those that fail are named."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from subctl.cli import paper
from subctl.cli.progress import watched
from subctl.domain.errors import SubctlError
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.domain.system import reason
from subctl.domain.text import safe
from subctl.results.apply import Applied
from subctl.results.billing import BillRun
from subctl.results.change import ShownChange
from subctl.results.correction import Correction
from subctl.results.lists import Invoices, Quotes
from subctl.results.order import Ordered, OrderedChange, Withdrawal
from subctl.results.reminders import Reminders, RemindRun
from subctl.results.saving import NotSaved, Saved
from subctl.service.document_page import show_documents
from subctl.view import papers
from subctl.view.language import _

if TYPE_CHECKING:
    from subctl.cli.settings import Settings
    from subctl.results.collections import Collections
    from subctl.results.deadlines import Deadlines
    from subctl.results.lists import Documents
    from subctl.results.mandates import Mandates
    from subctl.results.payments import Payments
    from subctl.service.session import Caller

    Read = papers.Document | SubctlError
    """A document, or why it couldn't be read."""

Issuing = ShownChange | Ordered | Withdrawal | BillRun | Applied | Correction | RemindRun
"""What commands return that issue documents."""

_WRITERS, _MOST_WAITING = 4, 16

_AT_ONCE = 100
"""Documents that are read in one visit to the store."""


class Named(Record):
    """A document by its number, and its space."""

    number: str
    space: str


class Wanted(Record):
    """Documents to save, and how many they are."""

    documents: Iterable[Named]
    total: Callable[[], int]


def issued_by(result: Issuing) -> Wanted:
    """Return all that was issued; of a quote that was saved instead of an order, the quote."""
    if isinstance(result, (BillRun, RemindRun)):
        issued = result.issued if isinstance(result, BillRun) else result.items
        return Wanted((Named(each.number, each.space) for each in issued if each.number), lambda: len(issued))
    found = [named for shown in result.changes for named in _of(shown)] if isinstance(result, Applied) else _of(result)
    return Wanted(found, lambda: len(found))


def listed_by(listing: Documents | Deadlines | Mandates | Payments | Collections | Reminders) -> Wanted:
    """Return the documents of a list that has papers, which is gone through once more where they are counted."""
    items = listing.items if isinstance(listing, (Quotes, Invoices, Reminders)) else ()
    return Wanted((Named(item.number, item.space) for item in items if item.number), lambda: sum(1 for _ in items))


def _of(result: ShownChange | Ordered | Withdrawal | Correction) -> list[Named]:
    if isinstance(result, Correction):
        issued = (result.credit_note, result.invoice.number)
        return [Named(number, result.invoice.space) for number in issued if result.credit_note and number]
    if isinstance(result, Withdrawal):
        return _of(result.order)
    if isinstance(result, OrderedChange):
        return [Named(result.credit_note, result.shown.space)] if result.credit_note else []
    quote = result.quote if isinstance(result, ShownChange) and not result.order else None
    return [Named(number, result.space) for number in (*result.issued, *([quote] if quote else ()))]


def save(
    settings: Settings, caller: Caller, result: object, wanted: Wanted, where: Path, *, keep: bool = False
) -> Saved:
    """Make the files of documents, and `keep` those that are there; one that fails is named, the others go on."""
    with watched(_("Documents"), wanted=not settings.quiet) as progress, _Shelf(where, keep=keep) as shelf:
        total = wanted.total() if progress else 0
        for done, (named, document) in enumerate(_read(caller, wanted.documents), 1):
            shelf.put(named, document)
            if progress:
                progress(done, max(done, total))
    return Saved(result, str(where), shelf.written, shelf.kept, tuple(shelf.failed))


def _read(caller: Caller, documents: Iterable[Named]) -> Iterator[tuple[Named, Read]]:
    """Yield documents, some read in one visit: nobody waits while papers are made."""
    waiting = iter(documents)
    while batch := list(islice(waiting, _AT_ONCE)):
        found: Sequence[Read]
        try:
            found = show_documents(caller, [named.number for named in batch])
        except SubctlError:
            found = [_alone(caller, named.number) for named in batch]
        yield from zip(batch, found, strict=True)


def _alone(caller: Caller, number: str) -> Read:
    """Read a document by itself: one that can't be read is no reason to leave out those beside it."""
    try:
        return show_documents(caller, [number])[0]
    except SubctlError as error:
        return error


class _Shelf:
    """A folder in which documents are put, and once it is closed what became of that.

    The next papers are made while the last ones are written: a disk takes as long to be sure of a file as typst takes
    to draw it. So that memory stays bounded, only a few wait for the disk.
    """

    def __init__(self, where: Path, *, keep: bool) -> None:
        self._where, self._keep = where, keep
        self._wrong = _wrong_with(where)
        self._disk = ThreadPoolExecutor(_WRITERS)
        self._waiting: deque[tuple[Named, list[Future[None]], SubctlError | None]] = deque()
        self.written, self.kept = 0, 0
        self.failed: list[NotSaved] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._disk.shutdown(cancel_futures=kind is not None)
        if kind is None:
            while self._waiting:
                self._settle()

    def put(self, named: Named, document: Read) -> None:
        """Make the files of a document; the first that fails stands for it."""
        writing: list[Future[None]] = []
        wrong = None
        try:
            writing.extend(self._files(named.number, document))  # those before one that fails are kept
        except SubctlError as error:
            wrong = error
        self._waiting.append((named, writing, wrong))
        if len(self._waiting) > _MOST_WAITING:
            self._settle()

    def _files(self, number: str, document: Read) -> Iterator[Future[None]]:
        if isinstance(document, SubctlError):
            raise document
        if self._wrong is not None:
            raise self._wrong
        for format_, profile in papers.parcel(document):
            file = self._where / f"{number}{papers.ENDINGS[format_]}"
            if self._keep and os.path.isfile(file) and not file.is_symlink():  # noqa: PTH113  # it never raises
                self.kept += 1
            else:
                mode = paper.mode_of(file)
                yield self._disk.submit(paper.write, papers.paper(document, format_, profile), file, mode)

    def _settle(self) -> None:
        """Wait until the files of the first document that waits are written."""
        named, writing, wrong = self._waiting.popleft()
        errors = [error for each in writing if (error := each.exception())]
        unexpected = next((error for error in errors if not isinstance(error, SubctlError)), None)
        if unexpected:
            raise unexpected
        self.written += len(writing) - len(errors)
        refused = [error for error in (*errors, wrong) if isinstance(error, SubctlError)]
        if refused:
            self.failed.append(NotSaved(*named, refused[0]))


def _wrong_with(where: Path) -> SubctlError | None:
    """Say why there is no such folder, before anything is made for it."""
    try:
        os.close(os.open(where, os.O_RDONLY | os.O_DIRECTORY))
    except OSError as error:
        return SubctlError(
            "output_failed",
            N_("{folder} is no folder that can be written to: {reason}."),
            N_("Make the folder first, or name another one."),
            folder=safe(str(where)),
            reason=reason(error),
        )
    return None
