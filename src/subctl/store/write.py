"""Writing, inside the write transaction of the caller: one way for a single row and for many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from subctl.domain.catalog import Catalog
from subctl.domain.contract import Contract
from subctl.domain.invoice import RULES
from subctl.domain.numbers import next_id
from subctl.domain.record import Record
from subctl.store import digests, seal, state
from subctl.store.read import Details, Held, Space, administrators
from subctl.store.rows import compact, contract_row, day_text, entry_row, space_row, step_row
from subctl.store.tables import (
    ADMINISTRATORS,
    BUYERS,
    CATALOGS,
    CONTRACTS,
    ENTRIES,
    INVOICES,
    QUOTES,
    SPACES,
    STEPS,
    STORE,
    TABLES,
    Row,
    Table,
    among,
)

if TYPE_CHECKING:
    from subctl.store.connection import Connection

FEW = 100
"""So many rows are hashed before better hashes are loaded."""

# --- rows ---------------------------------------------------------------------------------------------------


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows into a table."""
    if len(rows) > FEW:
        digests.many_to_come()
    coming = seal.coming(connection, table) if table in seal.TABLES else None
    connection.insert(table, rows)
    if coming is not None:
        coming.add(table, rows)  # while a server inserts them
    if table in state.TABLES:
        connection.unsealed += state.sum_of(table, rows)


def insert(connection: Connection, table: str, values: Mapping[str, Any]) -> None:
    """Insert one row; columns that aren't named are null."""
    columns = TABLES[table].columns
    assert values.keys() <= set(columns)  # noqa: S101  # a misspelt column would be lost
    insert_rows(connection, TABLES[table], [tuple(map(values.get, columns))])


def change(connection: Connection, table: Table, key: Row, values: Mapping[str, Any]) -> None:
    """Change columns of the row with this key, in a table of the state."""
    before = table.sound(
        connection.execute(f"SELECT {table.selected} FROM {table.name} WHERE {table.where_key}", key).fetchone()
    )
    after = table.changed(before, values)
    connection.change(table, tuple(values), [(*values.values(), *key)])
    connection.unsealed += state.sum_of(table, [after]) - state.sum_of(table, [before])


def delete(connection: Connection, table: Table, **key: str | int) -> None:
    """Delete the rows with these values, in a table of the state."""
    where = " AND ".join(f'"{column}" = ?' for column in key)
    values = tuple(key.values())
    rows = connection.execute(f"SELECT {table.selected} FROM {table.name} WHERE {where}", values).fetchall()
    connection.execute(f"DELETE FROM {table.name} WHERE {where}", values).close()
    connection.unsealed -= state.sum_of(table, map(table.sound, rows))


# --- documents ----------------------------------------------------------------------------------------------


def _next_place(connection: Connection, table: str) -> int:
    """Return the place of a row behind all others of a table that counts through."""
    return (connection.newest_id(table) or 0) + 1


def next_document_id(connection: Connection, table: str, day: date) -> int:
    """Return the id of the document that comes next in its series (pricing.md 7.1)."""
    return next_id(connection.newest_id(table), day.year)


def insert_quote(connection: Connection, day: date, row: Mapping[str, Any]) -> int:
    """Insert a quote under the next number, and return its id."""
    quote_id = next_document_id(connection, QUOTES.name, day)
    insert(connection, QUOTES.name, {"id": quote_id, "date": day.isoformat(), "rules": RULES, **row})
    return quote_id


def insert_invoices(
    connection: Connection, day: date, catalog: int, issued: Iterable[tuple[str, int, Row]]
) -> tuple[int, int]:
    """Issue recurring invoices of spaces and buyers under the next numbers; return the first id and how many.

    The rows are `facts.invoice_row`'s.
    """
    first = next_document_id(connection, "invoices", day)
    rows = [
        (first + place, space, None, catalog, buyer, None, *row) for place, (space, buyer, row) in enumerate(issued)
    ]
    insert_rows(connection, INVOICES, rows)
    return first, len(rows)


def insert_invoice(connection: Connection, space: str, day: date, row: Row, order: int | None = None) -> int:
    """Issue an invoice under the next number, and return its id; its row is there from the catalog on."""
    invoice_id = next_document_id(connection, INVOICES.name, day)
    insert_rows(connection, INVOICES, [(invoice_id, space, order, *row)])
    return invoice_id


# --- the store, its catalogs and administrators -------------------------------------------------------------


def move_day(connection: Connection, day: date, *, sandbox: bool) -> None:
    """Note the day of a write; a sandbox stands on it from now on."""
    values = {"last_write": day.isoformat(), "day": day.isoformat() if sandbox else None}
    change(connection, STORE, (1,), values)


def set_default_space(connection: Connection, space: str) -> None:
    """Make a space the one that commands mean where none is named."""
    change(connection, STORE, (1,), {"default_space": space})


