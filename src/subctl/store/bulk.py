"""Many contracts at once: prepared statements for the bill run, a batch in one transaction."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from subctl.domain.contract import Contract, Steps
from subctl.domain.invoice import Buyer, Draft
from subctl.domain.numbers import next_id
from subctl.store.read import Space, newest_id
from subctl.store.rows import day_or_none, lines_text, read_step, step_row

Place = tuple[str, str]
"""Where a run stands: the first unbilled day and the space of the contract it took last."""

START: Place = ("", "")

_BEFORE_STEP = 10
"""Columns of the contract that stand before those of its step."""

_DUE = "billed_until <= ? AND (end IS NULL OR billed_until < end)"


class Due(NamedTuple):
    """A contract with something to bill, its buyer, and the number of the buyer's details."""

    contract: Contract
    buyer: Buyer
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
        "SELECT due.space, due.start, billed_from, entered_on, billed_until, end, version, country, vat_id, buyer,"
        " steps.start, plan, users, zoom, billing, anchor, user_rate, zoom_rate FROM"
        f" (SELECT * FROM contracts WHERE (billed_until, space) > (?, ?) AND {_DUE}{scope}"
        " ORDER BY billed_until, space LIMIT ?) AS due"
        " JOIN spaces ON spaces.id = due.space JOIN buyers ON buyers.id = spaces.buyer"
        " JOIN steps ON steps.space = due.space ORDER BY billed_until, due.space, steps.start",
        (*place, day.isoformat(), *values, limit),
    )
    return [_due(list(group)) for _, group in groupby(rows, key=itemgetter(0))]


def _due(rows: list[tuple[Any, ...]]) -> Due:
    """Return a contract from the rows of its steps."""
    space, start, billed_from, entered_on, billed_until, end, version, country, vat_id, buyer = rows[0][:_BEFORE_STEP]
    contract = Contract(
        space,
        date.fromisoformat(start),
        date.fromisoformat(billed_from),
        date.fromisoformat(entered_on),
        date.fromisoformat(billed_until),
        _steps(tuple(row[_BEFORE_STEP:] for row in rows)),
        day_or_none(end),
        version,
    )
    return Due(contract, Buyer(country, vat_id), buyer)


@lru_cache(maxsize=50_000)
def _steps(rows: tuple[tuple[Any, ...], ...]) -> Steps:
    """Return the steps of a contract; many contracts have the same ones, which are made once."""
    return tuple(map(read_step, rows))


def _scope(spaces: Sequence[str] | None) -> tuple[str, Sequence[str]]:
    if spaces is None:
        return "", ()
    return f" AND space IN ({','.join('?' * len(spaces))})", spaces


def insert_spaces(connection: sqlite3.Connection, new: Sequence[tuple[Space, Contract]]) -> None:
    """Add spaces with their buyers' details, their contracts and price steps."""
    first, entry = (newest_id(connection, "buyers") or 0) + 1, _newest_entry(connection) + 1
    connection.executemany(
        "INSERT INTO buyers (id, name, country, address, vat_id, email, reference) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(first + place, *space.details) for place, (space, _) in enumerate(new)],
    )
    connection.executemany(
        "INSERT INTO spaces (id, buyer, payment, iban, active_users) VALUES (?, ?, ?, ?, ?)",
        [
            (space.id, first + place, space.payment, space.iban, space.active_users)
            for place, (space, _) in enumerate(new)
        ],
    )
    connection.executemany(
        "INSERT INTO contracts (space, start, billed_from, entered_on, first_billed, billed_until, entry)"
        " VALUES (?, ?, ?, ?, ?5, ?5, ?6)",
        [
            (
                contract.space,
                contract.start.isoformat(),
                contract.billed_from.isoformat(),
                contract.entered_on.isoformat(),
                contract.billed_until.isoformat(),
                entry + place,
            )
            for place, (_, contract) in enumerate(new)
        ],
    )
    connection.executemany(
        "INSERT INTO steps (space, start, plan, users, zoom, billing, anchor, user_rate, zoom_rate)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(contract.space, *step_row(step)) for _, contract in new for step in contract.steps],
    )


def _newest_entry(connection: sqlite3.Connection) -> int:
    """Return the number of the contract that was entered last."""
    row = connection.execute("SELECT entry FROM contracts ORDER BY entered_on DESC, entry DESC LIMIT 1").fetchone()
    return row[0] if row else 0


InvoiceRow = tuple[Any, ...]
"""The columns of a recurring invoice that contracts of one kind share, `kind` to `lines`."""

_SHARED = "kind, date, due_date, start, end, net, vat, total, vat_category, vat_rate, vat_note, lines"


def invoice_row(draft: Draft, due_date: date) -> InvoiceRow:
    """Return what stands in the store of a draft, whoever it is for."""
    return (
        draft.kind,
        draft.day.isoformat(),
        due_date.isoformat(),
        draft.period.start.isoformat(),
        draft.period.end.isoformat(),
        draft.net,
        draft.tax,
        draft.total,
        draft.vat.category,
        draft.vat.rate,
        draft.vat.note,
        lines_text(draft.lines),
    )


def insert_invoices(
    connection: sqlite3.Connection, day: date, issued: Iterable[tuple[str, int, InvoiceRow]], catalog: int
) -> tuple[int, int]:
    """Issue recurring invoices of spaces and buyers under the next numbers; return the first id and how many."""
    first = next_id(newest_id(connection, "invoices"), day.year)
    rows = [(first + place, space, catalog, buyer, *row) for place, (space, buyer, row) in enumerate(issued)]
    connection.executemany(
        f"INSERT INTO invoices (id, space, catalog, buyer, {_SHARED})"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    return first, len(rows)


def move_on(connection: sqlite3.Connection, billed: Iterable[tuple[str, date]]) -> None:
    """Note how far contracts are billed now."""
    connection.executemany(
        "UPDATE contracts SET billed_until = ? WHERE space = ?",
        [(until.isoformat(), space) for space, until in billed],
    )
