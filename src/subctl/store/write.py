"""Writing single rows, by sqlite-utils, inside the write transaction of the caller."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from subctl.domain.catalog import Catalog
from subctl.domain.contract import Contract
from subctl.domain.invoice import Draft
from subctl.domain.numbers import next_id
from subctl.store.read import Details, newest_id
from subctl.store.rows import compact, lines_text, step_row

if TYPE_CHECKING:
    from sqlite_utils.db import Table

_STEP = ("start", "plan", "users", "zoom", "billing", "anchor", "user_rate", "zoom_rate")


def _table(connection: sqlite3.Connection, name: str) -> Table:
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False).table(name)


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    """Insert a row into a table that is there."""
    _table(connection, table).insert(dict(row))


def update(connection: sqlite3.Connection, table: str, key: str | int, values: Mapping[str, Any]) -> None:
    """Change columns of the row with this primary key."""
    _table(connection, table).update(key, dict(values))


def next_document_id(connection: sqlite3.Connection, table: str, day: date) -> int:
    """Return the id of the document that comes next in its series (pricing.md 7.1)."""
    return next_id(newest_id(connection, table), day.year)


def insert_document(connection: sqlite3.Connection, table: str, day: date, row: Mapping[str, Any]) -> int:
    """Insert a document under the next number of its series, and return its id."""
    document_id = next_document_id(connection, table, day)
    insert(connection, table, {"id": document_id, "date": day.isoformat(), **row})
    return document_id


def insert_buyer(connection: sqlite3.Connection, details: Details) -> int:
    """Freeze a buyer's details, and return their number."""
    buyer_id = (newest_id(connection, "buyers") or 0) + 1
    insert(
        connection,
        "buyers",
        {"id": buyer_id, **{name: getattr(details, name) for name in Details._fields}},
    )
    return buyer_id


def _insert_steps(connection: sqlite3.Connection, contract: Contract) -> None:
    _table(connection, "steps").insert_all(
        {"space": contract.space, **dict(zip(_STEP, step_row(step), strict=True))} for step in contract.steps
    )


def update_contract(connection: sqlite3.Connection, contract: Contract, *, steps: bool) -> None:
    """Move a contract on; `steps` where its price steps changed."""
    update(
        connection,
        "contracts",
        contract.space,
        {
            "billed_until": contract.billed_until.isoformat(),
            "end": contract.end.isoformat() if contract.end else None,
            "version": contract.version,
        },
    )
    if steps:
        _table(connection, "steps").delete_where("space = ?", [contract.space])
        _insert_steps(connection, contract)


def insert_invoice(
    connection: sqlite3.Connection,
    space: str,
    draft: Draft,
    due_date: date,
    *,
    catalog: int,
    buyer: int,
    order: int | None = None,
    credits_: int | None = None,
) -> int:
    """Issue an invoice under the next number, and return its id."""
    row = {
        "space": space,
        "order": order,
        "kind": draft.kind,
        "credits": credits_,
        "due_date": due_date.isoformat(),
        "start": draft.period.start.isoformat(),
        "end": draft.period.end.isoformat(),
        "net": draft.net,
        "vat": draft.tax,
        "total": draft.total,
        "vat_category": draft.vat.category,
        "vat_rate": draft.vat.rate,
        "vat_note": draft.vat.note,
        "catalog": catalog,
        "buyer": buyer,
        "lines": lines_text(draft.lines),
    }
    return insert_document(connection, "invoices", draft.day, row)


def insert_catalog(
    connection: sqlite3.Connection, content: Mapping[str, object], catalog: Catalog, imported_on: date
) -> int:
    """Add a catalog, and return its number."""
    catalog_id = (newest_id(connection, "catalogs") or 0) + 1
    row = {
        "id": catalog_id,
        "valid_from": catalog.valid_from.isoformat(),
        "imported_on": imported_on.isoformat(),
        "content": compact({**content, "valid_from": catalog.valid_from.isoformat()}),
    }
    insert(connection, "catalogs", row)
    return catalog_id


def delete_administrator(connection: sqlite3.Connection, uid: int, space: str) -> None:
    """Take a right away."""
    _table(connection, "administrators").delete((uid, space))


def contract_snapshot(contract: Contract) -> str:
    """Write what an order or a quote was decided on, so that it can be recomputed and taken back."""
    return compact(
        {
            "billed_until": contract.billed_until.isoformat(),
            "end": contract.end.isoformat() if contract.end else None,
            "steps": [step_row(step) for step in contract.steps],
        }
    )
