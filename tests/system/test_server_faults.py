"""Many at once, servers that crash, connections that are cut, clients that die: what was acknowledged is there, once.

`python -m byhand.server_faults` does the same with greater numbers.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, cycle

import pytest

from subctl.store.postgres import visit
from tests.support.cluster import Cluster, cluster
from tests.support.cutter import AFTER, AT_ONCE, BEFORE, Cutter
from tests.support.orderer import FIRST
from tests.support.waiting import at_most, pause

WRITERS, ORDERS = 8, 50
STOPS, CUTS = 10, 50
SECONDS = 80

UNSURE = "The change may be there already: run the same command again, it changes nothing twice."
AGAIN = "Nothing was changed. Try again in a moment."


@pytest.fixture(scope="module")
def own():
    """A server of this module's own, which is stopped and begun again."""
    with cluster(tcp=True) as made:
        yield made


numbers = count(1)


@pytest.fixture
def book(own, cli):
    """A sandbox with a space for each writer, in a database of its own."""
    name = f"faults_{next(numbers)}"
    own.create(name)
    cli.store = own.url(name)
    cli.database = name
    assert cli("init", "--sandbox", "--today", "2026-03-15").code == 0
    for place in range(WRITERS):
        add = ("space", "add", f"s{place}", "--name", "S", "--plan", "pro", "--users", str(FIRST))
        assert cli(*add, "--start", "2026-03-01").code == 0
    yield cli
    own.drop(name)


