"""Nothing is written before right, support and clock were looked at: refusal is built in (safety.md)."""

import ast
from datetime import date
from pathlib import Path

import pytest

from subctl import service
from subctl.domain.booking import Booking
from subctl.domain.contract import State, Wish
from subctl.domain.entry import enter_contract
from subctl.domain.errors import SubctlError
from subctl.service import (
    administrators,
    apply,
    billing,
    cancellation,
    catalog_import,
    catalogs,
    change,
    collecting,
    correction,
    mandates,
    move,
    paying,
    reminding,
    space_import,
    space_proof,
    spaces,
    statements,
    undoing,
    withdrawal,
)
from subctl.service.quote import order_quote, save_quote
from subctl.service.session import Caller, writing
from subctl.service.statement_file import Told
from subctl.service.text_file import text_file
from subctl.store import read
from subctl.store.write import Numbers
from subctl.view.history import TELLINGS
from tests.support.callers import caller
from tests.support.stores import NO_RIGHTS

SERVICES = sorted(Path(service.__file__).parent.rglob("*.py"))

NEW = spaces.NewSpace("new", "New", State("pro", 1, (), "monthly"))
PROVEN = space_proof.Proven(
    space_proof.Ground("", date(2026, 3, 14), 0),
    Numbers(1, 1),
    1,
    (
        space_proof.packed(
            [
                space_proof.Row(
                    2,
                    NEW,
                    read.Space("new", 0, read.Details("New", "NL"), 0, locked=False),
                    enter_contract("new", NEW.state, date(2026, 3, 14), date(2026, 3, 14), None, None),
                )
            ]
        ),
    ),
)
"""A file that was proven the day before: nothing of that counts any more."""


def file_in(home):
    """Return the catalog file that lies beside the store."""
    return catalogs.read_catalog_file(text_file(str(home / "later.toml")))


def in_april(who):
    """Return the caller a month later, when invoices are due."""
    return who._replace(today=who.today and who.today.replace(month=4))


STATEMENT = [Told(Booking("NL91ABNA0417164300", date(2026, 3, 14), 14625, text="INV-2026-0001"), None, "X/2")]
"""A statement with one booking, which pays the invoice of acme's order."""


def when_late(who):
    """Return the caller once the invoice of March is late."""
    return who._replace(today=who.today and who.today.replace(month=4, day=25))


def import_many(who):
    """Import so many spaces that they are laid out before."""
    new = (NEW._replace(id=f"new{place}") for place in range(space_import.FEW + 1))
    return space_import.import_spaces(who, space_proof.prove_spaces(who, enumerate(new, 2)))


