"""Reading spaces, contracts and what stands around them: each function one query, with the standard library alone."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from subctl.domain.catalog import Catalog, Catalogs
from subctl.domain.catalog_file import read_catalog
from subctl.domain.contract import Contract
from subctl.domain.errors import SubctlError
from subctl.store.rows import day_or_none, read_step

RESTORE = "Bring back a backup with subctl restore FILE."


class Settings(NamedTuple):
    """Whether the store is a sandbox, the day it stands on, the day of its last write, its default space."""

    sandbox: bool
    day: date | None
    last_write: date | None
    default_space: str | None


class Details(NamedTuple):
    """What an invoice says of its buyer; a change of it is a new row, so that old invoices keep theirs."""

    name: str
    country: str
    address: str | None = None
    vat_id: str | None = None
    email: str | None = None
    reference: str | None = None


class Space(NamedTuple):
    """A customer's workspace: its details and what stands beside them."""

    id: str
    buyer: int
    details: Details
    payment: str
    iban: str | None
    active_users: int
    locked: bool


def settings(connection: sqlite3.Connection) -> Settings:
    """Return the store's settings (`store_damaged` where it has none)."""
    row = connection.execute("SELECT sandbox, day, last_write, default_space FROM store").fetchone()
    if row is None:
        raise SubctlError("store_damaged", "The store has lost its settings.", RESTORE)
    sandbox, day, last_write, default_space = row
    return Settings(bool(sandbox), day_or_none(day), day_or_none(last_write), default_space)


def catalogs(connection: sqlite3.Connection) -> Catalogs:
    """Return every catalog that was imported (`store_damaged` where none can be read)."""
    rows = connection.execute("SELECT id, content FROM catalogs ORDER BY id").fetchall()
    if not rows:
        raise SubctlError("store_damaged", "The store has lost its catalogs.", RESTORE)
    return Catalogs(tuple(_catalog(*row) for row in rows))


def _catalog(catalog_id: int, content: str) -> Catalog:
    try:
        data = json.loads(content)
        data["valid_from"] = date.fromisoformat(data["valid_from"])
        catalog, faults = read_catalog(data, catalog_id)
    except (ValueError, KeyError, TypeError) as error:
        raise SubctlError(
            "store_damaged", f"The catalog {catalog_id} in the store is damaged: {error}.", RESTORE
        ) from None
    if faults:
        raise SubctlError("store_damaged", f"The catalog {catalog_id} in the store is damaged: {faults[0]}.", RESTORE)
    return catalog


def catalog_content(connection: sqlite3.Connection, catalog_id: int) -> str:
    """Return a catalog's data as JSON, as it was imported."""
    content: str = connection.execute("SELECT content FROM catalogs WHERE id = ?", (catalog_id,)).fetchone()[0]
    return content


def plans_in_use(connection: sqlite3.Connection, day: date) -> list[str]:
    """Return the plans of all price steps in force on a day or later, of contracts that haven't ended."""
    rows = connection.execute(
        "SELECT DISTINCT plan FROM steps JOIN contracts USING (space) WHERE (end IS NULL OR end > ?1)"
        " AND NOT EXISTS (SELECT 1 FROM steps AS later WHERE later.space = steps.space"
        " AND later.start > steps.start AND later.start <= ?1) ORDER BY plan",
        (day.isoformat(),),
    )
    return [plan for (plan,) in rows]


def space_ids(connection: sqlite3.Connection, limit: int = -1, start: str = "") -> Iterator[str]:
    """Yield the IDs of spaces from `start` on, sorted, as they are read; at most `limit` if it isn't negative."""
    rows = connection.execute("SELECT id FROM spaces WHERE id >= ? ORDER BY id LIMIT ?", (start, limit))
    return (space_id for (space_id,) in rows)


def count_spaces(connection: sqlite3.Connection) -> int:
    """Return how many spaces there are."""
    count: int = connection.execute("SELECT count(*) FROM spaces").fetchone()[0]
    return count


