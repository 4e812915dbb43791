"""Writing, inside the write transaction of the caller: one way for a single row and for many."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from subctl.domain.catalog import Catalog
from subctl.domain.contract import Contract
from subctl.domain.invoice import Draft
from subctl.domain.numbers import next_id
from subctl.store.facts import invoice_row
from subctl.store.read import Details, Space, newest_id
from subctl.store.rows import compact, contract_row, day_text, space_row, step_row
from subctl.store.tables import BUYERS, CATALOGS, CONTRACTS, INVOICES, SPACES, STEPS, STORE, TABLES, Row, Table

# --- rows ---------------------------------------------------------------------------------------------------


def insert_rows(connection: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows into a table."""
    connection.executemany(table.inserting, rows).close()


def insert(connection: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> None:
    """Insert one row; columns that aren't named are null."""
    columns = TABLES[table].columns
    assert values.keys() <= set(columns)  # noqa: S101  # a misspelt column would be lost
    insert_rows(connection, TABLES[table], [tuple(map(values.get, columns))])


def change(connection: sqlite3.Connection, table: Table, key: Row, values: Mapping[str, Any]) -> None:
    """Change columns of the row with this key."""
    columns = ", ".join(f'"{column}" = ?' for column in values)
    connection.execute(f"UPDATE {table.name} SET {columns} WHERE {table.where_key}", (*values.values(), *key)).close()


# --- documents ----------------------------------------------------------------------------------------------


def next_document_id(connection: sqlite3.Connection, table: str, day: date) -> int:
    """Return the id of the document that comes next in its series (pricing.md 7.1)."""
    return next_id(newest_id(connection, table), day.year)


def insert_document(connection: sqlite3.Connection, table: str, day: date, row: Mapping[str, Any]) -> int:
    """Insert a quote or an order under the next number of its series, and return its id."""
    document_id = next_document_id(connection, table, day)
    insert(connection, table, {"id": document_id, "date": day.isoformat(), **row})
    return document_id


def insert_invoices(
    connection: sqlite3.Connection, day: date, catalog: int, issued: Iterable[tuple[str, int, Row]]
) -> tuple[int, int]:
    """Issue recurring invoices of spaces and buyers under the next numbers; return the first id and how many.

    The rows are `rows.invoice_row`'s.
    """
    first = next_document_id(connection, "invoices", day)
    rows = [
        (first + place, space, None, catalog, buyer, None, *row) for place, (space, buyer, row) in enumerate(issued)
    ]
    insert_rows(connection, INVOICES, rows)
    return first, len(rows)


def insert_invoice(
    connection: sqlite3.Connection,
    space: str,
    draft: Draft,
    due_date: date,
    *,
    note: str | None,
    catalog: int,
    buyer: int,
    order: int | None = None,
    credits_: int | None = None,
) -> int:
    """Issue an invoice under the next number, and return its id."""
    invoice_id = next_document_id(connection, "invoices", draft.day)
    row = (invoice_id, space, order, catalog, buyer, credits_, *invoice_row(draft, due_date, note))
    insert_rows(connection, INVOICES, [row])
    return invoice_id


# --- the store, its catalogs and administrators -------------------------------------------------------------


def move_day(connection: sqlite3.Connection, day: date, *, sandbox: bool) -> None:
    """Note the day of a write; a sandbox stands on it from now on."""
    values = {"last_write": day.isoformat(), "day": day.isoformat() if sandbox else None}
    change(connection, STORE, (1,), values)


def set_default_space(connection: sqlite3.Connection, space: str) -> None:
    """Make a space the one that commands mean where none is named."""
    change(connection, STORE, (1,), {"default_space": space})


def insert_catalog(
    connection: sqlite3.Connection, content: Mapping[str, object], catalog: Catalog, imported_on: date
) -> int:
    """Add a catalog, and return its number."""
    catalog_id = (newest_id(connection, "catalogs") or 0) + 1
    valid_from = catalog.valid_from.isoformat()
    text = compact({**content, "valid_from": valid_from})
    insert_rows(connection, CATALOGS, [(catalog_id, valid_from, imported_on.isoformat(), text)])
    return catalog_id


def delete_administrator(connection: sqlite3.Connection, uid: int, space: str) -> None:
    """Take a right away."""
    connection.execute("DELETE FROM administrators WHERE uid = ? AND space = ?", (uid, space)).close()


# --- spaces and contracts -----------------------------------------------------------------------------------


def insert_buyer(connection: sqlite3.Connection, details: Details) -> int:
    """Freeze a buyer's details, and return their number."""
    buyer_id = (newest_id(connection, "buyers") or 0) + 1
    insert_rows(connection, BUYERS, [(buyer_id, *details)])
    return buyer_id


def insert_spaces(connection: sqlite3.Connection, new: Sequence[tuple[Space, Contract]]) -> None:
    """Add spaces with their buyers' details, their contracts and price steps."""
    buyer, entry = (newest_id(connection, "buyers") or 0) + 1, _newest_entry(connection) + 1
    insert_rows(connection, BUYERS, [(buyer + place, *space.details) for place, (space, _) in enumerate(new)])
    insert_rows(
        connection, SPACES, [space_row(space._replace(buyer=buyer + place)) for place, (space, _) in enumerate(new)]
    )
    insert_rows(
        connection, CONTRACTS, [contract_row(contract, entry + place) for place, (_, contract) in enumerate(new)]
    )
    _insert_steps(connection, [contract for _, contract in new])


def _newest_entry(connection: sqlite3.Connection) -> int:
    """Return the number of the contract that was entered last."""
    row = connection.execute("SELECT entry FROM contracts ORDER BY entered_on DESC, entry DESC LIMIT 1").fetchone()
    return row[0] if row else 0


def _insert_steps(connection: sqlite3.Connection, contracts: Iterable[Contract]) -> None:
    rows = ((contract.space, *step_row(step)) for contract in contracts for step in contract.steps)
    insert_rows(connection, STEPS, rows)


def update_space(connection: sqlite3.Connection, space: Space) -> None:
    """Change what stands beside a space's details, and which they are."""
    row = dict(zip(SPACES.columns, space_row(space), strict=True))
    change(connection, SPACES, (row.pop("id"),), row)


def update_contract(connection: sqlite3.Connection, contract: Contract, *, steps: bool) -> None:
    """Move a contract on; `steps` where its price steps changed."""
    values = {
        "billed_until": contract.billed_until.isoformat(),
        "end": day_text(contract.end),
        "version": contract.version,
    }
    change(connection, CONTRACTS, (contract.space,), values)
    if steps:
        connection.execute("DELETE FROM steps WHERE space = ?", (contract.space,)).close()
        _insert_steps(connection, [contract])


def move_on(connection: sqlite3.Connection, billed: Iterable[tuple[str, date]]) -> None:
    """Note how far contracts are billed now."""
    connection.executemany(
        "UPDATE contracts SET billed_until = ? WHERE space = ?",
        [(until.isoformat(), space) for space, until in billed],
    ).close()
