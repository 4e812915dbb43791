"""Every table once: its columns in the order of its rows, what may stand in them, and its key.

All that is read is checked against it: a file may hold what SQLite would never have let in (docs/safety.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Row = tuple[Any, ...]

RESTORE = N_("Bring back a backup with subctl restore FILE.")
UNSURE = N_("The change may be there already: run the same command again, it changes nothing twice.")

_KINDS: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "int?": (int, type(None)),
    "text": (str,),
    "text?": (str, type(None)),
}

_WRITTEN = {"int": ("%s", "{}"), "int?": ("%s", "quote({})"), "text": ("%Q", "{}"), "text?": ("%Q", "{}")}
"""How `printf` writes a value of each kind as a literal."""


def damaged(what: str, /, **values: object) -> SubctlError:
    """Return `store_damaged`, for what a sound store can't hold: a clause."""
    return SubctlError("store_damaged", N_("The store is damaged: {damage}."), RESTORE, damage=Sentence(what, values))


def among(column: str, values: Iterable[str | int] | None) -> tuple[str, Row]:
    """Return the condition that a column has one of some values (None: any at all), and these for the statement.

    SQLite takes some 32,000 values, and PostgreSQL twice as many: who may have more asks for some of them at a time.
    """
    if values is None:
        return "1 = 1", ()
    wanted = tuple(values)
    return (f"{column} IN ({','.join('?' * len(wanted))})" if wanted else "1 = 0"), wanted


class Table:
    """A table: `columns` says "name kind" of each, where a kind with ? may be null; `key` names the primary key's."""

    __slots__ = ("_met", "columns", "key", "kinds", "name", "selected")

    def __init__(self, name: str, columns: str, key: str = "id") -> None:
        names, kinds = zip(*(column.split() for column in columns.split(", ")), strict=True)
        self.name = name
        self.columns: tuple[str, ...] = names
        self.key = tuple(key.split(", "))
        self.selected = self.select()
        self.kinds = dict(zip(names, kinds, strict=True))
        self._met: set[tuple[type, ...]] = set()

    def select(self, alias: str | None = None) -> str:
        """Return all columns as a query names them."""
        return ", ".join(f'{alias or self.name}."{column}"' for column in self.columns)

    def literals(self, *columns: str, alias: str | None = None) -> str:
        """Return the expression that writes a row, or some columns of it, as SQL's literals with commas between.

        It is what `quote` writes of each, in half the time.
        """
        written = [(column, *_WRITTEN[self.kinds[column]]) for column in columns or self.columns]
        values = ", ".join(value.format(f'{alias or self.name}."{column}"') for column, _, value in written)
        return f"printf('{','.join(mark for _, mark, _ in written)}', {values})"

    @property
    def inserting(self) -> str:
        """The statement that inserts a row."""
        marks = ", ".join("?" * len(self.columns))
        columns = ", ".join(f'"{column}"' for column in self.columns)
        return f"INSERT INTO {self.name} ({columns}) VALUES ({marks})"

    def changing(self, columns: Iterable[str]) -> str:
        """Return the statement that changes columns of the row with a key."""
        changed = ", ".join(f'"{column}" = ?' for column in columns)
        return f"UPDATE {self.name} SET {changed} WHERE {self.where_key}"

    def changed(self, row: Row, values: Mapping[str, Any]) -> Row:
        """Return a row with other values in some columns."""
        return tuple(values.get(column, old) for column, old in zip(self.columns, row, strict=True))

    @property
    def where_key(self) -> str:
        """The condition that finds a row by its key."""
        return " AND ".join(f'"{column}" = ?' for column in self.key)

    def key_of(self, row: Row) -> Row:
        """Return the key of a row."""
        return tuple(row[self.columns.index(column)] for column in self.key)

    def sound(self, row: Row | None) -> Row:
        """Return a row that is there and of the right kinds; raise `store_damaged` otherwise."""
        if row is None:
            raise damaged(N_("a row of {table} is gone"), table=self.name)
        kinds = tuple(map(type, row))
        if kinds not in self._met:
            if not all(found in _KINDS[kind] for found, kind in zip(kinds, self.kinds.values(), strict=True)):
                raise self.unreadable(row)
            self._met.add(kinds)
        return row

    def unreadable(self, row: Row) -> SubctlError:
        """Return `store_damaged`, naming a row by its key."""
        return self.unreadable_at(*self.key_of(row))

    def unreadable_at(self, *key: object) -> SubctlError:
        """Return `store_damaged`, naming a row by what is known of its key."""
        written = ", ".join(map(str, key))
        return damaged(N_("the row {key} of {table} can't be read"), key=written, table=self.name)


