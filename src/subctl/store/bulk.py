"""Many contracts at once: those that are due, a batch at a time, for the bill run; and all that haven't ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from subctl.domain.contract import Contract
from subctl.domain.invoice import Buyer
from subctl.domain.record import Record
from subctl.domain.sentence import N_
from subctl.store.read import read_contract, read_start
from subctl.store.tables import BUYERS, CONTRACTS, STEPS, Row, among, damaged

if TYPE_CHECKING:
    from subctl.store.connection import Connection

Place = tuple[str, str]
"""Where a run stands: the first unbilled day and the space of the contract it took last."""

START: Place = ("", "")

_DUE = 'billed_until <= ? AND ("end" IS NULL OR billed_until < "end")'
_CONTRACT = len(CONTRACTS.columns)
_STEPS = slice(_CONTRACT, _CONTRACT + len(STEPS.columns))


Terms = str
"""All that stands in the store and decides on what a contract has to pay: alike contracts have the same.

From a first of a month on, it doesn't matter since when a step without an anchor is in force, nor when a contract was
entered before that day: both are left out, so that more contracts are alike.
"""

_OWN = CONTRACTS.literals("billed_until", "end", alias="due")
_ENTERED = (
    f"CASE WHEN due.entered_on > due.billed_until THEN {CONTRACTS.literals('entered_on', alias='due')} ELSE '' END"
)
_SINCE = (
    "CASE WHEN each.anchor IS NULL AND each.start < due.billed_until AND substr(due.billed_until, 9) = '01'"
    " THEN due.billed_until ELSE each.start END AS start"
)
_OTHERS = [column for column in STEPS.columns if column not in {"space", "start"}]
_STEP = STEPS.literals("start", *_OTHERS)
_BUYER = BUYERS.literals("country", "vat_id", "language")
_TERMS = (
    f"{_OWN} || {_ENTERED} || ' ' || (SELECT group_concat({_STEP}, ',') FROM (SELECT {_SINCE}, {', '.join(_OTHERS)}"
    f" FROM steps AS each WHERE each.space = due.space ORDER BY each.start) AS steps) || ' ' || {_BUYER}"
)


class Due(Record):
    """A contract with something to bill, how far it is billed, and the number of its buyer's details."""

    billed_until: str
    space: str
    buyer: int
    terms: Terms


def count_due(connection: Connection, day: date, spaces: Sequence[str] | None) -> int:
    """Return how many contracts have a period that started on or before `day` and isn't billed."""
    scope, values = among("space", spaces)
    count: int = connection.execute(
        f"SELECT count(*) FROM contracts WHERE {_DUE} AND {scope}", (day.isoformat(), *values)
    ).fetchone()[0]
    return count


def due_after(connection: Connection, day: date, spaces: Sequence[str] | None, place: Place, limit: int) -> list[Due]:
    """Return the next contracts that are due, by period start, then ID (pricing.md 7.4)."""
    scope, values = among("space", spaces)
    rows = connection.execute(
        f"SELECT billed_until, due.space, buyer, {_TERMS} FROM"
        f" (SELECT * FROM contracts WHERE (billed_until, space) > (?, ?) AND {_DUE} AND {scope}"
        " ORDER BY billed_until, space LIMIT ?) AS due"
        " JOIN spaces ON spaces.id = due.space JOIN buyers ON buyers.id = spaces.buyer"
        " ORDER BY billed_until, due.space",
        (*place, day.isoformat(), *values, limit),
    )
    return [Due(*row) for row in rows]


def read_due(connection: Connection, spaces: Iterable[str]) -> Iterator[tuple[str, list[Row]]]:
    """Yield some spaces with the rows of their contracts; one without a contract or without a step isn't among them."""
    where, values = among("contracts.space", spaces)
    rows = connection.execute(
        f"SELECT {CONTRACTS.selected}, {STEPS.selected}, country, vat_id, language FROM contracts"
        " JOIN spaces ON spaces.id = contracts.space JOIN buyers ON buyers.id = spaces.buyer"
        " JOIN steps ON steps.space = contracts.space"
        f" WHERE {where} ORDER BY contracts.space, steps.start",
        values,
    )
    for space, group in groupby(rows, key=itemgetter(0)):
        yield space, list(group)


def due_contract(rows: list[Row] | None) -> tuple[Contract, Buyer, str | None]:
    """Return a contract of `read_due`, with its buyer and the language of its papers (`store_damaged`)."""
    if rows is None:
        raise damaged(N_("a contract has no price step"))
    *_, country, vat_id, language = rows[0]
    return _contract(rows), Buyer(country, vat_id), language


def not_ended(connection: Connection, day: date) -> Iterator[Contract]:
    """Yield the contracts that haven't ended on a day, as they are read (`store_damaged`)."""
    rows = connection.stream(
        f"SELECT {CONTRACTS.selected}, {STEPS.selected} FROM contracts JOIN steps ON steps.space = contracts.space"
        ' WHERE "end" IS NULL OR "end" > ? ORDER BY contracts.space, steps.start',
        (day.isoformat(),),
    )
    for _, group in groupby(rows, key=itemgetter(0)):
        yield _contract(list(group))


def _contract(rows: list[Row]) -> Contract:
    """Return a contract from the rows of its steps, each with the contract before it (`store_damaged`)."""
    return read_contract(rows[0][:_CONTRACT], tuple(read_start(row[_STEPS]) for row in rows))
