"""What is owed: derived for each space that isn't even, sorted over all of them (payments.md 9.2, 10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import nsmallest

from subctl.domain.numbers import INVOICE, PAYMENT, number
from subctl.domain.settlement import AGES, Account, Item, age, days_late, oldest
from subctl.domain.settlement import INVOICE as INVOICE_ITEM
from subctl.results.owed import Credit, Owed, OwedItem
from subctl.service.account import accounts
from subctl.service.caller import Caller
from subctl.service.session import Session, reading
from subctl.store import balances

_SERIES = {INVOICE_ITEM: INVOICE}
"""The series of items; that of all others is that of payments."""


def owed(caller: Caller, space: str | None, *, late: bool, limit: int | None) -> Owed:
    """Return what is open and who has credit, in one space or in all that may be seen; `late`: only what is overdue.

    At most `limit` items and credits are returned (None: all); all count. Errors: `not_found`, `not_administrator`.
    """
    with reading(caller) as session:
        if space is not None:
            session.space_id(space)
        scope = session.scope(space)
        uneven = balances.uneven(session.connection, session.day) if scope is None else scope
        found = _Found(session, late=late)
        opened = found.opened(accounts(session, uneven))
        first = sorted(opened, key=_oldest) if limit is None else nsmallest(limit, opened, key=_oldest)
        return Owed(
            day=session.day,
            space=space,
            late=late,
            currency=session.catalog.currency,
            items=[_item(session, item, one) for item, one in first],
            ages=found.ages,
            credits=found.credits[:limit],
            open=sum(found.ages.values()),
            credit=sum(credit.amount for credit in found.credits),
            more=None if limit is None else max(found.number, len(found.credits)) > limit,
        )


class _Found:
    """What is found while accounts are gone through: a `number` of open items, their sums by age, and the credits."""

    def __init__(self, session: Session, *, late: bool) -> None:
        self._day, self._late = session.day, late
        self.number, self.ages = 0, dict.fromkeys(AGES, 0)
        self.credits: list[Credit] = []

    def opened(self, found: Iterable[tuple[str, Account]]) -> Iterator[tuple[Item, str]]:
        """Yield what is open, each with its space; only what is late, if that is wanted."""
        for space, account in found:
            for item in account.items:
                days = days_late(item, self._day)
                if item.open and (days or not self._late):
                    self.ages[age(days)] += item.open
                    self.number += 1
                    yield item, space
            if account.credit and not self._late:
                self.credits.append(Credit(space, account.credit))


def _oldest(opened: tuple[Item, str]) -> tuple[date, str, int]:
    return oldest(opened[0])


def _item(session: Session, item: Item, space: str) -> OwedItem:
    series = _SERIES.get(item.form, PAYMENT)
    assert item.due is not None  # noqa: S101  # only credit notes have none
    late = days_late(item, session.day)
    return OwedItem(number(series, item.id), space, item.due, item.total, item.paid, item.open, late)