WRITERS = {
    "administrators.add": ("admin add", lambda who, _: administrators.add(who, "root", "acme")),
    "administrators.remove": ("admin remove", lambda who, _: administrators.remove(who, "daemon", None)),
    "apply.apply": (
        "apply",
        lambda who, _: apply.apply(who, [apply.Wanted(2, "acme", Wish(users=20))], keep_going=False),
    ),
    "space_import._under_the_lock": ("space import", lambda who, _: space_import.import_spaces(who, PROVEN)),
    "space_import._in_one_step": ("space import", lambda who, _: import_many(who)),
    "billing._batch": (
        "bill",
        lambda who, _: billing.bill(in_april(who), None),
    ),
    "catalog_import.import_": ("catalog import", lambda who, home: catalog_import.import_(who, file_in(home))),
    "catalog_import.drop": ("catalog drop", lambda who, _: catalog_import.drop(who, date(2026, 12, 1))),
    "quote.save_quote": ("quote", lambda who, _: save_quote(who, "acme", Wish(users=20))),
    "change.order_change": ("upgrade", lambda who, _: change.order_change(who, "acme", Wish(users=20))),
    "quote.order_quote": ("order", lambda who, _: order_quote(who, "Q-2026-0001")),
    "cancellation.cancel": ("cancel", lambda who, _: cancellation.cancel(who, "acme")),
    "correction.correct": ("correct", lambda who, _: correction.correct(who, "INV-2026-0001", None)),
    "mandates.add": (
        "mandate add",
        lambda who, _: mandates.add(who, "M-2", "atelier", date(2026, 3, 1), "NL91ABNA0417164300", b2b=False),
    ),
    "mandates.end": ("mandate end", lambda who, _: mandates.end(who, "M-1")),
    "paying.pay": ("pay", lambda who, _: paying.pay(who, paying.Asked((("INV-2026-0001", None),)), None)),
    "statements.enter_statement": ("pay", lambda who, _: statements.enter_statement(who, STATEMENT, [])),
    "move.move": ("move", lambda who, home: move.move(who, home / "moved.db")),
    "undoing.undo": ("pay", lambda who, _: undoing.undo(who, "P-2026-0001")),
    "undoing.ignore": ("pay", lambda who, _: undoing.ignore(who, "X/1")),
    "collecting.collect": ("collect", lambda who, _: collecting.collect(who, date(2026, 4, 14))),
    "collecting.drop": ("collect", lambda who, _: collecting.drop(who, "DD-2026-0001")),
    "reminding.remind": ("remind", lambda who, _: reminding.remind(when_late(who), None, None)),
    "withdrawal.withdraw": ("withdraw", lambda who, _: withdrawal.withdraw(who, "O-2026-0002")),
    "spaces.add_space": ("space add", lambda who, _: spaces.add_space(who, NEW)),
    "spaces.set_space": ("space set", lambda who, _: spaces.set_space(who, "acme", spaces.Details(active_users=9))),
}
"""Every service that opens a writing session, the command that calls it, and a call that writes in `used`."""


def opens(call, name):
    """Tell whether a call is one of `writing(`, or of `store.writing(`."""
    return isinstance(call, ast.Call) and ast.unparse(call.func) == name


def functions_that_call(name):
    """Return the functions of all services in which a call of this name stands."""
    found = set()
    for path in SERVICES:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and any(opens(inner, name) for inner in ast.walk(function)):
                found.add(f"{path.stem}.{function.name}")
    return found


def test_every_service_that_writes_is_tried_here():
    """A new one comes with a way to try it; the store's own transaction is the session's alone to open."""
    assert functions_that_call("writing") == set(WRITERS)
    assert functions_that_call("engine_of(caller.store).writing") == {"session._write_visit"}
    assert functions_that_call("self.connection.let_write") == {"session.check_clock"}


def test_the_history_has_a_sentence_for_all_that_is_written():
    """Each action is told at a terminal, not by the keys of its entry; a move adds none, for it ends the history."""
    assert {command for command, _ in WRITERS.values()} - {"move"} <= set(TELLINGS)


def test_a_caller_without_a_right_cannot_be_made():
    """Neither the command nor its right has a default."""
    needed = [name for name in Caller._fields if name not in Caller._field_defaults]
    assert needed == ["store", "uid", "account", "now", "command", "right", "wording"]


@pytest.fixture
def used(cli):
    """A live store on 2026-03-15: a quote for atelier, an order of acme, a second administrator, two later catalogs.

    That of December is imported, the other one a file beside.
    """
    built_in = catalogs.built_in().decode()
    shared = cli.keeper.folder  # the same for all tests, so that the store is made once
    december = shared / "december.toml"
    december.write_text(built_in.replace("2026-01-01", "2026-12-01"))
    cli.prepare(
        ("init", "--demo"),
        ("quote", "--users", "12", "--space", "atelier"),
        ("upgrade", "--users", "15", "--yes", "--space", "acme"),
        ("admin", "add", "daemon"),
        ("mandate", "add", "M-1", "--space", "acme", "--signed", "2026-03-01", "--iban", "NL91ABNA0417164300"),
        ("catalog", "import", str(december)),
        ("space", "set", "acme", "--payment", "direct-debit"),
        ("collect", str(shared / "debits.xml"), "--on", "2026-04-14", "--yes"),
        ("upgrade", "--users", "16", "--yes", "--space", "acme"),
        ("pay", "--amount", "5", "--yes"),
    )
    cli.sql("UPDATE store SET sandbox = 0, day = NULL")
    (cli.home / "later.toml").write_text(built_in.replace("2026-01-01", "2027-01-01"))
    return cli


