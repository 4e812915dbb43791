"""The check of the journal: what it comes to is what documents and payments come to (payments.md 10).

What is earned of an invoice is looked at beside the invoice itself, all else once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from subctl.domain.journal import INCOME, RECEIVABLE, Share, earned, invoiced
from subctl.domain.sentence import N_, Sentence
from subctl.results.check import Problem
from subctl.store import journal

if TYPE_CHECKING:
    from subctl.domain.invoice import Draft
    from subctl.store.connection import Connection


def earned_fault(draft: Draft) -> str | None:
    """Return what is wrong where the months of an invoice don't earn its net (`--deferred`)."""
    shares = [Share(line.amount, line.period, line.months) for line in draft.lines]
    months = [postings for _, postings in earned(shares, draft.day)]
    income = sum(posting.amount for postings in months for posting in postings if posting.account == INCOME)
    return N_("What is earned of the invoice month by month is not its net.") if income != -draft.net else None


def journal_faults(connection: Connection) -> Iterator[Problem]:
    """Yield whether the journal books another sum as owed than all documents have; payments count on both sides."""
    net, vat, total = journal.sums(connection)
    booked = sum(posting.amount for posting in invoiced(net, vat, deferred=False) if posting.account == RECEIVABLE)
    if booked != total:
        yield Problem("journal", None, Sentence(N_("The journal's sums are not those of the documents.")))
