"""Corrections: which invoice was credited whole and issued anew, by which documents, and why (payments.md 9.5)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.record import Record
from subctl.store.rows import read_day, reads
from subctl.store.tables import CORRECTIONS, Row

if TYPE_CHECKING:
    from subctl.store.connection import Connection

_CORRECTIONS = f"SELECT {CORRECTIONS.select('corrections')} FROM corrections"


class Correction(Record):
    """An invoice that was corrected on a day, the credit note for it, and the one in its place, by their ids."""

    invoice: int
    credit_note: int
    replacement: int
    day: date
    reason: str | None


@reads(CORRECTIONS)
def read_correction(row: Row) -> Correction:
    """Return the correction of a row."""
    invoice, credit_note, replacement, day, reason = row
    return Correction(invoice, credit_note, replacement, read_day(day), reason)


def _one(connection: Connection, where: str, *ids: int) -> Correction | None:
    row = connection.execute(f"{_CORRECTIONS} WHERE {where}", ids).fetchone()
    return read_correction(row) if row else None


def of(connection: Connection, invoice: int) -> Correction | None:
    """Return how an invoice was corrected, or nothing."""
    return _one(connection, "invoice = ?", invoice)


def issuing(connection: Connection, document: int) -> Correction | None:
    """Return the correction with which a document was issued, a credit note or an invoice, or nothing."""
    return _one(connection, "credit_note = ? OR replacement = ?", document, document)


def first_of(connection: Connection, invoice: int) -> int:
    """Return the invoice that was corrected first to end in this one; itself where it stands in no other's place."""
    while (before := _one(connection, "replacement = ?", invoice)) and before.invoice < invoice:
        invoice = before.invoice
    return invoice


def insert(connection: Connection, made: Correction) -> None:
    """Note that an invoice was corrected."""
    from subctl.store.write import insert_rows

    row = (made.invoice, made.credit_note, made.replacement, made.day.isoformat(), made.reason)
    insert_rows(connection, CORRECTIONS, [row])
