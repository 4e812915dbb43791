"""Payments in the store: read as they were entered, and never changed (payments.md 9.1)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from subctl.domain.errors import SubctlError
from subctl.domain.payment import BANK, CASH, RECEIPT, REFUND, UNDO, Part, Payment
from subctl.store import payments
from subctl.store.listing import Sought
from subctl.store.tables import COLLECTION_DROPS, COLLECTIONS, CORRECTIONS, REMINDERS
from tests.support.callers import entering, looking

DAY = date(2026, 3, 15)
FIRST = 20_260_000_000_001
RECEIVED = Payment(
    0, "acme", date(2026, 3, 1), 10_000, RECEIPT, None, DAY, BANK, "PO 7", "NL91/1", (Part(FIRST, 9_000),)
)
GIVEN_BACK = Payment(0, "acme", DAY, -1_000, REFUND, None, DAY, CASH, None, None, ())
UNDONE = Payment(0, "atelier", DAY, -10_000, UNDO, FIRST, DAY, BANK, None, "NL91/1", ())


@pytest.fixture
def store(demo):
    """A store with three payments and a booking that is none."""
    with entering(demo) as connection:
        assert payments.insert(connection, []) == []
        entered = payments.insert(connection, [RECEIVED, GIVEN_BACK, UNDONE])
        payments.ignore(connection, "NL91/2", DAY)
    assert [each.id for each in entered] == [FIRST, FIRST + 1, FIRST + 2]
    return demo


def test_payments_are_read_as_they_were_entered(store):
    """By their number, of a space, of all, by what a statement calls them, by what takes them back, in a list."""
    first, second, third = (
        each._replace(id=FIRST + place) for place, each in enumerate((RECEIVED, GIVEN_BACK, UNDONE))
    )
    with looking(store) as connection:
        assert payments.payment(connection, FIRST) == first
        assert payments.payment(connection, FIRST + 3) is None
        assert payments.of_space(connection, "acme") == [first, second]
        assert list(payments.of_spaces(connection, ["acme", third.space])) == [first, second, third]
        assert payments.of_source(connection, "NL91/1") == [first, third]
        assert payments.counter_entries(connection, FIRST) == [third]
        assert payments.payments(connection, Sought(["acme"], kind=REFUND), 5) == [second]
        assert payments.payments(connection, Sought(), 2, (FIRST + 2,)) == [second, first]
        assert payments.ignored(connection, "NL91/2") == DAY
        assert payments.ignored(connection, "NL91/1") is None


def test_the_next_payment_has_the_next_number_of_the_year_it_was_entered(store):
    """payments.md 9.1: its number follows the day of the document, not the money's."""
    with entering(store) as connection:
        later = GIVEN_BACK._replace(day=date(2026, 12, 31), entered=date(2027, 1, 1))
        assert [each.id for each in payments.insert(connection, [GIVEN_BACK, GIVEN_BACK])] == [FIRST + 3, FIRST + 4]
        assert [each.id for each in payments.insert(connection, [later])] == [20_270_000_000_001]


ROWS = {
    COLLECTIONS: (FIRST, "2026-03-15", "2026-03-17", '{"v":1,"items":[]}'),
    COLLECTION_DROPS: (FIRST, "2026-03-15"),
    REMINDERS: (FIRST, "acme", "2026-03-15", 1, '{"v":1,"items":[]}'),
    CORRECTIONS: (FIRST, FIRST + 1, FIRST + 2, "2026-03-15", None),
}


@pytest.mark.parametrize(
    "table", ["payments", "ignored", "collections", "collection_drops", "reminders", "corrections"]
)
def test_the_database_refuses_to_change_what_is_paid(store, table):
    """pricing.md 7.1: rows are never updated, deleted or replaced, whoever tries."""
    with closing(sqlite3.connect(store.store)) as connection:
        for each, row in ROWS.items():
            connection.execute(each.inserting, row)
        key = next(name for _, name, *_, key in connection.execute(f"PRAGMA table_info({table})") if key)
        for statement in (
            f"UPDATE {table} SET {key} = {key}",
            f"DELETE FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        ):
            with pytest.raises(sqlite3.IntegrityError, match=f"{table} are never changed"):
                connection.execute(statement)


COLUMNS = "space, date, amount, kind, of, entered, method, reference, source, parts"


@pytest.mark.parametrize(
    "row",
    [
        ("acme", "2026-03-16", 1, "receipt", None, "2026-03-15", "bank", None, None, "{}"),
        ("acme", "2026-03-15", 0, "receipt", None, "2026-03-15", "bank", None, None, "{}"),
        ("acme", "2026-03-15", 0, "undo", FIRST, "2026-03-15", "bank", None, None, "{}"),
        ("acme", "2026-03-15", -1, "receipt", None, "2026-03-15", "bank", None, None, "{}"),
        ("acme", "2026-03-15", 1, "refund", None, "2026-03-15", "bank", None, None, "{}"),
        ("acme", "2026-03-15", 1, "return", FIRST, "2026-03-15", "bank", None, None, "{}"),
        ("acme", "2026-03-15", 1, "receipt", FIRST, "2026-03-15", "bank", None, None, "{}"),
        ("acme", "2026-03-15", -1, "return", None, "2026-03-15", "bank", None, None, "{}"),
        ("acme", "2026-03-15", -1, "undo", FIRST + 9, "2026-03-15", "bank", None, None, "{}"),
        ("acme", "2026-03-15", 1, "gift", None, "2026-03-15", "bank", None, None, "{}"),
        ("acme", "2026-03-15", 1, "receipt", None, "2026-03-15", "barter", None, None, "{}"),
        ("acme", "2026-03-15", 1, "receipt", None, "2026-03-15", "bank", None, "NL91/1", "{}"),
    ],
)  # fmt: skip
def test_the_database_refuses_a_payment_that_can_not_be(store, row):
    """payments.md 9.1: a day to come, nothing, the wrong sign, an entry that takes nothing back, a source twice."""
    statement = f"INSERT INTO payments (id, {COLUMNS}) VALUES ({FIRST + 3}, {', '.join('?' * len(row))})"
    with pytest.raises(Exception, match=r"constraint|never changed"):
        store.sql(statement, *row)


@pytest.mark.parametrize(
    "parts", ["", "[]", '{"v":1}', '{"v":1,"parts":[{"invoice":1}]}', '{"v":1,"parts":[{"amount":1}]}']
)
def test_a_payment_that_can_not_be_read_is_damage(demo, store, parts):
    """safety.md: it is named by its number."""
    demo.tamper(f"UPDATE payments SET parts = '{parts}'")
    with looking(store) as connection, pytest.raises(SubctlError) as refusal:
        payments.of_space(connection, "acme")
    assert refusal.value.code == "store_damaged"
