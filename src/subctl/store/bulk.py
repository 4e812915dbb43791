"""Many contracts at once: those that are due, a batch at a time, for the bill run; and all that haven't ended."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from subctl.domain.contract import Contract, Steps
from subctl.domain.invoice import Buyer
from subctl.domain.record import Record
from subctl.store.read import read_contract
from subctl.store.rows import read_step
from subctl.store.tables import CONTRACTS, STEPS, Row

Place = tuple[str, str]
"""Where a run stands: the first unbilled day and the space of the contract it took last."""

START: Place = ("", "")

_DUE = 'billed_until <= ? AND ("end" IS NULL OR billed_until < "end")'
_CONTRACT, _STEP = len(CONTRACTS.columns), len(STEPS.columns)


class Due(Record):
    """A contract with something to bill, its buyer with the language of papers, and the number of their details."""

    contract: Contract
    buyer: Buyer
    language: str | None
    buyer_id: int

    @property
    def place(self) -> Place:
        """Where the run stands after this contract."""
        return self.contract.billed_until.isoformat(), self.contract.space


def count_due(connection: sqlite3.Connection, day: date, spaces: Sequence[str] | None) -> int:
    """Return how many contracts have a period that started on or before `day` and isn't billed."""
    scope, values = _scope(spaces)
    count: int = connection.execute(
        f"SELECT count(*) FROM contracts WHERE {_DUE}{scope}", (day.isoformat(), *values)
    ).fetchone()[0]
    return count


def due_after(
    connection: sqlite3.Connection, day: date, spaces: Sequence[str] | None, place: Place, limit: int
) -> list[Due]:
    """Return the next contracts that are due, by period start, then ID (pricing.md 7.4)."""
    scope, values = _scope(spaces)
    rows = connection.execute(
        f"SELECT {CONTRACTS.select('due')}, {STEPS.selected}, country, vat_id, language, buyer FROM"
        f" (SELECT * FROM contracts WHERE (billed_until, space) > (?, ?) AND {_DUE}{scope}"
        " ORDER BY billed_until, space LIMIT ?) AS due"
        " JOIN spaces ON spaces.id = due.space JOIN buyers ON buyers.id = spaces.buyer"
        " JOIN steps ON steps.space = due.space ORDER BY billed_until, due.space, steps.start",
        (*place, day.isoformat(), *values, limit),
    )
    return [_due(list(group)) for _, group in groupby(rows, key=itemgetter(0))]


def not_ended(connection: sqlite3.Connection, day: date) -> Iterator[Contract]:
    """Yield the contracts that haven't ended on a day, as they are read."""
    rows = connection.execute(
        f"SELECT {CONTRACTS.selected}, {STEPS.selected} FROM contracts JOIN steps ON steps.space = contracts.space"
        ' WHERE "end" IS NULL OR "end" > ? ORDER BY contracts.space, steps.start',
        (day.isoformat(),),
    )
    for _, group in groupby(rows, key=itemgetter(0)):
        yield _contract(list(group))


def _due(rows: list[Row]) -> Due:
    """Return a contract from the rows of its steps, each with the contract before it and the buyer behind."""
    country, vat_id, language, buyer = rows[0][_CONTRACT + _STEP :]
    return Due(_contract(rows), Buyer(country, vat_id), language, buyer)


def _contract(rows: list[Row]) -> Contract:
    """Return a contract from the rows of its steps, each with the contract before it."""
    steps = _steps(tuple(STEPS.sound(row[_CONTRACT : _CONTRACT + _STEP])[1:] for row in rows))
    return read_contract(rows[0][:_CONTRACT], steps)


@lru_cache(maxsize=50_000)
def _steps(rows: tuple[Row, ...]) -> Steps:
    """Return the steps of a contract; many contracts have the same ones, which are made once."""
    return tuple(map(read_step, rows))


def _scope(spaces: Sequence[str] | None) -> tuple[str, Sequence[str]]:
    if spaces is None:
        return "", ()
    return f" AND space IN ({','.join('?' * len(spaces))})", spaces
