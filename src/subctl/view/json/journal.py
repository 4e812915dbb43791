"""The journal as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from subctl.domain.money import format_amount
from subctl.view.json.rows import Rows
from subctl.view.json.values import day_text

if TYPE_CHECKING:
    from subctl.domain.journal import Entry, Posting
    from subctl.results.journal import Journal
    from subctl.view.documents import journal as documents


def document(result: Journal, *, explain: bool) -> documents.JournalDocument:
    """Return the postings of a journal, a row each."""
    del explain
    return {
        "schema": "journal/1",
        "since": day_text(result.since),
        "until": result.until.isoformat(),
        "currency": result.currency,
        "deferred": result.deferred,
        "postings": Rows(_Postings(result), lambda found: _posting(*found, result.currency)),
    }


class _Postings:
    """All postings, each with its entry, one by one."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def __iter__(self) -> Iterator[tuple[Entry, Posting]]:
        for entry in self._journal.entries:
            for posting in entry.postings:
                yield entry, posting


def _posting(entry: Entry, posting: Posting, currency: str) -> documents.JournalPosting:
    return {
        "date": entry.day.isoformat(),
        "number": entry.number,
        "kind": entry.kind,
        "space": entry.space,
        "account": posting.account,
        "amount": format_amount(posting.amount, currency),
        "text": entry.text,
    }
