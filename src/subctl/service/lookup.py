"""What TAB offers: words with a line about each, and only what the account may see.

A session would load the whole of pricing to read a list of names; here each kind of candidate imports what it
needs when it is asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from subctl.domain.numbers import INVOICE, ORDER, QUOTE, first_id, number
from subctl.service.access import WHOLE_STORE
from subctl.store import candidates as store

TYPE_CHECKING = False  # the module typing takes longer to load than a look-up runs
if TYPE_CHECKING:
    from typing import Any

    from subctl.domain.ending import Cancellation
    from subctl.domain.pricing import Change
    from subctl.store import documents

Candidates = list[tuple[str, str]]

_RECENT_ORDERS = 200
_CANCEL = "cancel"
_YEAR_DIGITS, _PLACE_DIGITS, _MOST_DIGITS = 4, 4, 9
_TITLES = {"upgrade": "upgrade invoice", "recurring": "invoice", "credit": "credit note"}


class Question:
    """Who asks for what: the account, the store, the day and the space of the line, and the word so far."""

    __slots__ = ("now", "path", "prefix", "space", "today", "uid")

    def __init__(
        self, path: Path, uid: int, now: datetime, prefix: str, *, today: str | None = None, space: str | None = None
    ) -> None:
        self.path, self.uid, self.now, self.prefix, self.today, self.space = path, uid, now, prefix, today, space


def candidates(kind: str, asked: Question) -> Candidates:
    """Return the words that may stand here and a description of each; nothing where there is no right to them."""
    with store.visiting(asked.path) as connection:
        rights = store.rights(connection, asked.uid)
        if not rights:
            return []
        scope = None if WHOLE_STORE in rights else sorted(rights)
        return _KINDS[kind](connection, scope, asked)


def _day(connection: sqlite3.Connection, asked: Question) -> str:
    """Return the day of the line, of the sandbox, or of the seller's wall clock (pricing.md 2.1)."""
    if asked.today:
        return date.fromisoformat(asked.today).isoformat()
    day = store.sandbox_day(connection)
    if day is None:
        from zoneinfo import ZoneInfo

        zone = store.catalog(connection, asked.now.date().isoformat())["seller"]["timezone"]
        day = asked.now.astimezone(ZoneInfo(zone)).date().isoformat()
    return day


def _narrowed(scope: Sequence[str] | None, space: str | None) -> Sequence[str] | None:
    """Return the spaces to look in: the one that the line names, if it may be seen."""
    if space is None:
        return scope
    return [space] if scope is None or space in scope else []


def _plans(connection: sqlite3.Connection, _scope: Sequence[str] | None, asked: Question) -> Candidates:
    catalog = store.catalog(connection, _day(connection, asked))
    return [(plan_id, _plan(plan, catalog["currency"])) for plan_id, plan in catalog["plans"].items()]


def _plan(plan: dict[str, Any], currency: str) -> str:
    managed = "" if plan.get("self_service", True) else "; changed by support only"
    return f"{plan['title']}: {plan['monthly']} {currency} a month, {plan['annual']} a year per user{managed}"


def _licences(connection: sqlite3.Connection, _scope: Sequence[str] | None, asked: Question) -> Candidates:
    """Return the kinds that are sold, each waiting for its number: `zoom=`."""
    catalog = store.catalog(connection, _day(connection, asked))
    sold = {**catalog.get("licences", {}), **{kind: catalog[kind] for kind in ("zoom",) if kind in catalog}}
    return [
        (f"{kind}=", f"{price['title']}: {price['monthly']} {catalog['currency']} a month, {price['annual']} a year")
        for kind, price in sold.items()
    ]


def _spaces(connection: sqlite3.Connection, scope: Sequence[str] | None, asked: Question) -> Candidates:
    return store.spaces(connection, scope, asked.prefix)


def _quotes(connection: sqlite3.Connection, scope: Sequence[str] | None, asked: Question) -> Candidates:
    spaces = _narrowed(scope, asked.space)
    rows = store.open_quotes(connection, spaces, _day(connection, asked), _ranges(QUOTE, asked.prefix))
    return [(number(QUOTE, id_), _change(space, _read(text))) for id_, space, text in rows]


def _read(text: str) -> Change | Cancellation:
    from subctl.store.facts import read_ordered

    return read_ordered(text)[0]


