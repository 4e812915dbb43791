"""Many rows are sent to a server ahead: what becomes of them is told by the next statement, or at the end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress
from datetime import UTC, datetime

import psycopg
import pytest

from subctl.domain.errors import SubctlError
from subctl.store.places import Server
from subctl.store.postgres import engine
from subctl.store.postgres.connection import Connection
from subctl.store.tables import IGNORED
from tests.support.cluster import ACCOUNT, Cluster, cluster

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
ROWS = [(f"bank/{number}", "2026-03-15") for number in range(12_000)]
"""More than are sent at once."""

NO_DAY = [*ROWS[:300], ("bank/x", "no day")]
REASON = 'value for domain day violates check constraint "day_check"'


@pytest.fixture
def own():
    """A server of the test's own, which it may stop."""
    with cluster(tcp=True) as made:
        yield made


@pytest.fixture
def book(own: Cluster, cli) -> Server:
    """The demo on that server."""
    own.create("book")
    cli.store = own.url("book")
    assert cli("init", "--demo").code == 0
    parameters = (("host", str(own.folder)), ("port", str(own.port)), ("dbname", "book"), ("user", ACCOUNT))
    return Server("there", parameters)


def ignored(own: Cluster) -> int:
    """Return how many bookings are noted as no payment."""
    with closing(psycopg.connect(own.url("book"))) as link:
        [(count,)] = link.execute("SELECT count(*) FROM subctl.ignored").fetchall()
    return int(count)


def refused(visit: AbstractContextManager[Connection], *steps: Callable[[Connection], object]) -> tuple[str, str]:
    """Return how a visit ended that was refused, as code and message."""
    try:
        with visit as connection:
            for step in steps:
                step(connection)
    except SubctlError as error:
        return error.code, error.message
    raise AssertionError(steps)


def asked(connection: Connection) -> object:
    """Send any statement."""
    return connection.execute("SELECT 1")


def test_all_rows_are_there_for_the_next_statement(book):
    """In the order in which they were given, whatever is asked."""
    visit = engine.writing(book, NOW, 0, "")
    connection = visit.__enter__()
    connection.insert(IGNORED, ROWS)
    assert connection.execute("SELECT count(*) FROM ignored").fetchone() == (len(ROWS),)
    connection.insert(IGNORED, [("another", "2026-03-15")])
    assert list(connection.stream("SELECT count(*) FROM ignored")) == [(len(ROWS) + 1,)]
    with suppress(KeyError):
        visit.__exit__(KeyError, KeyError(), None)  # all of it is taken back


@pytest.mark.parametrize("then", [(), (asked,)], ids=["the end", "a statement"])
def test_a_row_that_is_refused_is_told(own, book, then):
    """As if it had been waited for; nothing is kept."""
    told = refused(engine.writing(book, NOW, 0, ""), lambda connection: connection.insert(IGNORED, NO_DAY), *then)
    assert told == ("store_failed", f"The store there refused a row: {REASON}.")
    assert ignored(own) == 0


def test_a_server_that_goes_away_meanwhile(own, book):
    """Nothing was changed, and it is told as what it is."""
    some = ROWS[:300]
    told = refused(
        engine.writing(book, NOW, 0, ""),
        lambda connection: connection.insert(IGNORED, some),
        lambda _: own.stop_now(),
        asked,
    )
    assert told == ("store_busy", "The server doesn't answer: there.")
    own.start()
    assert ignored(own) == 0


def test_who_is_refused_a_write_sends_nothing(book):
    """What reads only sends no rows ahead."""
    told = refused(engine.reading(book), lambda connection: connection.insert(IGNORED, ROWS[:300]))
    assert told[0] == "store_denied"