def rows(cli):
    """Return all rows but those of the history, in which refusals are noted."""
    return cli.tables(but="history")


def refusal(cli, name, who):
    """Return the code of a refused write, after which nothing is written."""
    before = rows(cli)
    with pytest.raises(SubctlError) as refused:
        WRITERS[name][1](who, cli.home)
    assert rows(cli) == before
    return refused.value.code


@pytest.mark.parametrize("name", WRITERS)
def test_each_of_them_writes_for_who_may_on_the_right_day(used, name):
    """So the tests below try what would change something."""
    used.sql("UPDATE store SET sandbox = 1, day = '2026-03-15'")
    before = rows(used)
    WRITERS[name][1](caller(used, WRITERS[name][0], "2026-03-15"), used.home)
    assert rows(used) != before


@pytest.mark.parametrize("name", WRITERS)
def test_a_stranger_writes_nothing(used, name):
    """pricing.md 5: whoever administers nothing changes nothing, also where nobody thought of it."""
    used.sql(NO_RIGHTS)
    assert refusal(used, name, caller(used, WRITERS[name][0], "2026-03-15")) == "not_administrator"


@pytest.mark.parametrize("name", WRITERS)
def test_as_support_is_the_store_administrators(used, name):
    """pricing.md 5: an administrator of the spaces is refused it, whatever the command."""
    used.sql("UPDATE administrators SET space = 'acme' WHERE account <> 'daemon'")
    used.sql("INSERT INTO administrators SELECT uid, 'atelier', account FROM administrators WHERE space = 'acme'")
    who = caller(used, WRITERS[name][0], "2026-03-15", as_support=True)
    assert refusal(used, name, who) == "not_administrator"


@pytest.mark.parametrize("name", WRITERS)
def test_a_live_store_is_not_written_on_another_day(used, name):
    """pricing.md 5: live_store_clock, every write."""
    assert refusal(used, name, caller(used, WRITERS[name][0], "2026-03-16")) == "live_store_clock"


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_is_written_before_the_last_write(used, name):
    """pricing.md 5: clock_behind, every write; a quote, an order and an invoice to come wait in the store."""
    used.sql("UPDATE store SET sandbox = 1, day = '2026-03-15', last_write = '2026-05-01'")
    assert refusal(used, name, caller(used, WRITERS[name][0], "2026-03-15")) == "clock_behind"


STATEMENTS = [
    "UPDATE spaces SET active_users = 1",
    "DELETE FROM steps",
    "INSERT INTO administrators VALUES (1, '', 'other')",
    "CREATE TABLE other (id BIGINT)",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_session_takes_nothing_before_the_clock_was_checked(used, statement):
    """A service that forgets to ask is refused by the engine itself."""
    before = used.bytes
    with pytest.raises(SubctlError) as refused, writing(caller(used, "upgrade")) as session:
        session.connection.execute(statement)
    assert (refused.value.code, used.bytes == before) == ("store_denied", True)


def test_a_session_takes_what_is_written_once_the_clock_was_checked(used):
    """The same transaction; a dry run never does."""
    with writing(caller(used, "upgrade")) as session:
        session.check_clock()
        session.connection.execute("UPDATE spaces SET active_users = 1")
        session.record(None)
    assert used.sql("SELECT DISTINCT active_users FROM spaces") == [(1,)]
    with writing(caller(used, "upgrade")._replace(dry_run=True)) as session:
        session.check_clock()
        with pytest.raises(Exception, match=r"read-?only"):
            session.connection.execute("UPDATE spaces SET active_users = 2")
