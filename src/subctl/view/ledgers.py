"""The journal as the plain text that programs of accountants read: ledger and hledger, and beancount.

Like JSON it is English, and writes amounts with a point, whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from subctl.domain.journal import ACCOUNTS, Entry
from subctl.domain.money import format_amount
from subctl.results.journal import Journal

LEDGER, BEANCOUNT = FORMS = ("ledger", "beancount")

_WIDTH = max(map(len, ACCOUNTS)) + 2
_BREAKS = re.compile(r"[\s;|]+")
"""What would end a description of ledger's, or begin a comment in it."""


def pieces(journal: Journal, form: str) -> Iterator[str]:
    """Yield the journal as text in a form, an entry at a time."""
    return _beancount(journal) if form == BEANCOUNT else _ledger(journal)


def _ledger(journal: Journal) -> Iterator[str]:
    for place, entry in enumerate(journal.entries):
        blank = "\n" if place else ""
        told = _BREAKS.sub(" ", f"{entry.space}: {entry.text}" if entry.text else entry.space)
        yield f"{blank}{entry.day.isoformat()} ({entry.number}) {told}\n"
        yield f"    ; kind: {entry.kind}\n    ; space: {entry.space}\n"
        yield from _postings(entry, journal.currency, "    ")


def _beancount(journal: Journal) -> Iterator[str]:
    entries = iter(journal.entries)
    first = next(entries, None)
    yield f'option "operating_currency" "{journal.currency}"\n'
    if first is None:
        return
    for account in ACCOUNTS:
        yield f"{first.day.isoformat()} open {account}\n"
    for entry in chain([first], entries):
        yield f"\n{entry.day.isoformat()} * {_quoted(entry.space)} {_quoted(entry.text)} ^{entry.number}\n"
        yield f'  number: "{entry.number}"\n  kind: "{entry.kind}"\n'
        yield from _postings(entry, journal.currency, "  ")


def _postings(entry: Entry, currency: str, indent: str) -> Iterator[str]:
    for posting in entry.postings:
        amount = format_amount(posting.amount, currency)
        yield f"{indent}{posting.account:{_WIDTH}}{amount:>14} {currency}\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