def orderer(store: str, space: str, orders: int) -> subprocess.Popen[str]:
    """Begin a program that orders again and again."""
    words = [sys.executable, "-m", "tests.support.orderer", store, space, str(orders)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> list[str]:
    """Return the orders that a program was acknowledged; it ended well."""
    with at_most(SECONDS, process):
        out, err = process.communicate()
    assert err == ""
    return out.split()


@contextmanager
def behind(own: Cluster, cli) -> Iterator[Cutter]:
    """Lend a proxy, through which commands go meanwhile."""
    direct = cli.store
    assert own.port is not None
    with Cutter(own.port) as proxy:
        cli.store = own.tcp_url(cli.database, port=proxy.port)
        yield proxy
    cli.store = direct


def orders(own: Cluster, cli) -> list[str]:
    """Return the numbers of all orders there are."""
    found = own.superuser("SELECT id FROM subctl.orders ORDER BY id", cli.database).split()
    return [f"O-{each[:4]}-{int(each[4:]):04}" for each in found]


def sound(cli) -> bool:
    """Tell whether everything is as it should be: by `check`, no number is missing, and each is a space's next."""
    return bool(cli("check", "--json").json["ok"])


def numbered(orders: int) -> list[str]:
    """Return so many numbers of orders, without a gap."""
    return [f"O-2026-{place:04}" for place in range(1, orders + 1)]


def test_many_writers_at_once(book, own):
    """Each order gets the next number, and each that was acknowledged is there."""
    writers = [orderer(book.store, f"s{place}", ORDERS) for place in range(WRITERS)]
    acknowledged = [number for writer in writers for number in ended(writer)]
    assert sorted(acknowledged) == orders(own, book) == numbered(WRITERS * ORDERS)
    assert sound(book)


def test_a_server_that_crashes_again_and_again(book, own):
    """`pg_ctl stop -m immediate` in the middle of orders: who ordered learns the truth, or finds it by himself."""
    writers = [orderer(book.store, f"s{place}", 30) for place in range(3)]
    lots = random.Random(16)
    for _ in range(STOPS):
        pause(lots.uniform(0.2, 0.6))
        own.stop_now()
        own.start()
    acknowledged = [number for writer in writers for number in ended(writer)]
    assert sorted(acknowledged) == orders(own, book) == numbered(3 * 30)
    assert sound(book)


def test_a_connection_that_is_cut_around_the_end_of_a_transaction(book, own):
    """Before it nothing was changed, and after it all is done: the command finds out which."""
    told: dict[str, set[int]] = {BEFORE: set(), AT_ONCE: set(), AFTER: set()}
    with behind(own, book) as proxy:
        users = FIRST
        for _, how in zip(range(CUTS), cycle(told), strict=False):
            users, proxy.cut = users + 1, how
            upgrade = ("upgrade", "--space", "s0", "--users", str(users), "--yes", "--json")
            done = book(*upgrade)
            told[how].add(done.code)
            if done.code:
                assert done.refusal == (5, "store_busy", f"The server doesn't answer: {shown(book)}.", AGAIN)
                done = book(*upgrade)
            assert done.json["order"] == f"O-2026-{users - FIRST:04}"
        assert proxy.cuts == CUTS
    assert (told[BEFORE], told[AFTER]) == ({5}, {0})
    assert told[AT_ONCE] <= {0, 5}
    assert orders(own, book) == numbered(CUTS)
    assert sound(book)


def shown(cli) -> str:
    return f"postgresql://127.0.0.1/{cli.database}"


@pytest.mark.parametrize("how", [BEFORE, AFTER])
def test_a_connection_that_is_cut_for_good(book, own, how, monkeypatch):
    """Nobody can say whether it was kept: the same command again changes nothing twice."""
    monkeypatch.setattr(visit, "LOOKED_FOR_SECONDS", 1)
    upgrade = ("upgrade", "--space", "s0", "--users", "6", "--yes", "--json")
    with behind(own, book) as proxy:
        proxy.cut, proxy.closes = how, True
        message = f"The connection was lost while a change was being kept: {shown(book)}."
        assert book(*upgrade).refusal == (8, "store_failed", message, UNSURE)
        proxy.closed = False
        assert book(*upgrade).json["kind"] == ("upgrade" if how == BEFORE else "none")
    assert orders(own, book) == numbered(1)
    assert sound(book)


@pytest.mark.parametrize(("how", "code"), [(BEFORE, 5), (AFTER, 0)])
def test_a_store_whose_making_is_cut(own, cli, how, code):
    """It is there whole, or not at all."""
    name = f"cut_{code}"
    own.create(name)
    cli.database = name
    with behind(own, cli) as proxy:
        proxy.cut = how
        assert cli("init", "--demo", "--json").code == code
        assert cli("show", "--json").code == (0 if code == 0 else 3)
    own.drop(name)


def test_clients_that_are_killed(book, own):
    """What they held is free at once; what they had been told is there."""
    lots = random.Random(61)
    acknowledged: list[str] = []
    for place in range(WRITERS):
        writer = orderer(book.store, f"s{place}", ORDERS)
        assert writer.stdout is not None
        acknowledged.append(writer.stdout.readline().strip())
        pause(lots.uniform(0, 0.1))
        writer.kill()
        acknowledged += writer.communicate()[0].split()
        moved = book("space", "set", f"s{place}", "--reference", f"{place}", "--json")
        assert moved.code == 0, moved.err
    there = orders(own, book)
    assert there == numbered(len(there))
    assert set(acknowledged) <= set(there)
    assert len(there) - len(acknowledged) <= WRITERS
    assert sound(book)


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
    words = [sys.executable, "-c", FREEZE, book.store, where]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=book.environment()) as frozen:
        assert frozen.stdout is not None
        assert frozen.stdout.readline() == "frozen\n"
        assert book("upgrade", "--space", "s0", "--users", "6", "--yes", "--json").code == 0
        os.kill(frozen.pid, signal.SIGCONT)
        out, _ = frozen.communicate()
    assert out == f"store_busy The server ended a command that took long: {shown_by_socket(book)}.\n"
    assert sound(book)


def shown_by_socket(cli) -> str:
    return f"postgresql:///{cli.database}?{cli.store.partition('?')[2].partition('&')[0]}".replace("%2F", "/")
