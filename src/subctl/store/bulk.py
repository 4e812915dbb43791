"""Many contracts at once: prepared statements for the bill run, a batch in one transaction."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from subctl.domain.contract import Contract
from subctl.domain.invoice import Buyer, Draft
from subctl.domain.numbers import next_id
from subctl.store.read import newest_id
from subctl.store.rows import day_or_none, lines_text, read_step

Place = tuple[str, str]
"""Where a run stands: the first unbilled day and the space of the contract it took last."""

START: Place = ("", "")

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
        "SELECT contracts.space, start, billed_from, entered_on, billed_until, end, version, country, vat_id, buyer"
        " FROM contracts JOIN spaces ON spaces.id = contracts.space JOIN buyers ON buyers.id = spaces.buyer"
        f" WHERE (billed_until, contracts.space) > (?, ?) AND {_DUE}{scope}"
        " ORDER BY billed_until, contracts.space LIMIT ?",
        (*place, day.isoformat(), *values, limit),
    ).fetchall()
    steps = _steps(connection, [row[0] for row in rows])
    return [
        Due(
            Contract(
                space=space,
                start=date.fromisoformat(start),
                billed_from=date.fromisoformat(billed_from),
                entered_on=date.fromisoformat(entered_on),
                billed_until=date.fromisoformat(billed_until),
                steps=steps[space],
                end=day_or_none(end),
                version=version,
            ),
            Buyer(country, vat_id),
            buyer,
        )
        for space, start, billed_from, entered_on, billed_until, end, version, country, vat_id, buyer in rows
    ]


def _scope(spaces: Sequence[str] | None) -> tuple[str, Sequence[str]]:
    if spaces is None:
        return "", ()
    return f" AND contracts.space IN ({','.join('?' * len(spaces))})", spaces


def _steps(connection: sqlite3.Connection, spaces: list[str]) -> dict[str, tuple[Any, ...]]:
    rows = connection.execute(
        "SELECT space, start, plan, users, zoom, billing, anchor, user_rate, zoom_rate FROM steps"
        f" WHERE space IN ({','.join('?' * len(spaces))}) ORDER BY space, start",
        spaces,
    )
    return {space: tuple(read_step(row[1:]) for row in group) for space, group in groupby(rows, key=itemgetter(0))}


def insert_invoices(
    connection: sqlite3.Connection, day: date, issued: Iterable[tuple[Due, Draft]], catalog: int, payment_days: int
) -> list[int]:
    """Issue recurring invoices under the next numbers, and return their ids in order."""
    first = next_id(newest_id(connection, "invoices"), day.year)
    due_date = (day + timedelta(days=payment_days)).isoformat()
    rows = [
        (
            first + place,
            due.contract.space,
            draft.kind,
            draft.day.isoformat(),
            due_date,
            draft.period.start.isoformat(),
            draft.period.end.isoformat(),
            draft.net,
            draft.tax,
            draft.total,
            draft.vat.category,
            draft.vat.rate,
            draft.vat.note,
            catalog,
            due.buyer_id,
            lines_text(draft.lines),
        )
        for place, (due, draft) in enumerate(issued)
    ]
    connection.executemany(
        "INSERT INTO invoices (id, space, kind, date, due_date, start, end, net, vat, total, vat_category, vat_rate,"
        " vat_note, catalog, buyer, lines) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    return [row[0] for row in rows]


def move_on(connection: sqlite3.Connection, billed: Iterable[tuple[str, date]]) -> None:
    """Note how far contracts are billed now."""
    connection.executemany(
        "UPDATE contracts SET billed_until = ? WHERE space = ?",
        [(until.isoformat(), space) for space, until in billed],
    )
