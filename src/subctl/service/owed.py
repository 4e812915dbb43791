"""What is owed: derived for each space that isn't even, sorted over all of them (payments.md 9.2, 10)."""

from __future__ import annotations

from subctl.domain.numbers import INVOICE, PAYMENT, number
from subctl.domain.settlement import AGES, Item, age, days_late, oldest
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
        opened: list[tuple[Item, str]] = []
        credits_: list[Credit] = []
        scope = session.scope(space)
        uneven = balances.uneven(session.connection, session.day) if scope is None else scope
        for one, account in accounts(session, uneven):
            opened += [(item, one) for item in account.items if item.open and (not late or _late(session, item))]
            if account.credit and not late:
                credits_.append(Credit(one, account.credit))
        opened.sort(key=lambda each: oldest(each[0]))
        return _summed(session, opened, credits_, space, late=late, limit=limit)


def _late(session: Session, item: Item) -> bool:
    return days_late(item, session.day) > 0


def _summed(
    session: Session,
    opened: list[tuple[Item, str]],
    credits_: list[Credit],
    space: str | None,
    *,
    late: bool,
    limit: int | None,
) -> Owed:
    """Return what was found with its sums."""
    ages = dict.fromkeys(AGES, 0)
    for item, _ in opened:
        ages[age(days_late(item, session.day))] += item.open
    return Owed(
        day=session.day,
        space=space,
        late=late,
        currency=session.catalog.currency,
        items=[_item(session, item, one) for item, one in opened[:limit]],
        ages=ages,
        credits=credits_[:limit],
        open=sum(ages.values()),
        credit=sum(credit.amount for credit in credits_),
        more=None if limit is None else max(len(opened), len(credits_)) > limit,
    )


def _item(session: Session, item: Item, space: str) -> OwedItem:
    series = _SERIES.get(item.form, PAYMENT)
    assert item.due is not None  # noqa: S101  # only credit notes have none
    late = days_late(item, session.day)
    return OwedItem(number(series, item.id), space, item.due, item.total, item.paid, item.open, late)
