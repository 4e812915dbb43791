"""What the journal is made of: invoices and payments by the day on which they are booked, some at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.journal import Share
from subctl.domain.payment import Payment
from subctl.domain.record import Record
from subctl.store.facts import read_lines
from subctl.store.payments import QUERY, read_payment
from subctl.store.rows import read_day, reads
from subctl.store.tables import INVOICES, Row, among

if TYPE_CHECKING:
    from subctl.store.connection import Connection


class Booked(Record):
    """What of an invoice or a credit note is booked, in minor units, and what its lines charge."""

    id: int
    day: date
    kind: str
    space: str
    name: str
    net: int
    vat: int
    shares: tuple[Share, ...]


def invoice_ids(connection: Connection, since: date, until: date, *, spread: bool) -> list[int]:
    """Return the invoices and credit notes of some days; with `spread` those whose periods last until then, too."""
    later = ' OR "end" >= ?' if spread else ""
    query = f"SELECT id FROM invoices WHERE date <= ? AND (date >= ?{later}) ORDER BY id"
    days = (until.isoformat(), since.isoformat(), since.isoformat())
    return [place for (place,) in connection.execute(query, days if spread else days[:2])]


def payment_ids(connection: Connection, since: date, until: date) -> list[int]:
    """Return the payments whose money is of some days, by that day."""
    query = "SELECT id FROM payments WHERE date BETWEEN ? AND ? ORDER BY date, id"
    return [place for (place,) in connection.execute(query, (since.isoformat(), until.isoformat()))]


_INVOICES = f"SELECT {INVOICES.selected}, (SELECT name FROM buyers WHERE buyers.id = invoices.buyer) FROM invoices"


def invoices(connection: Connection, ids: Iterable[int]) -> list[Booked]:
    """Return invoices and credit notes by their ids."""
    where, values = among("id", ids)
    rows = connection.execute(f"{_INVOICES} WHERE {where} ORDER BY id", values)
    return [_booked(tuple(row))._replace(name=name) for *row, name in rows]


@reads(INVOICES)
def _booked(row: Row) -> Booked:
    named = dict(zip(INVOICES.columns, row, strict=True))
    lines, _ = read_lines(named["lines"], named["kind"], named["vat_note"])
    shares = tuple(Share(line.amount, line.period, line.months) for line in lines)
    net, vat = named["net"], named["vat"]
    return Booked(named["id"], read_day(named["date"]), named["kind"], named["space"], "", net, vat, shares)


def payments(connection: Connection, ids: Iterable[int]) -> list[Payment]:
    """Return payments by their ids, by the day of their money."""
    where, values = among("id", ids)
    return list(map(read_payment, connection.execute(f"{QUERY} WHERE {where} ORDER BY date, id", values)))


def sums(connection: Connection) -> tuple[int, int, int]:
    """Return the sums of what all invoices and credit notes have as net, VAT and total."""
    sums_ = ", ".join(f"CAST(coalesce(sum({column}), 0) AS BIGINT)" for column in ("net", "vat", "total"))
    net, vat, total = connection.execute(f"SELECT {sums_} FROM invoices").fetchone()
    return net, vat, total