def insert_catalog(
    connection: Connection,
    content: Mapping[str, object],
    catalog: Catalog,
    imported_on: date,
    *,
    first: bool = False,
) -> int:
    """Import a catalog, a `first` one in the place of all there are, and return its place in the log."""
    catalog_id = _next_place(connection, "catalogs")
    valid_from = catalog.valid_from.isoformat()
    text = compact({**content, "valid_from": valid_from})
    action = "first" if first else "import"
    insert_rows(connection, CATALOGS, [(catalog_id, action, valid_from, imported_on.isoformat(), text)])
    return catalog_id


def drop_catalog(connection: Connection, valid_from: date, dropped_on: date) -> int:
    """Take the catalog of a date away from now on, and return the place of that in the log."""
    place = _next_place(connection, "catalogs")
    insert_rows(connection, CATALOGS, [(place, "drop", valid_from.isoformat(), dropped_on.isoformat(), None)])
    return place


def insert_administrator(connection: Connection, held: Held) -> None:
    """Give a right; who had it under the same name, and is another, keeps his, and is called by his uid from now on."""
    for other in administrators(connection):
        if (other.account, other.space) == (held.account, held.space):
            change(connection, ADMINISTRATORS, (other.account, other.space), {"account": other.called_by_uid})
    insert_rows(connection, ADMINISTRATORS, [tuple(held)])


def delete_administrator(connection: Connection, held: Held) -> None:
    """Take a right away."""
    delete(connection, ADMINISTRATORS, account=held.account, space=held.space)


# --- spaces and contracts -----------------------------------------------------------------------------------


def insert_buyer(connection: Connection, details: Details) -> int:
    """Freeze a buyer's details, and return their number."""
    buyer_id = _next_place(connection, "buyers")
    insert_rows(connection, BUYERS, [(buyer_id, *details)])
    return buyer_id


class Numbers(Record):
    """The numbers that come next: of a buyer's details, and of a contract that is entered."""

    buyer: int
    entry: int


def next_numbers(connection: Connection) -> Numbers:
    """Return the numbers of the next space; they move with every other one."""
    return Numbers(_next_place(connection, "buyers"), _newest_entry(connection) + 1)


def insert_spaces(connection: Connection, new: Sequence[tuple[Space, Contract]]) -> None:
    """Add spaces with their buyers' details, their contracts and price steps."""
    for table, rows in rows_of_spaces(new, next_numbers(connection)):
        insert_rows(connection, table, rows)


def rows_of_spaces(new: Sequence[tuple[Space, Contract]], first: Numbers) -> Iterator[tuple[Table, list[Row]]]:
    """Yield the rows of new spaces from some numbers on, table by table, each before those that point to it."""
    buyer, entry = first
    yield BUYERS, [(buyer + place, *space.details) for place, (space, _) in enumerate(new)]
    yield SPACES, [space_row(space._replace(buyer=buyer + place)) for place, (space, _) in enumerate(new)]
    yield CONTRACTS, [contract_row(contract, entry + place) for place, (_, contract) in enumerate(new)]
    yield STEPS, step_rows_of(contract for _, contract in new)
    yield ENTRIES, [entry_row(contract, entry + place) for place, (_, contract) in enumerate(new)]


def _newest_entry(connection: Connection) -> int:
    """Return the number of the contract that was entered last."""
    row = connection.execute("SELECT entry FROM contracts ORDER BY entered_on DESC, entry DESC LIMIT 1").fetchone()
    return row[0] if row else 0


def step_rows_of(contracts: Iterable[Contract]) -> list[Row]:
    """Return the rows of the price steps of contracts."""
    return [(contract.space, *step_row(step)) for contract in contracts for step in contract.steps]


def update_space(connection: Connection, space: Space) -> None:
    """Change what stands beside a space's details, and which they are."""
    row = dict(zip(SPACES.columns, space_row(space), strict=True))
    change(connection, SPACES, (row.pop("id"),), row)


def update_contract(connection: Connection, contract: Contract, *, steps: bool) -> None:
    """Move a contract on; `steps` where its price steps changed."""
    change(connection, CONTRACTS, (contract.space,), moved_contract(contract))
    if steps:
        delete(connection, STEPS, space=contract.space)
        insert_rows(connection, STEPS, step_rows_of([contract]))


def moved_contract(contract: Contract) -> dict[str, Any]:
    """Return what changes of a contract's row when it moves on."""
    return {
        "billed_until": contract.billed_until.isoformat(),
        "end": day_text(contract.end),
        "version": contract.version,
    }


def move_on(connection: Connection, billed: Sequence[tuple[str, str, str]]) -> None:
    """Note how far contracts are billed now: each is a space, and the first unbilled day before and after."""
    if len(billed) > FEW:
        digests.many_to_come()
    now, before = (state.sum_billed(map(itemgetter(0, place), billed)) for place in (2, 1))
    connection.unsealed += now - before
    moved: dict[str, list[str]] = {}
    for space, _, after in billed:
        moved.setdefault(after, []).append(space)
    for after, spaces in moved.items():
        where, values = among("space", spaces)
        connection.execute(f"UPDATE contracts SET billed_until = ? WHERE {where}", (after, *values)).close()