def _ranges(series: str, prefix: str) -> store.Ranges:
    """Return which ids (`domain.numbers`) have a number that begins so: `INV-2026-12` is 1200 to 1299 and so on."""
    head = f"{series}-"
    if head.startswith(prefix):
        return [(0, first_id(10**_YEAR_DIGITS))]
    year, _, place = prefix.removeprefix(head).partition("-")
    digits = year + place
    if not prefix.startswith(head) or not (digits.isascii() and digits.isdigit()) or len(year) > _YEAR_DIGITS:
        return []
    if not place:
        first, last = (int(year.ljust(_YEAR_DIGITS, digit)) for digit in "09")
        return [(first_id(first), first_id(last + 1))]
    start = first_id(int(year))
    return [
        (start + int(place.ljust(length, "0")), start + int(place.ljust(length, "9")))
        for length in range(max(_PLACE_DIGITS, len(place)), _MOST_DIGITS + 1)
        if length == _PLACE_DIGITS or not place.startswith("0")  # only short places are filled up with noughts
    ]


def _change(space: str, change: Change | Cancellation) -> str:
    """Describe a change: `acme: plan starter → pro, users 10 → 20, 786.50 EUR`."""
    from subctl.domain.ending import Cancellation
    from subctl.domain.money import format_amount

    assert not isinstance(change, Cancellation)  # noqa: S101  # its kind says so
    before, after = ({**state._asdict(), **dict(state.licences)} for state in (change.before, change.after))
    kinds = sorted({kind for state in (change.before, change.after) for kind, _ in state.licences})
    keys = ("plan", "users", *kinds, "billing")
    parts = [f"{key} {before.get(key, 0)} → {after.get(key, 0)}" for key in keys if before.get(key) != after.get(key)]
    due, currency = change.due_now, change.currency
    parts.append(f"{format_amount(due.total, currency)} {currency}" if due else "nothing due now")
    return f"{space}: {', '.join(parts)}"


def _documents(connection: sqlite3.Connection, scope: Sequence[str] | None, asked: Question) -> Candidates:
    spaces = _narrowed(scope, asked.space)
    found = []
    for series in (QUOTE, ORDER):
        for id_, space, day, kind, text in store.documents(connection, series, spaces, _ranges(series, asked.prefix)):
            found.append((number(series, id_), _order(space, kind, day, _read(text))))
    return found + _invoices(connection, spaces, asked)


def _invoices(connection: sqlite3.Connection, spaces: Sequence[str] | None, asked: Question) -> Candidates:
    rows = store.documents(connection, INVOICE, spaces, _ranges(INVOICE, asked.prefix))
    if not rows:
        return []
    from subctl.domain.money import format_amount

    currency = store.catalog(connection, asked.now.date().isoformat())["currency"]
    return [
        (number(INVOICE, id_), f"{space}: {_TITLES[kind]} of {day}, {format_amount(total, currency)} {currency}")
        for id_, space, day, kind, total in rows
    ]


def _order(space: str, kind: str, day: str, what: Change | Cancellation) -> str:
    from subctl.domain.ending import Cancellation

    if isinstance(what, Cancellation):
        return f"{space}: cancelled on {day}, last day {what.last_day}"
    return f"{_change(space, what)} ({kind} of {day})"


def _orders(connection: sqlite3.Connection, scope: Sequence[str] | None, asked: Question) -> Candidates:
    """Return what can still be taken back: in each space the latest change, and a cancellation that waits."""
    from subctl.store import documents

    spaces, day = _narrowed(scope, asked.space), date.fromisoformat(_day(connection, asked))
    found: Candidates = []
    seen = set()
    for order in documents.list_orders(connection, None if spaces is None else list(spaces), None, _RECENT_ORDERS):
        kind = (order.space, order.kind == _CANCEL)
        if order.withdrawn is None and kind not in seen:
            seen.add(kind)
            if _can_withdraw(connection, day, order):
                what = _order(order.space, order.kind, order.day.isoformat(), order.what)
                found.append((number(ORDER, order.id), what))
    return found


def _can_withdraw(connection: sqlite3.Connection, day: date, order: documents.Order) -> bool:
    """Tell whether the latest order of its kind can be taken back (pricing.md 4.10, 4.11)."""
    from subctl.domain.ending import can_withdraw, withdraw_deadline
    from subctl.domain.invoice import billed_until_after
    from subctl.store import documents, read

    contract = read.contract(connection, order.space)
    if contract.ended(day):
        return False
    if order.kind == _CANCEL:
        return contract.end is not None
    before = documents.before_of(connection, order)
    deadline = withdraw_deadline(before.steps, contract.steps, order.change.price_from)
    return can_withdraw(contract, day, deadline, billed_until_after(before, order.day))


_KINDS = {
    "plans": _plans,
    "licences": _licences,
    "spaces": _spaces,
    "quotes": _quotes,
    "orders": _orders,
    "documents": _documents,
}
