"""The check of the journal: what it comes to is what documents and payments come to (payments.md 10).

What is earned of an invoice is looked at beside the invoice itself, all else once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from subctl.domain.journal import RECEIVABLE, invoiced
from subctl.domain.sentence import N_, Sentence
from subctl.results.check import Problem
from subctl.store import journal

if TYPE_CHECKING:
    from subctl.domain.invoice import Draft
    from subctl.store.connection import Connection


def earned_fault(draft: Draft) -> str | None:
    """Return what is wrong where the months of an invoice don't earn its net (`--deferred`).

    Each line ends at its amount, however it is spread: but for one whose period has no day, of which nothing is earned.
    """
    never = sum(line.amount for line in draft.lines if line.period.end <= line.period.start)
    return N_("What is earned of the invoice month by month is not its net.") if never else None


def journal_faults(connection: Connection) -> Iterator[Problem]:
    """Yield whether the journal books another sum as owed than all documents have; payments count on both sides."""
    net, vat, total = journal.sums(connection)
    booked = sum(posting.amount for posting in invoiced(net, vat, deferred=False) if posting.account == RECEIVABLE)
    if booked != total:
        yield Problem("journal", None, Sentence(N_("The journal's sums are not those of the documents.")))
