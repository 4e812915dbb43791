"""Many at once, servers that crash, connections that are cut, clients that die: what was acknowledged is there, once.

`python -m byhand.server_faults` does it again and again.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys

import psycopg
import pytest

from byhand.server_faults import WRITERS, Book, crashes, cuts, kills, many
from subctl.store.postgres import visit
from subctl.store.postgres.visit import LOCK
from tests.support.cluster import cluster
from tests.support.cutter import AFTER, BEFORE
from tests.support.waiting import pause

UNSURE = "The change may be there already: run the same command again, it changes nothing twice."
UPGRADE = ("upgrade", "--space", "s0", "--users", "6", "--yes", "--json")


@pytest.fixture(scope="module")
def server():
    """A server of this module's own, which is stopped and begun again."""
    with cluster(tcp=True) as made:
        yield made


@pytest.fixture
def book(server, cli):
    """A sandbox with a space for each writer."""
    yield Book(server, cli, "book")
    server.drop("book")


def test_many_writers_at_once(book):
    """Each order gets the next number, and each that was acknowledged is there."""
    many(book)


def test_a_server_that_crashes_again_and_again(book):
    """`pg_ctl stop -m immediate` in the middle of orders."""
    crashes(book, random.Random(16))


def test_connections_that_are_cut_around_the_end_of_a_transaction(book):
    """Whoever was cut off finds out by himself what became of it."""
    cuts(book)


def test_clients_that_are_killed(book):
    """They hold nobody up, and take nothing with them."""
    kills(book, random.Random(61))


@pytest.mark.parametrize("how", [BEFORE, AFTER])
def test_a_connection_that_is_cut_for_good(book, how, monkeypatch):
    """Nobody can say whether it was kept: the same command again changes nothing twice."""
    monkeypatch.setattr(visit, "LOOKED_FOR_SECONDS", 1)
    with book.behind() as proxy:
        proxy.cut, proxy.closes = how, True
        message = f"The connection was lost while a change was being kept: {book.shown}."
        assert book.run(*UPGRADE).refusal == (8, "store_failed", message, UNSURE)
        proxy.closed = False
        assert book.run(*UPGRADE).json["kind"] == ("upgrade" if how == BEFORE else "none")
    book.check(["O-2026-0001"])


@pytest.mark.parametrize(("how", "code"), [(BEFORE, 5), (AFTER, 0)])
def test_a_store_whose_making_is_cut(book, how, code):
    """It is there whole, or not at all."""
    book.server.drop("cut")
    book.server.create("cut")
    book.database = "cut"
    with book.behind() as proxy:
        proxy.cut = how
        assert book.run("init", "--demo", "--json").code == code
        assert book.run("show", "--json").code == (0 if code == 0 else 3)


@pytest.mark.parametrize(("how", "code"), [(BEFORE, 5), (AFTER, 0)])
def test_a_restore_that_is_cut_over_the_store_that_it_is_of(book, how, code):
    """The history of a backup is the old store's, too: by that nobody can tell which one is there."""
    file = str(book.run.home / "backup.db")
    book.done("backup", file)
    book.done(*UPGRADE)
    with book.behind() as proxy:
        proxy.cut = how
        assert book.run("restore", file, "--yes", "--json").code == code
        assert proxy.cuts == 1
    book.check(["O-2026-0001"] if how == BEFORE else [])


@pytest.mark.parametrize(("how", "code"), [(BEFORE, 5), (AFTER, 0)])
def test_a_move_back_that_is_cut(book, how, code):
    """Nothing is marked as moved whose copy isn't there: one of both stores is written to, and the other names it."""
    home = book.run.another("home")
    book.done("move", "--to", str(home.store), "--yes")
    with book.behind() as proxy:
        proxy.cut = how
        assert home("move", "--to", book.run.address, "--yes", "--json").code == code
        assert proxy.cuts == 1
    here, there = (book.run, home) if how == AFTER else (home, book.run)
    assert here(*UPGRADE).code == 0
    assert there(*UPGRADE).refusal[1] == "store_moved"


FREEZE = """
import os, signal, sys
from subctl.cli.place import read_place
from subctl.domain.errors import SubctlError
from subctl.store.postgres import visit

place = read_place(sys.argv[1], "")
def freeze():
    print("frozen", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
try:
    if sys.argv[2] == "turn":
        opened = visit.opened
        visit.opened = lambda *given, **named: (freeze(), opened(*given, **named))[1]
    with visit.writing(place, None, 0, "") as connection:
        connection.execute("SELECT 1")
        freeze()
        connection.execute("SELECT 1")
except SubctlError as error:
    print(error.code, error.message)
"""


@pytest.mark.parametrize("where", ["transaction", "turn"])
def test_a_client_that_is_frozen_holds_nobody_up(book, where):
    """The server ends it while the next one waits, before he gives up; when it goes on it learns that."""
    words = [sys.executable, "-c", FREEZE, book.run.address, where]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=book.run.environment()) as frozen:
        assert frozen.stdout is not None
        assert frozen.stdout.readline() == "frozen\n"
        assert book.run(*UPGRADE).code == 0
        os.kill(frozen.pid, signal.SIGCONT)
        out, _ = frozen.communicate()
    shown = f"postgresql:///book?host={book.server.folder}"
    assert out == f"store_busy The server ended a command that took long: {shown}.\n"
    book.check(["O-2026-0001"])


MINDING = """
import signal
from subctl.__main__ import run
signal.signal(signal.SIGINT, signal.default_int_handler)
run()
"""
"""The command, which minds Ctrl-C also where the tests run in the background."""


def test_a_command_that_is_interrupted_while_it_waits(book):
    """Ctrl-C ends it at once, and it is no longer in the others' way."""
    own = psycopg.connect(book.server.url("book"), autocommit=True)
    with own, own.cursor() as waiting:
        waiting.execute(f"SELECT pg_advisory_lock({LOCK})")
        words, pipe = [sys.executable, "-c", MINDING, *UPGRADE], subprocess.PIPE
        with subprocess.Popen(words, text=True, env=book.run.environment(), stdout=pipe, stderr=pipe) as command:
            for _ in range(500):
                waiting.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                if waiting.fetchone():
                    break
                pause(0.02)
            command.send_signal(signal.SIGINT)
            out, err = command.communicate()
        assert (command.returncode, out, json.loads(err)["error"]["code"]) == (130, "", "interrupted")
        waiting.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'subctl'")
        assert waiting.fetchone() == (0,)
    assert book.run(*UPGRADE).code == 0
    book.check(["O-2026-0001"])


def test_tab_waits_for_no_server(book):
    """It offers what there is, also while somebody writes; where no server answers it is silent."""
    words = ("__complete", "spaces", "s")
    with psycopg.connect(book.server.url("book")) as own:
        own.execute(f"SELECT pg_advisory_lock({LOCK})")
        assert book.run.process(*words).out.split()[::2] == [f"s{place}" for place in range(WRITERS)]
    with book.behind() as proxy:
        proxy.closed = True
        assert book.run.process(*words).out == ""