def space(connection: sqlite3.Connection, space_id: str) -> Space | None:
    """Return a space, or nothing."""
    row = connection.execute(
        "SELECT id, buyer, payment, iban, active_users, locked FROM spaces WHERE id = ?", (space_id,)
    ).fetchone()
    if row is None:
        return None
    found, buyer, payment, iban, active_users, locked = row
    return Space(found, buyer, details(connection, buyer), payment, iban, active_users, bool(locked))


def known_spaces(connection: sqlite3.Connection, ids: list[str]) -> set[str]:
    """Return which of these spaces are there."""
    marks = ",".join("?" * len(ids))
    return {row[0] for row in connection.execute(f"SELECT id FROM spaces WHERE id IN ({marks})", ids)}


def details(connection: sqlite3.Connection, buyer: int) -> Details:
    """Return a buyer's details as they were frozen under this number."""
    return Details(
        *connection.execute(
            "SELECT name, country, address, vat_id, email, reference FROM buyers WHERE id = ?", (buyer,)
        ).fetchone()
    )


_CONTRACT = "space, start, billed_from, entered_on, billed_until, end, version"


def contract(connection: sqlite3.Connection, space_id: str) -> Contract:
    """Return the contract of a space that is there."""
    row = connection.execute(f"SELECT {_CONTRACT} FROM contracts WHERE space = ?", (space_id,)).fetchone()
    steps = connection.execute(
        "SELECT start, plan, users, zoom, billing, anchor, user_rate, zoom_rate"
        " FROM steps WHERE space = ? ORDER BY start",
        (space_id,),
    )
    found, start, billed_from, entered_on, billed_until, end, version = row
    return Contract(
        space=found,
        start=date.fromisoformat(start),
        billed_from=date.fromisoformat(billed_from),
        entered_on=date.fromisoformat(entered_on),
        billed_until=date.fromisoformat(billed_until),
        steps=tuple(map(read_step, steps)),
        end=day_or_none(end),
        version=version,
    )


def first_billed(connection: sqlite3.Connection, space_id: str) -> date:
    """Return the first day that this store bills; what is before was invoiced elsewhere (pricing.md 2.5)."""
    row = connection.execute("SELECT first_billed FROM contracts WHERE space = ?", (space_id,)).fetchone()
    return date.fromisoformat(row[0])


def newest_id(connection: sqlite3.Connection, table: str) -> int | None:
    """Return the greatest id of a table: the last number that was given, or nothing."""
    newest: int | None = connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
    return newest


def rights(connection: sqlite3.Connection, uid: int) -> set[str]:
    """Return the spaces an account administers; the empty name stands for the whole store."""
    return {row[0] for row in connection.execute("SELECT space FROM administrators WHERE uid = ?", (uid,))}


def administrators(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Return uid, space (empty: the store) and account of every administrator."""
    return connection.execute("SELECT uid, space, account FROM administrators ORDER BY space, account").fetchall()


def count_store_administrators(connection: sqlite3.Connection) -> int:
    """Return how many accounts administer the whole store."""
    count: int = connection.execute("SELECT count(*) FROM administrators WHERE space = ''").fetchone()[0]
    return count


def listed(
    connection: sqlite3.Connection,
    select: str,
    spaces: list[str] | None,
    since: date | None,
    order: str,
    limit: int,
    day: str = "date",
) -> list[tuple[Any, ...]]:
    """Return rows of some spaces (None: of all), since a day, the first `limit` in an order."""
    clauses: list[str] = ["1"]
    values: list[object] = []
    if spaces is not None:
        clauses.append(f"space IN ({','.join('?' * len(spaces))})")
        values += spaces
    if since is not None:
        clauses.append(f"{day} >= ?")
        values.append(since.isoformat())
    query = f"{select} WHERE {' AND '.join(clauses)} ORDER BY {order} LIMIT ?"
    return connection.execute(query, (*values, limit)).fetchall()


def newest_spaces(
    connection: sqlite3.Connection, spaces: list[str] | None, since: date | None, limit: int
) -> list[str]:
    """Return the IDs of spaces, those that were entered last first."""
    rows = listed(
        connection,
        "SELECT space FROM contracts",
        spaces,
        since,
        "entered_on DESC, entry DESC",
        limit,
        "entered_on",
    )
    return [space_id for (space_id,) in rows]
