"""When an invoice is reminded of (payments.md 9.7), of which nothing is paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from tests.support.oracle.papers import Paper

DAYS = (7, 21, 42)
"""On which days after the due day, where a catalog says nothing."""


@dataclass(frozen=True)
class Late:
    """What is open of an invoice, and for how many days too long."""

    open: int
    days: int

    @classmethod
    def of(cls, paper: Paper, day: date) -> Self | None:
        """Return how late an invoice is; nothing before its due day has passed."""
        if paper.due is None or day <= paper.due:
            return None
        return cls(paper.invoice.net + paper.invoice.tax, (day - paper.due).days)


def level(late: int, had: int) -> int:
    """Return the highest level that is reached; 0 where it was had, or a higher one."""
    reached = max((number for number, days in enumerate(DAYS, 1) if late >= days), default=0)
    return reached if reached > had else 0