STORE = Table("store", "id int, sandbox int, day text?, last_write text?, default_space text?")
CATALOGS = Table("catalogs", "id int, action text, valid_from text, imported_on text, content text?")
"""A log: what was imported, dropped, or took the place of all before it; content where there is some."""

BUYERS = Table(
    "buyers",
    "id int, name text, country text, address text?, vat_id text?, email text?, reference text?, payment text?,"
    " iban text?, mandate text?, language text?, street text?, postcode text?, city text?, legal_id text?,"
    " endpoint text?, buyer_reference text?, contact text?, phone text?, e_invoice text?",
)
"""What documents say of their buyers, in the order of `read.Details`; a change is a new row."""

SPACES = Table("spaces", "id text, buyer int, active_users int, locked int")
ADMINISTRATORS = Table("administrators", "uid int?, space text, account text", "account, space")
"""By the operating system an account is its uid; one that was added on a server is its name alone."""

CONTRACTS = Table(
    "contracts",
    "space text, start text, billed_from text, entered_on text, first_billed text, billed_until text, end text?,"
    " version int, entry int",
    "space",
)
STEPS = Table(
    "steps",
    "space text, start text, plan text, users int, licences text, billing text, anchor text?, rates text?",
    "space, start",
)
ENTRIES = Table(
    "entries",
    "id int, space text, entered_on text, start text, billed_until text, plan text, users int, licences text,"
    " billing text, anchor text?",
)
"""What each space was entered with: all that its contract is made from anew."""

QUOTES = Table(
    "quotes",
    "id int, space text, date text, valid_until text, version int, catalog int, buyer int, boundary text?,"
    " vat_category text, vat_rate int, rules int, before text, document text, words text?",
)
ORDERS = Table(
    "orders",
    "id int, space text, date text, kind text, quote int?, catalog int, buyer int, rules int, before text,"
    " document text, words text?",
)
INVOICES = Table(
    "invoices",
    "id int, space text, order int?, catalog int, buyer int, credits int?, kind text, date text, due_date text?,"
    " start text, end text, net int, vat int, total int, vat_category text, vat_rate int, vat_note text?, rules int,"
    " lines text, words text?",
)
WITHDRAWALS = Table("withdrawals", "order int, date text, credit_note int?", "order")
MANDATES = Table("mandates", "id int, name text, space text, date text, signed text, scheme text, iban text")
"""Of direct debits: `name` is a mandate's id as banks know it, `date` the day it was entered."""

MANDATE_ENDS = Table("mandate_ends", "mandate int, date text", "mandate")
PAYMENTS = Table(
    "payments",
    "id int, space text, date text, amount int, kind text, of int?, entered text, method text, reference text?,"
    " source text?, parts text",
)
"""Money that came or went, in minor units: `date` is its day, `entered` the day of the document."""

IGNORED = Table("ignored", "source text, date text", "source")
"""Bookings of statements that are none of ours."""

COLLECTIONS = Table("collections", "id int, date text, debit_on text, items text")
COLLECTION_DROPS = Table("collection_drops", "collection int, date text", "collection")
"""Files of direct debits, and which of them were never sent."""

REMINDERS = Table("reminders", "id int, space text, date text, level int, items text")
CORRECTIONS = Table("corrections", "invoice int, credit_note int, replacement int, date text, reason text?", "invoice")
"""Invoices that were credited whole and issued anew, by the one corrected."""

HISTORY = Table(
    "history",
    "id int, at text, day text, uid int, account text, action text, space text?, detail text, seal text?,"
    " state text?, hash text",
)

MIGRATIONS = Table("_sqlite_migrations", "id int, migration_set text, name text, applied_at text")

TABLES = {
    table.name: table
    for table in (
        STORE,
        CATALOGS,
        BUYERS,
        SPACES,
        ADMINISTRATORS,
        CONTRACTS,
        STEPS,
        ENTRIES,
        QUOTES,
        ORDERS,
        INVOICES,
        WITHDRAWALS,
        MANDATES,
        MANDATE_ENDS,
        PAYMENTS,
        IGNORED,
        COLLECTIONS,
        COLLECTION_DROPS,
        REMINDERS,
        CORRECTIONS,
        HISTORY,
        MIGRATIONS,
    )
}
