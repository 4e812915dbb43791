"""A check looks once at spaces that are alike; here it is compared with looking at each of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime

import pytest

from subctl.service.caller import Caller
from subctl.service.check import whole
from subctl.service.check.payments import payment_faults
from subctl.service.check.space import examine
from subctl.service.session import Session
from subctl.store import read
from subctl.store.ahead import read_ahead, read_paid_ahead
from subctl.store.sqlite.connection import Connection
from subctl.store.tables import BUYERS, CONTRACTS, ENTRIES, INVOICES, STEPS
from subctl.view.texts import wording
from tests.support.callers import right_of
from tests.support.cli import Cli
from tests.support.files import Files

TWINS = ("ape", "bee", "cat")
LIFE = (
    ("init", "--sandbox", "--today", "2026-01-15"),
    *(("space", "add", name, "--name", name, "--plan", "pro", "--users", "8", "--zoom", "1") for name in TWINS),
    ("space", "add", "dog", "--name", "dog", "--plan", "starter", "--users", "5", "--billing", "annual"),
    ("bill", "--today", "2026-02-01"),
    ("upgrade", "--space", "dog", "--users", "7", "--yes"),
    ("bill", "--today", "2026-03-02"),
    ("pay", "INV-2026-0001", "--yes"),
)


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Iterator[Session]:
    """A store with three spaces that are alike and one that isn't, without what keeps rows as they are."""
    folder = tmp_path_factory.mktemp("alike")
    cli = Cli(folder, Files(folder))
    for words in LIFE:
        done = cli(*words)
        assert done.code == 0, (words, done)
    with closing(sqlite3.connect(":memory:", isolation_level=None, factory=Connection)) as copy:
        with closing(sqlite3.connect(cli.store)) as file:
            file.backup(copy)
        copy.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            copy.execute(f"DROP TRIGGER {name}")
        who = Caller(cli.store, 0, "root", datetime(2026, 3, 2, tzinfo=UTC), "check", right_of("check"), wording)
        yield Session(who, copy, read.settings(copy), read.catalogs(copy), date(2026, 3, 2), {""}, [])


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """Take back what is done to the store, also where the test failed."""
    session.connection.execute("BEGIN")
    try:
        yield
    finally:
        session.connection.execute("ROLLBACK")


def one_by_one(session: Session) -> list[object]:
    runs = whole._Runs(session.connection)
    return [
        problem
        for space in read.space_ids(session.connection)
        for rows in (read_ahead(session.connection, [space])[space],)
        for paid in (read_paid_ahead(session.connection, [space])[space],)
        for look in (examine(session, space, rows, runs.day_of), payment_faults(paid))
        for problem in look
    ]


def test_alike_spaces_are_looked_at_once(session, monkeypatch):
    """scale.md: of three that are alike the first one alone; one with an order of its own always."""
    looked_at = []

    def examined(session, space, rows, issued_on):
        looked_at.append(space)
        return examine(session, space, rows, issued_on)

    monkeypatch.setattr(whole, "examine", examined)
    assert list(whole._spaces(session, 4, None)) == []
    assert looked_at == ["ape", "dog"]
    monkeypatch.setattr(whole, "_MOST_KINDS", 0)
    assert list(whole._spaces(session, 4, None)) == []
    assert looked_at == ["ape", "dog", *TWINS, "dog"]


KEY = {CONTRACTS: "space", STEPS: "space", ENTRIES: "space", INVOICES: "space", BUYERS: "id"}
CELLS = [(table, column) for table in KEY for column in table.columns if column not in {"id", "space"}]
OTHERS = {"int": (99, 1), "int?": (99, 1), "text": ("2026-02-02", "annual", "{}"), "text?": ("2026-02-02", "BE", None)}


@pytest.mark.parametrize(("table", "column"), CELLS, ids=lambda each: getattr(each, "name", each))
def test_a_cell_that_was_altered_is_found_as_if_no_space_were_alike(session, table, column):
    """pricing.md 7.3: the same findings in the same order, whichever cell of one of three alike spaces it is."""
    connection = session.connection
    (key,) = connection.execute("SELECT buyer FROM spaces WHERE id = 'bee'").fetchone() if table is BUYERS else ["bee"]
    for value in OTHERS[table.kinds[column]]:
        with undone(session):
            done = connection.execute(f'UPDATE {table.name} SET "{column}" = ? WHERE {KEY[table]} = ?', (value, key))
            assert done.rowcount > 0
            assert list(whole._spaces(session, 4, None)) == one_by_one(session), value


@pytest.mark.parametrize("table", [CONTRACTS, STEPS, ENTRIES, INVOICES], ids=lambda table: table.name)
def test_a_row_that_is_gone_is_found_as_if_no_space_were_alike(session, table):
    """pricing.md 7.3."""
    with undone(session):
        session.connection.execute(f"DELETE FROM {table.name} WHERE space = 'bee'")
        assert list(whole._spaces(session, 4, None)) == one_by_one(session) != []


def test_an_end_before_what_is_billed_is_named(session):
    """pricing.md 7.3: no period goes on from there, and the check doesn't look for one for ever."""
    with undone(session):
        session.connection.execute("UPDATE contracts SET \"end\" = '2026-02-02' WHERE space = 'bee'")
        found = [(problem.code, str(problem.what)) for problem in whole._spaces(session, 4, None)]
        assert ("contract", "bee is billed into a period: 2026-04-01.") in found
