"""Reading spaces, contracts and what stands around them: each function one query, with the standard library alone.

What is not there or can't be read, though a sound store has it, is `store_damaged`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from subctl.domain.catalog import Catalog, Catalogs, Gone, counts
from subctl.domain.catalog_file import read_catalog
from subctl.domain.contract import Contract, Step, Steps
from subctl.domain.invoice import Buyer
from subctl.domain.record import Record
from subctl.domain.refusals import Customer
from subctl.domain.sentence import N_
from subctl.store.rows import UNREADABLE, day_or_none, read_day, read_object, read_step, reads
from subctl.store.tables import (
    ADMINISTRATORS,
    BUYERS,
    CATALOGS,
    CONTRACTS,
    SPACES,
    STEPS,
    STORE,
    Row,
    among,
    damaged,
)

if TYPE_CHECKING:
    from subctl.store.connection import Connection


class Settings(Record):
    """Whether the store is a sandbox, the day it stands on, the day of its last write, its default space.

    One that was `moved` elsewhere is only read.
    """

    sandbox: bool
    day: date | None
    last_write: date | None
    default_space: str | None
    moved: str | None = None


class Details(Record):
    """What a document says of its buyer; a change of it is a new row, so that old invoices keep theirs."""

    name: str
    country: str
    address: str | None = None
    vat_id: str | None = None
    email: str | None = None
    reference: str | None = None
    payment: str | None = None
    iban: str | None = None
    mandate: str | None = None
    language: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    legal_id: str | None = None
    endpoint: str | None = None
    buyer_reference: str | None = None
    contact: str | None = None
    phone: str | None = None
    e_invoice: str | None = None


class Space(Record):
    """A customer's workspace: its details and what stands beside them."""

    id: str
    buyer: int
    details: Details
    active_users: int
    locked: bool

    @property
    def payment(self) -> str:
        """How invoices are paid."""
        return self.details.payment or "invoice"

    @property
    def iban(self) -> str | None:
        """The account of direct debits."""
        return self.details.iban

    @property
    def customer(self) -> Customer:
        """What of it decides whether a change is allowed."""
        return Customer(self.id, self.active_users, self.payment, self.locked)

    @property
    def taxed_as(self) -> Buyer:
        """What of it decides on VAT."""
        return Buyer(self.details.country, self.details.vat_id)


def settings(connection: Connection) -> Settings:
    """Return the store's settings."""
    row = connection.execute(f"SELECT {STORE.selected}, (SELECT min(place) FROM moved) FROM store").fetchone()
    return _settings(row and row[:-1])._replace(moved=row[-1])


@reads(STORE)
def _settings(row: Row) -> Settings:
    _, sandbox, day, last_write, default_space = row
    return Settings(bool(sandbox), day_or_none(day), day_or_none(last_write), default_space)


def first_hash(connection: Connection) -> str:
    """Return the first hash of the history, which no other store has: it tells this one from all others."""
    first = connection.first_hash()
    if first is None:
        raise damaged(N_("its history is gone"))
    return first


def catalogs(connection: Connection) -> Catalogs:
    """Return the log of catalogs: every one that was imported, and what was dropped or replaced since."""
    rows = connection.execute(f"SELECT {CATALOGS.selected} FROM catalogs ORDER BY id").fetchall()
    if not rows:
        raise damaged(N_("its catalogs are gone"))
    imported = tuple(_catalog(row) for row in rows if row[1] != "drop")
    return Catalogs(imported, tuple(_gone(row) for row in rows if row[1] != "import"))


@reads(CATALOGS)
def _gone(row: Row) -> Gone:
    place, action, valid_from, *_ = row
    return Gone(place, read_day(valid_from) if action == "drop" else None)


@reads(CATALOGS)
def _catalog(row: Row) -> Catalog:
    catalog_id, *_, content = row
    data = read_object(content)
    data["valid_from"] = read_day(data["valid_from"])
    catalog, faults = read_catalog(data, catalog_id)
    if faults:
        raise ValueError(str(faults[0].sentence))
    return catalog


def catalog_content(connection: Connection, catalog_id: int) -> str:
    """Return a catalog's data as JSON, as it was imported."""
    content: str = connection.execute("SELECT content FROM catalogs WHERE id = ?", (catalog_id,)).fetchone()[0]
    return content


def catalog_days(connection: Connection) -> dict[int, date]:
    """Return on which day each place of the log of catalogs was written."""
    rows = connection.execute(f"SELECT {CATALOGS.selected} FROM catalogs")
    return dict(map(_catalog_day, rows))


@reads(CATALOGS)
def _catalog_day(row: Row) -> tuple[int, date]:
    place, _, _, day, _ = row
    return place, read_day(day)


class InUse(Record):
    """The plans and the kinds of licence (numbers above 0) that contracts have, or will have."""

    plans: list[str]
    licences: list[str]


_IN_USE = (
    ' FROM steps JOIN contracts ON contracts.space = steps.space WHERE ("end" IS NULL OR "end" > ?)'
    " AND NOT EXISTS (SELECT 1 FROM steps AS later WHERE later.space = steps.space"
    ' AND later."start" > steps."start" AND later."start" <= ?)'
)


def in_use(connection: Connection, day: date) -> InUse:
    """Return what is in a price step in force on a day or later, of contracts that haven't ended (pricing.md 3.6)."""
    days = (day.isoformat(), day.isoformat())
    plans = connection.execute(f"SELECT DISTINCT plan{_IN_USE} ORDER BY plan", days)
    kept = connection.execute(f"SELECT licences, min(steps.space){_IN_USE} GROUP BY licences", days)
    kinds = {kind for row in kept for kind in _kinds(*row)}
    return InUse([plan for (plan,) in plans], sorted(kinds))


