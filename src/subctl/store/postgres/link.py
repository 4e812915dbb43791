"""Connecting to a server: what is asked of it for a visit, and what makes values arrive as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import psycopg
from psycopg import RawCursor
from psycopg.conninfo import make_conninfo
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumper

from subctl.domain.errors import SubctlError
from subctl.domain.sentence import N_
from subctl.store.postgres.errors import not_connected
from subctl.store.postgres.parameters import parameters

if TYPE_CHECKING:
    from subctl.store.places import Server
    from subctl.store.postgres.connection import Link

LEAST_VERSION = 14
_MAJOR = 10_000
_ENCODING = "UTF8"

BUSY_SECONDS, IDLE_SECONDS, CONNECT_SECONDS = 10, 5, 10
"""How long a lock is waited for, a writer that does nothing is let hold it, and a server may take to answer."""

_HURRIED_SECONDS, _HURRIED_LOCK = 2, "200ms"
"""libpq waits for no shorter time."""

_ENDING = ("idle_in_transaction_session_timeout", "idle_session_timeout", "tcp_user_timeout")
"""What lets the server end a writer that no longer answers, so that it holds nobody up."""

_ALWAYS = {
    "application_name": "subctl",
    "client_encoding": "UTF8",
    "keepalives": "1",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}


_ALWAYS_SET = {"search_path": "subctl,pg_temp", "jit": "off", "random_page_cost": "1.1"}
"""To compile a statement takes longer than it does; and by a key a row is found in memory, nearly always."""


def connect(place: Server, *, writer: bool = False, hurried: bool = False) -> Link:
    """Connect to the server at `place` (`store_busy`, `store_denied`; `bad_input` for a service that won't do).

    Temporary tables are looked for last, so that none stands in the place of the store's.
    """
    settings = {**_ALWAYS_SET, "lock_timeout": _HURRIED_LOCK if hurried else f"{BUSY_SECONDS}s"}
    if writer:
        settings |= dict.fromkeys(_ENDING, f"{IDLE_SECONDS}s")
    wanted = {
        **parameters(place),
        **_ALWAYS,
        "connect_timeout": str(_HURRIED_SECONDS if hurried else CONNECT_SECONDS),
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
    }
    link = _opened(place, wanted)
    try:
        check_server(place, major_version(link), link.info.parameter_status("server_encoding"))
    except SubctlError:
        link.close()
        raise
    link.adapters.register_dumper(str, StrDumper)
    link.adapters.register_dumper(int, Int8Dumper)
    return link


def _opened(place: Server, wanted: Mapping[str, str]) -> Link:
    """Connect, and once more where a server refused that may only just have started."""
    try:
        return _connected(wanted)
    except psycopg.Error as error:
        refused = not_connected(error, place, wanted)
        if refused.code != "store_denied" or (error.pgconn and error.pgconn.used_password):
            raise refused from None
    try:
        return _connected(wanted)
    except psycopg.Error as error:
        raise not_connected(error, place, wanted) from None


def _connected(wanted: Mapping[str, str]) -> Link:
    return psycopg.connect(make_conninfo(**wanted), autocommit=True, cursor_factory=RawCursor)


def major_version(link: Link) -> int:
    """Return which PostgreSQL a server runs, like 15."""
    return link.info.server_version // _MAJOR


def check_server(place: Server, version: int, encoding: str | None) -> None:
    """Refuse a server that is too old, and a database that doesn't keep every letter (`store_denied`)."""
    if version < LEAST_VERSION:
        raise SubctlError(
            "store_denied",
            N_("The server runs PostgreSQL {version}, and {least} is the oldest that will do: {server}."),
            N_("Let its administrator bring it up to date, or name another with --store."),
            server=place,
            version=version,
            least=LEAST_VERSION,
        )
    if encoding != _ENCODING:
        raise SubctlError(
            "store_denied",
            N_("The database keeps its text in {encoding}, not in UTF8: {server}."),
            N_("Make it anew: {command}"),
            server=place,
            encoding=encoding,
            command="createdb --template=template0 --encoding=UTF8",
        )
