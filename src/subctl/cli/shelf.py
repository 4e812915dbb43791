"""The folder of --save: the files of documents are made there one after the other, and those that fail are named."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from subctl.cli.filing import Outcome, Task, file_of, make_files
from subctl.cli.progress import Line, watched
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
    from subctl.service.caller import Caller

    Read = papers.Document | SubctlError
    """A document, or why it couldn't be read."""

Issuing = ShownChange | Ordered | Withdrawal | BillRun | Applied | Correction | RemindRun
"""What commands return that issue documents."""

FEW = 100
"""Up to so many documents are made without other processes."""

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
    with watched(_("Documents"), wanted=not settings.quiet) as progress:
        tally = _Tally(progress, wanted.total() if progress else 0)
        tasks = _tasks(_read(caller, wanted.documents), where, tally, keep=keep)
        with closing(_made(where, tasks)) as made:
            for outcome in made:
                tally.made(outcome)
    return Saved(result, str(where), tally.written, tally.kept, tally.failed)


def _made(where: Path, tasks: Iterable[Task]) -> Generator[Outcome]:
    """Make files here, or in several processes where they are many: to start those takes as long as some papers."""
    waiting = iter(tasks)
    first = list(islice(waiting, FEW + 1))
    if len(first) > FEW:
        from subctl.cli import workers

        processes = workers.count()
        if processes > 1:
            yield from workers.make_in_processes(where, chain(first, waiting), processes)
            return
    yield from make_files(where, chain(first, waiting))


def _tasks(documents: Iterable[tuple[Named, Read]], where: Path, tally: _Tally, *, keep: bool) -> Iterator[Task]:
    """Yield what there is to do; what is there already, and what can't be done, is told at once."""
    wrong = _wrong_with(where)
    for place, (named, read) in enumerate(documents):
        document = wrong if wrong and not isinstance(read, SubctlError) else read
        if isinstance(document, SubctlError):
            tally.made(Outcome(place, 0, NotSaved(*named, document)))
            continue
        parts = papers.parcel(document)
        missing = tuple(part for part in parts if not (keep and _is_there(file_of(where, named.number, part[0]))))
        tally.kept += len(parts) - len(missing)
        if missing:
            yield Task(place, *named, document, missing)
        else:
            tally.there()


def _is_there(file: Path) -> bool:
    return os.path.isfile(file) and not file.is_symlink()  # noqa: PTH113  # it never raises


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


class _Tally:
    """What became of all documents until now."""

    def __init__(self, progress: Line | None, total: int) -> None:
        self._progress, self._total = progress, total
        self._failed: list[tuple[int, NotSaved]] = []
        self._done, self._there = 0, 0
        self.written, self.kept = 0, 0

    @property
    def failed(self) -> tuple[NotSaved, ...]:
        """Those that have not all of their files, in the order in which they were wanted."""
        return tuple(failed for _, failed in sorted(self._failed, key=itemgetter(0)))

    def there(self) -> None:
        """Count a document of which nothing is missing."""
        self._there += 1
        self._one_more()

    def made(self, outcome: Outcome) -> None:
        """Count a document that was made, or failed."""
        self.written += outcome.written
        if outcome.failed:
            self._failed.append((outcome.place, outcome.failed))
        self._one_more()

    def _one_more(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, max(self._done, self._total), self._there)


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
