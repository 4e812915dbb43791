"""Placing orders that were worked out: their invoices, price steps and entries of the history, by the same few lines.

What an order writes is made before it has a number: many are made while nobody waits for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from subctl.domain.contract import Contract
from subctl.domain.invoice import RULES, Draft
from subctl.domain.numbers import INVOICE, ORDER, number
from subctl.domain.record import Record
from subctl.service.issue import row_of
from subctl.service.session import Session
from subctl.store import facts, orders
from subctl.store.history import Chain
from subctl.store.orders import Placed, Ready
from subctl.store.read import Space


class Noted(Record):
    """An order that is ready to be placed, and what the history notes of it beside its numbers."""

    ready: Ready
    detail: Mapping[str, object]


class OrderNumbers(Record):
    """The numbers of an order that was placed, and of all that it issued."""

    order: str
    issued: tuple[str, ...]


class Ordering(Record):
    """An order of a space before it has a number: a document in two texts, facts and words, and what it does.

    `catch_up` are invoices that were due anyway, `own` is the order's.
    """

    kind: str
    before: Contract
    after: Contract
    document: str
    words: str
    catch_up: Iterable[Draft]
    own: Draft | None = None
    quote: int | None = None


def prepare(session: Session, space: Space, ordering: Ordering, **detail: object) -> Noted:
    """Make all that an order writes, as things are in the session's snapshot."""
    after = ordering.after._replace(version=ordering.before.version + 1)
    drafts = [*ordering.catch_up, *([ordering.own] if ordering.own else [])]
    row = (
        space.id,
        session.day.isoformat(),
        ordering.kind,
        ordering.quote,
        session.catalogs.newest,
        space.buyer,
        RULES,
        facts.snapshot_text(ordering.before),
        ordering.document,
        ordering.words,
    )
    invoices = tuple((space.id, *row_of(session, space, draft)) for draft in drafts)
    ready = Ready(row, invoices, ordering.own is not None, orders.move(session.connection, after))
    return Noted(ready, detail)


def place(session: Session, waiting: Sequence[Noted]) -> list[OrderNumbers]:
    """Place orders of different spaces in the session's transaction, each with its entry of the history."""
    placed = orders.place(session.connection, session.day, [each.ready for each in waiting])
    numbers = [
        OrderNumbers(number(ORDER, each.order), tuple(number(INVOICE, invoice) for invoice in each.invoices))
        for each in placed
    ]
    chain = session.chain()
    for each, done, numbers_ in zip(waiting, placed, numbers, strict=True):
        _note(session, chain, each, done, numbers_)
    chain.end()
    return numbers


def _note(session: Session, chain: Chain, waiting: Noted, placed: Placed, numbers: OrderNumbers) -> None:
    """Note an order, with all that is written by it, at the end of the history."""
    session.connection.unsealed += waiting.ready.move.state
    session.connection.coming.update(placed.coming)
    detail = {"order": numbers.order, **waiting.detail, "issued": [*numbers.issued]}
    chain.add(session.noted(waiting.ready.space, detail))
