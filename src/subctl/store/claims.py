"""Invoices and credit notes as claims on money, without what stands in them (payments.md 9.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from subctl.domain.settlement import Claim
from subctl.store.rows import UNREADABLE, day_or_none, read_day
from subctl.store.tables import INVOICES, Row, among

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_COLUMNS = ("id", "date", "due_date", "total", "credits", "space")
_CLAIMS = (
    f"SELECT {', '.join(f'invoices.{column}' for column in _COLUMNS)}, corrections.invoice FROM invoices"
    " LEFT JOIN corrections ON corrections.replacement = invoices.id"
)


def of_space(connection: Connection, space: str) -> list[Claim]:
    """Return the invoices and credit notes of a space, by number."""
    rows = connection.execute(f"{_CLAIMS} WHERE invoices.space = ? ORDER BY invoices.id", (space,))
    return [claim for _, claim in map(_claim, rows)]


def of_spaces(connection: Connection, spaces: Sequence[str]) -> Iterator[tuple[str, Claim]]:
    """Yield the invoices and credit notes of some spaces, each with its space, by space and number."""
    where, values = among("invoices.space", spaces)
    return map(_claim, connection.stream(f"{_CLAIMS} WHERE {where} ORDER BY invoices.space, invoices.id", values))


def _claim(row: Row) -> tuple[str, Claim]:
    invoice, day, due, total, credits_, space, replaces = row
    try:
        if due is None and credits_ is None:
            raise ValueError(due)
        return space, Claim(invoice, read_day(day), day_or_none(due), int(total), credits_, replaces)
    except UNREADABLE as error:
        raise INVOICES.unreadable_at(invoice) from error
