"""Nothing is written before right, support and clock were looked at: refusal is built in (safety.md)."""

import ast
from pathlib import Path

import pytest

from subctl import service
from subctl.domain.errors import SubctlError
from subctl.service.caller import Caller
from subctl.service.session import writing
from subctl.view.history import TELLINGS
from tests.support.callers import caller
from tests.support.stores import NO_RIGHTS
from tests.support.writers import WRITERS, put_in_use

SERVICES = sorted(Path(service.__file__).parent.rglob("*.py"))


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
    """A live store on 2026-03-15 with something for each of them to do."""
    return put_in_use(cli)


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
