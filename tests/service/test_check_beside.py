"""A large book's seals and state are looked at by a second process: what is found is what one process finds (7.3)."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from multiprocessing.connection import Pipe

import pytest

from subctl.domain.system import itself
from subctl.service.check import beside, second, whole
from subctl.store import history
from subctl.store.engine import engine_of
from tests.support.callers import ACCOUNT, NOW
from tests.support.stores import LIFE

SPOILT = {
    "nothing": (),
    "a seal": ("UPDATE invoices SET due_date = '2030-01-01' WHERE id = (SELECT min(id) FROM invoices)",),
    "a name": ("UPDATE buyers SET name = 'Someone' WHERE id = 1",),
    "the state": ("UPDATE spaces SET active_users = 3",),
    "a seal, the state and a space": (
        "UPDATE buyers SET name = 'Someone' WHERE id = 1",
        "UPDATE spaces SET active_users = 3",
        "UPDATE invoices SET net = net + 1 WHERE id = (SELECT max(id) FROM invoices)",
    ),
    "a seal that can't be read": ("UPDATE history SET seal = 'x' WHERE id = 3",),
    "a row that no entry seals": (
        "INSERT INTO buyers (id, name, country) SELECT max(id) + 1, 'Someone', 'NL' FROM buyers",
    ),
}


@pytest.fixture
def lived(cli):
    """A store with every kind of document in it."""
    return cli.prepare(("init", "--demo"), *LIFE)


@pytest.fixture
def large(monkeypatch):
    """Let every book be a large one, on a machine with two processors."""
    monkeypatch.setattr(whole, "MANY", 0)
    monkeypatch.setattr(whole, "processors", lambda: 2)


@pytest.fixture
def started(monkeypatch):
    """The second processes that were started."""
    found, start = [], subprocess.Popen

    def popen(*words, **options):
        found.append(start(*words, **options))
        return found[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    return found


def place_of(cli):
    """Return where the store of a test is, for whoever runs it."""
    return cli.keeper.seen_by(cli.store, ACCOUNT, NOW)


def alone(cli, monkeypatch):
    """Return what one process finds."""
    with monkeypatch.context() as patch:
        patch.setattr(whole, "processors", lambda: 1)
        patch.setattr(subprocess, "Popen", None)
        return cli("check", "--json")


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("statements", SPOILT.values(), ids=SPOILT)
def test_two_processes_find_what_one_finds(lived, started, monkeypatch, statements):
    """The same problems in the same order, the same head, the same exit code."""
    lived.tamper(*statements, checks=False)
    expected = alone(lived, monkeypatch)
    assert json.loads(expected.out)["ok"] == (not statements)
    assert lived("check", "--json") == expected
    assert [process.returncode for process in started] == [0]


@pytest.mark.usefixtures("large")
def test_what_is_not_as_it_was_made_is_told_first(lived, monkeypatch):
    """As one process tells it."""
    lived.tamper(*SPOILT["the state"])
    lived.sql("DROP INDEX mandates_space")
    expected = alone(lived, monkeypatch)
    assert [one["code"] for one in json.loads(expected.out)["problems"]][:2] == ["store_damaged", "state"]
    assert lived("check", "--json") == expected


def test_a_small_book_starts_no_process(lived, monkeypatch):
    """It would be checked before the process is there."""
    monkeypatch.setattr(subprocess, "Popen", None)
    assert lived("check").code == 0


@pytest.mark.usefixtures("large")
def test_a_process_that_does_not_start(lived, monkeypatch):
    """All is looked at here."""
    lived.tamper(*SPOILT["the state"], checks=False)
    expected = alone(lived, monkeypatch)
    monkeypatch.setattr(sys, "executable", str(lived.home / "nowhere"))
    assert lived("check", "--json") == expected


@pytest.mark.usefixtures("large")
def test_a_process_that_ends_too_early(lived, started, monkeypatch):
    """All is looked at here."""
    lived.tamper(*SPOILT["the state"], checks=False)
    expected = alone(lived, monkeypatch)
    monkeypatch.setattr(second, "itself", lambda *_: itself("sys:exit"))
    assert lived("check", "--json") == expected
    assert len(started) == 1


def test_what_was_found_in_another_state_is_not_taken(lived):
    """Somebody wrote between the two: the newest entry of the history is another one."""
    place = place_of(lived)
    with second.second(place) as found_there:
        assert found_there(history.GENESIS) is None
    with engine_of(place).reading(place) as connection, second.second(place) as found_there:
        assert found_there(history.head(connection)) == beside.look(connection, place)


def test_what_the_second_process_says(lived):
    """What it is asked for, and what it says, without the process."""
    place = place_of(lived)
    here, there = Pipe()
    with closing(here), closing(there), engine_of(place).reading(place) as connection:
        here.send(place)
        second.answer(there)
        assert here.recv() == beside.look(connection, place)


def test_no_process_is_left_where_the_check_is_broken_off(lived, started):
    """It is ended, and waited for."""
    with pytest.raises(KeyboardInterrupt), second.second(place_of(lived)):
        raise KeyboardInterrupt
    assert [process.returncode is not None for process in started] == [True]
