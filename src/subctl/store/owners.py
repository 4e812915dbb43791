"""Whose invoices are, and whose accounts: what a booking of a bank statement is looked up by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subctl.domain.invoice import CREDIT

if TYPE_CHECKING:
    from subctl.store.connection import Connection


def owner(connection: Connection, invoice: int) -> tuple[int, str] | None:
    """Return an invoice, or the one in its place where it was corrected, and its space; nothing for a credit note."""
    query = "SELECT space, (SELECT replacement FROM corrections WHERE invoice = invoices.id) FROM invoices WHERE id = ?"
    row = connection.execute(f"{query} AND kind <> ?", (invoice, CREDIT)).fetchone()
    if row is None or row[1] is None:
        return None if row is None else (invoice, row[0])
    return owner(connection, row[1])


def payers(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the spaces that pay from each account: their own, and those of their mandates."""
    rows = connection.execute(
        "SELECT iban, spaces.id FROM spaces JOIN buyers ON buyers.id = spaces.buyer WHERE iban IS NOT NULL"
        " UNION SELECT iban, space FROM mandates ORDER BY 1, 2"
    )
    found: dict[str, tuple[str, ...]] = {}
    for iban, space in rows:
        found[iban] = (*found.get(iban, ()), space)
    return found