def _kinds(licences: str, space: str) -> list[str]:
    """Return the kinds of licence that a price step of a space has."""
    try:
        return [kind for kind, _ in counts(read_object(licences))]
    except UNREADABLE as error:
        raise STEPS.unreadable_at(space) from error


def space_ids(connection: Connection, limit: int | None = None, start: str = "") -> Iterator[str]:
    """Yield the IDs of spaces from `start` on, sorted, as they are read; at most `limit`."""
    limited, values = ("", (start,)) if limit is None else (" LIMIT ?", (start, limit))
    rows = connection.stream(f"SELECT id FROM spaces WHERE id >= ? ORDER BY id{limited}", values)
    return (space_id for (space_id,) in rows)


def count_spaces(connection: Connection) -> int:
    """Return how many spaces there are."""
    count: int = connection.execute("SELECT count(*) FROM spaces").fetchone()[0]
    return count


def space(connection: Connection, space_id: str) -> Space | None:
    """Return a space, or nothing."""
    row = connection.execute(f"SELECT {SPACES.selected} FROM spaces WHERE id = ?", (space_id,)).fetchone()
    if row is None:
        return None
    buyer = SPACES.sound(row)[SPACES.columns.index("buyer")]
    return _space(row, details(connection, buyer))


def spaces_of(connection: Connection, ids: Sequence[str]) -> Iterator[Space]:
    """Yield those of some spaces that are there."""
    where, values = among("spaces.id", ids)
    select = f"SELECT {SPACES.selected}, {BUYERS.selected} FROM spaces JOIN buyers ON buyers.id = spaces.buyer"
    own = len(SPACES.columns)
    for row in connection.execute(f"{select} WHERE {where}", values):
        yield _space(row[:own], read_details(row[own:]))


def _space(row: Row, details: Details) -> Space:
    found, buyer, active_users, locked = SPACES.sound(row)
    return Space(found, buyer, details, active_users, bool(locked))


def known_spaces(connection: Connection, ids: list[str]) -> set[str]:
    """Return which of these spaces are there."""
    where, values = among("id", ids)
    return {space_id for (space_id,) in connection.execute(f"SELECT id FROM spaces WHERE {where}", values)}


def details(connection: Connection, buyer: int) -> Details:
    """Return a buyer's details as they were frozen under this number."""
    return read_details(connection.execute(f"SELECT {BUYERS.selected} FROM buyers WHERE id = ?", (buyer,)).fetchone())


def read_details(row: Row | None) -> Details:
    """Return a buyer's details of a row (`store_damaged` where it is gone)."""
    return Details(*BUYERS.sound(row)[1:])


def contract(connection: Connection, space_id: str) -> Contract:
    """Return the contract of a space that is there."""
    row = connection.execute(f"SELECT {CONTRACTS.selected} FROM contracts WHERE space = ?", (space_id,)).fetchone()
    steps = connection.execute(f"SELECT {STEPS.selected} FROM steps WHERE space = ? ORDER BY start", (space_id,))
    return read_contract(row, tuple(map(read_start, steps)))


@reads(CONTRACTS)
def read_contract(row: Row, steps: Steps) -> Contract:
    """Return the contract of a row, with its price steps."""
    found, start, billed_from, entered_on, _, billed_until, end, version, _ = row
    if not steps:
        raise LookupError(found)
    return Contract(
        space=found,
        start=read_day(start),
        billed_from=read_day(billed_from),
        entered_on=read_day(entered_on),
        billed_until=read_day(billed_until),
        steps=steps,
        end=day_or_none(end),
        version=version,
    )


@reads(STEPS)
def read_start(row: Row) -> Step:
    """Return the price step of a row."""
    return read_step(row[1:])


@reads(CONTRACTS)
def first_billed(row: Row) -> date:
    """Return the first day that this store bills; what is before was invoiced elsewhere (pricing.md 2.5)."""
    return read_day(row[CONTRACTS.columns.index("first_billed")])


class Held(Record):
    """A right: who has it, by uid if the operating system said it, and to which space; the empty one is the store."""

    uid: int | None
    space: str
    account: str

    def of(self, uid: int | None, account: str) -> bool:
        """Tell whether an account has it: by its uid where both have one, whatever it is called; else by its name."""
        return account == self.account if uid is None or self.uid is None else uid == self.uid

    @property
    def called_by_uid(self) -> str:
        """What it is called once its name is another's."""
        return f"#{self.uid}"


def rights(connection: Connection, uid: int | None, account: str) -> set[str]:
    """Return the spaces an account administers (`Held.of`); the empty name stands for the whole store."""
    by_uid = "uid = ? OR (uid IS NULL AND account = ?)"
    his, values = ("account = ?", (account,)) if uid is None else (by_uid, (uid, account))
    rows = connection.execute(f"SELECT {ADMINISTRATORS.selected} FROM administrators WHERE {his}", values)
    return {space for _, space, _ in map(ADMINISTRATORS.sound, rows)}


def administrators(connection: Connection) -> list[Held]:
    """Return every right, those to the whole store first."""
    rows = connection.execute(f"SELECT {ADMINISTRATORS.selected} FROM administrators ORDER BY space, account")
    return [Held(*row) for row in map(ADMINISTRATORS.sound, rows)]
