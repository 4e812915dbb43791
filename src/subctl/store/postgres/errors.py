"""What the server's errors mean for the person at the terminal: one table by SQLSTATE, and no guess beyond it.

Nothing of what libpq says of a connection is repeated: only host and database are ever shown. `store_damaged` is said
only of what is damage. What stands in no table is a bug, and stays one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_, Sentence
from subctl.store.tables import RESTORE, UNSURE

if TYPE_CHECKING:
    from subctl.store.places import Server

_AGAIN = N_("Nothing was changed. Try again in a moment.")
_SEE_WHY = N_("See why: {command}")

_ASKED_SECONDS = "2"

_CROWDED = ("too many", "remaining connection slots")
_UNSAFE = ("SSL", "certificate", "GSSAPI")


@contextmanager
def explained(place: Server) -> Iterator[None]:
    """Raise what an error of the server means for the store at `place`; a bug passes as it is."""
    try:
        yield
    except psycopg.Error as error:
        refused = refusal(error, place)
        if refused is None:
            raise
        raise refused from None


def refusal(error: psycopg.Error, place: Server) -> SubctlError | None:
    """Return what an error of the server means in the middle of a visit, or nothing for a bug."""
    state = error.sqlstate
    if state is None:
        return lost(place) if isinstance(error, psycopg.OperationalError) else None
    for begins, meaning in _MEANINGS:
        if state.startswith(begins):
            return meaning(place, error)
    return None


def not_connected(error: psycopg.Error, place: Server, parameters: Mapping[str, str]) -> SubctlError:
    """Return why there is no connection: what the server says of it comes in its own language, and without a code.

    So the server is asked once more, whether it is there for anybody.
    """
    said = str(error)
    if any(word in said for word in _CROWDED):
        return lost(place)
    if any(word in said for word in _UNSAFE):
        what = N_("There is no safe connection to {server}.")
        return SubctlError("store_denied", what, _SEE_WHY, server=place, command=see_why(place))
    late = isinstance(error, psycopg.errors.ConnectionTimeout)
    if late or _answers(parameters) in (pq.Ping.REJECT, pq.Ping.NO_RESPONSE):
        return lost(place)
    what = N_("The server refuses the login, or has no such database: {server}.")
    return SubctlError("store_denied", what, _SEE_WHY, server=place, command=see_why(place))


def _answers(parameters: Mapping[str, str]) -> pq.Ping:
    """Ask whether a server takes connections, whoever asks; without an answer where it can't even be asked."""
    try:
        asked = make_conninfo(**{**parameters, "connect_timeout": _ASKED_SECONDS})
        return pq.Ping(pq.PGconn.ping(asked.encode()))
    except psycopg.Error:  # a value that libpq can't read
        return pq.Ping.NO_ATTEMPT


def see_why(place: Server) -> str:
    """Return a command that says in the server's own words why there is no connection."""
    return f"psql '{place.shown}'"


def lost(place: Server) -> SubctlError:
    """Return the refusal of a server that isn't there, or went away before anything was kept."""
    return SubctlError("store_busy", N_("The server doesn't answer: {server}."), _AGAIN, server=place)


def unsure(place: Server) -> SubctlError:
    """Return what is said where nobody can tell whether a change was kept."""
    what = N_("The connection was lost while a change was being kept: {server}.")
    return SubctlError("store_failed", what, UNSURE, server=place)


def _busy(place: Server, _error: psycopg.Error) -> SubctlError:
    return SubctlError(
        "store_busy", N_("Another command is writing to {path}."), N_("Try again in a moment."), path=place
    )


def _gone(place: Server, _error: psycopg.Error) -> SubctlError:
    return lost(place)


def _late(place: Server, _error: psycopg.Error) -> SubctlError:
    return SubctlError("store_busy", N_("The server ended a command that took long: {server}."), _AGAIN, server=place)


def _denied(place: Server, error: psycopg.Error) -> SubctlError:
    what, way_out = N_("The server refuses this to your role: {reason}."), N_("Ask a store administrator of {server}.")
    return SubctlError("store_denied", what, way_out, server=place, reason=_reason(error))


def _read_only(place: Server, _error: psycopg.Error) -> SubctlError:
    what = N_("The server can only be read, as a standby or by its settings: {server}.")
    return SubctlError("store_denied", what, N_("Name the server that is written to with --store."), server=place)


def _failed(place: Server, error: psycopg.Error) -> SubctlError:
    what, way_out = (
        N_("The server {server} failed: {reason}."),
        N_("Nothing was changed. See whether its disk is full."),
    )
    return SubctlError("store_failed", what, way_out, server=place, reason=_reason(error))


def _refused_row(place: Server, error: psycopg.Error) -> SubctlError:
    what, way_out = N_("The store {path} refused a row: {reason}."), N_("Nothing was changed.")
    return SubctlError("store_failed", what, way_out, path=place, reason=_reason(error))


def _damaged(place: Server, error: psycopg.Error) -> SubctlError:
    what = N_("The store {path} is damaged: {reason}.")
    return SubctlError("store_damaged", what, RESTORE, path=place, reason=_reason(error))


def _reason(error: psycopg.Error) -> Sentence:
    """Return what the server says of a statement, in its language and without the values that it names elsewhere."""
    return Sentence("{said}", {"said": error.diag.message_primary or error.sqlstate})


_MEANINGS: tuple[tuple[str, Callable[[Server, psycopg.Error], SubctlError]], ...] = (
    ("08", _gone),  # the connection
    ("57P05", _late),  # idle for too long, before or behind a transaction
    ("57P", _gone),  # shut down, crashed, starting up
    ("55P03", _busy),  # waited too long for a lock
    ("40", _busy),  # rolled back for another one's sake
    ("25P03", _late),  # idle for too long in one
    ("57014", _late),
    ("25006", _read_only),
    ("28", _denied),
    ("42501", _denied),
    ("53300", _gone),  # too many connections
    ("53", _failed),
    ("54", _failed),
    ("58", _failed),
    ("23", _refused_row),
    ("P0001", _refused_row),  # what a trigger of ours says
    ("22003", _damaged),  # a sum of more than any sound amounts come to
    ("42P01", _damaged),
    ("42703", _damaged),
    ("42883", _damaged),
    ("3F000", _damaged),
    ("XX001", _damaged),
    ("XX002", _damaged),
    ("XX", _failed),
)
"""How an error's SQLSTATE begins, and what it means; the first that fits counts."""
