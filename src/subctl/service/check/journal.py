"""The check of the journal: what it comes to is what documents and payments come to (payments.md 10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from subctl.domain.journal import RECEIVABLE, invoiced
from subctl.domain.sentence import N_, Sentence
from subctl.results.check import Problem
from subctl.store import journal

if TYPE_CHECKING:
    from subctl.store.connection import Connection


def journal_faults(connection: Connection) -> Iterator[Problem]:
    """Yield whether the journal books another sum as owed than all documents have; payments count on both sides."""
    net, vat, total = journal.sums(connection)
    booked = sum(posting.amount for posting in invoiced(net, vat, deferred=False) if posting.account == RECEIVABLE)
    if booked != total:
        yield Problem("journal", None, Sentence(N_("The journal's sums are not those of the documents.")))
